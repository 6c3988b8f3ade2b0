package routes.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import routes.archive.ArchiveStore;
import routes.archive.CaptureReader;
import routes.archive.LocalStore;

/**
 * The application with {@code archive-telemetry} alone, with all settings as shipped, in a JVM that may have 128 MiB of
 * heap, while 200 messages of 20 kB come each second. It must archive them all; every few seconds what is live on the heap
 * is counted after a full collection. That is more than the tap alone uses: Camel, the consumer with what it has fetched,
 * meters and all classes' objects are in it.
 */
final class ArchiveHeap {
    static final int LIMIT_MIB = 128;
    private static final int PER_SECOND = 200;
    private static final int SECONDS_BETWEEN_LOOKS = 5;
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final double MIB = 1024 * 1024;

    private final BenchBroker broker;
    private final Path folder;
    private final Duration load;

    /**
     * @param limitMiB the heap that it could have
     * @param liveMaxMiB the most that was live after a full collection
     * @param looks how often that was counted
     * @param archived messages in files, all that came
     * @param seconds for which they came
     */
    record Outcome(int limitMiB, double liveMaxMiB, int looks, long archived, double seconds) {
        Scenario scenario() {
            return Scenario.of("archive/heap", limitMiB / liveMaxMiB, 1.0);
        }

        void print() {
            System.out.printf(
                    Locale.ROOT,
                    "%nheap: %,d messages archived in %.0f s in a JVM of %d MiB; live at most %.1f MiB of %d looks: %s%n",
                    archived,
                    seconds,
                    limitMiB,
                    liveMaxMiB,
                    looks,
                    scenario().verdict());
        }
    }

    ArchiveHeap(BenchBroker broker, Path folder, Duration load) {
        this.broker = broker;
        this.folder = folder;
        this.load = load;
    }

    Outcome run() throws Exception {
        List<TopicPartition> partitions = broker.partitions(List.of(Rule.IN));
        Map<TopicPartition, Long> from = broker.endOffsets(partitions);
        broker.position(Kind.ARCHIVE_SHIPPED.group(), from);
        List<String> args = List.of(Kind.ARCHIVE_SHIPPED.name(), broker.bootstrapServers(), folder.toString());
        List<Double> live = new ArrayList<>();
        long sent;
        try (ChildProcess child =
                ChildProcess.start("the archive in a small heap", List.of("-Xmx" + LIMIT_MIB + "m"), folder, args)) {
            child.awaitLine(Child.DONE::equals);
            child.ask("start");
            sent = load(child, live);
            awaitWritten();
            child.ask("stop");
        }
        long archived = archived();
        if (archived != sent) {
            throw new BenchFailedException(
                    "in a heap of " + LIMIT_MIB + " MiB " + archived + " of " + sent + " messages were archived");
        }
        return new Outcome(
                LIMIT_MIB,
                live.stream().mapToDouble(bytes -> bytes).max().orElseThrow() / MIB,
                live.size(),
                archived,
                load.toMillis() / 1000.0);
    }

    private long load(ChildProcess child, List<Double> live) throws Exception {
        long begin = System.nanoTime();
        TwentyKilobytes source = new TwentyKilobytes();
        Properties settings = AppSettings.producer(AppSettings.load(broker.bootstrapServers(), Map.of()));
        long sent = 0;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            for (int second = 1; second <= load.toSeconds(); second++) {
                sent += sendSecond(producer, source);
                if (second % SECONDS_BETWEEN_LOOKS == 0) {
                    live.add((double) child.liveHeap());
                }
                child.checkAlive();
                long left = begin + Duration.ofSeconds(second).toNanos() - System.nanoTime();
                Thread.sleep(Math.max(0, left / 1_000_000));
            }
        }
        return sent;
    }

    private static long sendSecond(KafkaProducer<byte[], byte[]> producer, TwentyKilobytes source) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < PER_SECOND; i++) {
            TwentyKilobytes.Message message = source.next();
            sent.add(producer.send(new ProducerRecord<>(Rule.IN, message.key(), message.value())));
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
        return sent.size();
    }

    /** Until its files have stopped growing. */
    private void awaitWritten() throws Exception {
        ArchiveCourse files = new ArchiveCourse(broker, null, null);
        long bytes = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET.toNanos()) {
            long now = files.done(folder);
            since = now == bytes ? since : System.nanoTime();
            bytes = now;
            Thread.sleep(100);
        }
    }

    private long archived() throws IOException {
        ArchiveStore store = new LocalStore(ArchiveCourse.archive(folder).resolve("capture"));
        long records = 0;
        try (Stream<String> paths = store.list("")) {
            for (String path : paths.toList()) {
                records += CaptureReader.describe(store, path).records();
            }
        }
        return records;
    }
}
