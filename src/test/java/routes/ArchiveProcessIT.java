package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import routes.archive.ArchiveStore;
import routes.archive.CaptureReader;
import routes.archive.CapturedRecord;
import routes.archive.LocalStore;

/** The program archives its topic while it is killed, again and again, in whatever it is doing. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ArchiveProcessIT {
    private static final int KILLS = 5;
    private static final int PARTITIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void killedAgainAndAgainEveryRecordStandsOnce() throws Exception {
        Random random = new Random(5);
        for (int life = 0; life < KILLS; life++) {
            // The window is another one each time.
            try (JarProcess run = start("20", (300 + random.nextInt(1200)) + "ms")) {
                run.address("metrics");
                int before = archived().size();
                Awaitility.await().atMost(PATIENCE).until(() -> archived().size() > before);
                run.kill();
            }
        }

        try (JarProcess last = start("0", "1s")) {
            List<String> held = held(last.address("Kafka"));
            Awaitility.await().atMost(PATIENCE).until(() -> archived().size() >= held.size());
            assertThat(held.size()).isGreaterThan(KILLS * 20);
            assertThat(archived()).containsExactlyInAnyOrderElementsOf(held);
        }
    }

    private JarProcess start(String rigs, String window) throws IOException {
        return JarProcess.start(
                folder,
                "run",
                "--set",
                "rigs.count=" + rigs,
                "--set",
                "rigs.period=50ms",
                "--set",
                "archive.window=" + window,
                "--set",
                "broker.port=0",
                "--set",
                "observe.port=0");
    }

    private List<String> archived() throws IOException {
        ArchiveStore store = new LocalStore(folder.resolve("data/archive/capture"));
        List<String> records = new ArrayList<>();
        for (String path : store.list("").toList()) {
            try (CaptureReader reader = CaptureReader.open(store, path)) {
                for (CapturedRecord record = reader.next(); record != null; record = reader.next()) {
                    records.add(text(
                            record.partition(),
                            record.offset(),
                            record.timestampMillis(),
                            record.key(),
                            record.value()));
                }
            }
        }
        return records;
    }

    private static List<String> held(String kafka) {
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition("rig.telemetry", partition));
            }
            long count = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (records.size() < count) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> records.add(text(
                                record.partition(),
                                record.offset(),
                                record.timestamp(),
                                record.key(),
                                record.value())));
            }
        }
        return records;
    }

    private static String text(int partition, long offset, long timestamp, byte[] key, byte[] value) {
        return partition + "/" + offset + " at " + timestamp + " " + Arrays.hashCode(key) + " "
                + Arrays.hashCode(value);
    }
}
