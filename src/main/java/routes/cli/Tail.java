package routes.cli;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import routes.kafka.KafkaCluster;
import routes.kafka.LogReader;
import routes.kafka.LogReader.Expiry;
import routes.kafka.OffsetRange;

/**
 * Reads every partition of the topics whose whole name a pattern matches. Topics and partitions that appear later are read
 * from their beginning.
 */
final class Tail implements AutoCloseable {
    private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** Kafka's own topics begin so; they are read only when asked for by that name. */
    private static final String INTERNAL = "__";

    private final KafkaCluster cluster;
    private final LogReader reader;
    private final Pattern pattern;
    private OffsetSpec from;
    private int partitions = -1;
    private long lookAt = System.nanoTime();

    Tail(KafkaCluster cluster, Pattern pattern, boolean fromEarliest) {
        this.cluster = cluster;
        this.reader = new LogReader(cluster, Expiry.PASSED_OVER);
        this.pattern = pattern;
        this.from = fromEarliest ? OffsetSpec.earliest() : OffsetSpec.latest();
    }

    /**
     * Reads until the time is over or {@code wanted} has had enough.
     *
     * @param partitions told how many partitions are read, each time that changes and once at the beginning
     * @param wanted takes each record; false ends the reading
     */
    void read(Duration time, IntConsumer partitions, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        long start = System.nanoTime();
        boolean goOn = true;
        while (goOn && System.nanoTime() - start < time.toNanos()) {
            if (System.nanoTime() - lookAt >= 0) {
                lookForTopics(partitions);
                lookAt = System.nanoTime() + LOOK_FOR_TOPICS.toNanos();
            }
            if (reader.open().isEmpty()) {
                LockSupport.parkNanos(PAUSE.toNanos());
            } else {
                goOn = reader.poll(reader.open(), wanted);
            }
        }
    }

    private void lookForTopics(IntConsumer told) {
        Collection<String> names =
                cluster.names().stream().filter(this::isWanted).toList();
        List<TopicPartition> found =
                KafkaCluster.partitions(cluster.describe(names).values());
        List<TopicPartition> added =
                found.stream().filter(partition -> !reader.isOpen(partition)).toList();
        if (!added.isEmpty() || found.size() != partitions) {
            Map<TopicPartition, OffsetRange> ranges = new HashMap<>();
            cluster.offsets(added, from)
                    .forEach((partition, offset) -> ranges.put(partition, endless(offset.offset())));
            found.forEach(partition -> ranges.computeIfAbsent(partition, known -> endless(reader.position(known))));
            reader.from(ranges);
            partitions = found.size();
            told.accept(partitions);
        }
        from = OffsetSpec.earliest();
    }

    private static OffsetRange endless(long from) {
        return new OffsetRange(from, Long.MAX_VALUE);
    }

    private boolean isWanted(String topic) {
        return pattern.matcher(topic).matches()
                && (!topic.startsWith(INTERNAL) || pattern.pattern().startsWith(INTERNAL));
    }

    @Override
    public void close() {
        reader.close();
    }
}
