package routes.replay;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import routes.kafka.KafkaCluster;
import routes.kafka.LogReader;
import routes.kafka.TopicLog;

/** Reads the range from its topic. What expires meanwhile ends the replay, as it must not be passed over in silence. */
final class TopicSource implements ReplaySource {
    private static final long READ_AHEAD_BYTES = 64L << 20;
    private static final long LEAST_READ_AHEAD_BYTES = 256L << 10;

    private final LogReader reader;
    private final Map<TopicPartition, Unsent> partitions = new HashMap<>();
    private final PriorityQueue<Unsent> ready = new PriorityQueue<>(
            Comparator.comparingLong(Unsent::headTime).thenComparing(unsent -> unsent.partition.partition()));
    /** Of which the next record has not come yet; while there are some, nobody knows the oldest record. */
    private final Set<Unsent> awaited = new HashSet<>();

    private final long readAhead;

    TopicSource(KafkaCluster cluster, TopicLog log, ReplayRange range) {
        this.reader = new LogReader(cluster, TopicSource::expired, Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100))
                .from(log.partitions(range.nonEmpty()));
        reader.open().forEach(partition -> partitions.put(partition, new Unsent(partition)));
        awaited.addAll(partitions.values());
        readAhead = Math.max(LEAST_READ_AHEAD_BYTES, READ_AHEAD_BYTES / Math.max(1, partitions.size()));
    }

    private static void expired(TopicPartition partition, long from, long begin) {
        throw new ReplayException(
                "records of " + partition.topic() + " have expired, or it was created anew, while they"
                        + " were being played back: offset " + from + " of partition " + partition.partition()
                        + " does not exist any more; the same command says what is left");
    }

    /** What has been read of one partition and not been given yet. */
    private static final class Unsent {
        private final TopicPartition partition;
        private final ArrayDeque<Original> records = new ArrayDeque<>();
        private long bytes;

        Unsent(TopicPartition partition) {
            this.partition = partition;
        }

        long headTime() {
            return records.element().timestamp();
        }

        void add(Original record) {
            records.add(record);
            bytes += record.bytes();
        }

        Original remove() {
            Original head = records.remove();
            bytes -= head.bytes();
            return head;
        }
    }

    @Override
    public boolean isDone() {
        return awaited.isEmpty() && ready.isEmpty();
    }

    @Override
    public Optional<Original> next() {
        if (!awaited.isEmpty()) {
            read();
        }
        if (!awaited.isEmpty() || ready.isEmpty()) {
            return Optional.empty();
        }
        Unsent oldest = ready.remove();
        Original record = oldest.remove();
        if (!oldest.records.isEmpty()) {
            ready.add(oldest);
        } else if (reader.isOpen(oldest.partition)) {
            awaited.add(oldest);
        }
        return Optional.of(record);
    }

    private void read() {
        List<TopicPartition> wanted = reader.open().stream()
                .filter(partition -> partitions.get(partition).bytes < readAhead)
                .toList();
        reader.poll(wanted, this::add);
        awaited.removeIf(unsent -> !reader.isOpen(unsent.partition));
    }

    private boolean add(ConsumerRecord<byte[], byte[]> record) {
        Unsent unsent = partitions.get(new TopicPartition(record.topic(), record.partition()));
        unsent.add(Original.of(record));
        if (awaited.remove(unsent)) {
            ready.add(unsent);
        }
        return true;
    }

    @Override
    public List<String> problems() {
        return List.of();
    }

    @Override
    public void close() {
        reader.close();
    }
}
