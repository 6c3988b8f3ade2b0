package routes.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import routes.kafka.Timestamps;

/**
 * Reads a topic from the begin to the end that it had when this was opened, without a consumer group: it commits nothing
 * and takes nothing from others. Every method throws {@link org.apache.kafka.common.KafkaException} when Kafka does not
 * answer.
 */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    /** A poll by itself would wait for ever for a broker that is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final TreeMap<Integer, Range> ranges = new TreeMap<>();

    /** Offsets from {@code begin} up to, without, {@code end}. */
    record Range(long begin, long end) {
        boolean isEmpty() {
            return begin >= end;
        }
    }

    private TopicReader(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    /** @return empty if there is no such topic */
    static Optional<TopicReader> open(Map<String, Object> client, String topic) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // What expires while it is being read is passed over, to the oldest record there is.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        TopicReader reader = new TopicReader(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()), topic);
        try {
            if (reader.look()) {
                return Optional.of(reader);
            }
            reader.close();
            return Optional.empty();
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private boolean look() {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            return false;
        }
        List<TopicPartition> partitions =
                found.stream().map(info -> partition(info.partition())).toList();
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        consumer.endOffsets(partitions)
                .forEach((partition, end) -> ranges.put(partition.partition(), new Range(begins.get(partition), end)));
        return true;
    }

    String topic() {
        return topic;
    }

    /** What there is to read, by partition. */
    Map<Integer, Range> ranges() {
        return ranges;
    }

    /**
     * Hands over the records, partition by partition, oldest first.
     *
     * @param since nothing that is older by its timestamp, as far as the topic's index tells; empty for everything
     * @param taker false ends the reading
     */
    void read(Optional<Instant> since, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        Map<Integer, Long> starts = since.map(this::firstSince).orElse(Map.of());
        for (Map.Entry<Integer, Range> range : new ArrayList<>(ranges.entrySet())) {
            long from = Math.max(
                    starts.getOrDefault(range.getKey(), 0L), range.getValue().begin());
            if (!read(range.getKey(), from, range.getValue().end(), taker)) {
                return;
            }
        }
    }

    /** By partition; the end where there is none. */
    private Map<Integer, Long> firstSince(Instant time) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        ranges.keySet().forEach(number -> asked.put(partition(number), Timestamps.of(time)));
        Map<Integer, Long> first = new HashMap<>();
        consumer.offsetsForTimes(asked)
                .forEach((partition, found) -> first.put(
                        partition.partition(),
                        Optional.ofNullable(found)
                                .map(OffsetAndTimestamp::offset)
                                .orElse(ranges.get(partition.partition()).end())));
        return first;
    }

    /**
     * Hands over one partition's records with offsets from {@code from} up to, without, {@code end}, if it has them.
     *
     * @return whether the taker wants more
     */
    boolean read(int number, long from, long end, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        if (from >= end) {
            return true;
        }
        TopicPartition partition = partition(number);
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long position = from;
        long movedAt = System.nanoTime();
        // By position, because the last offsets of a compacted partition may have no records.
        while (position < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end && !taker.test(record)) {
                    return false;
                }
            }
            long now = consumer.position(partition);
            if (now != position) {
                position = now;
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > PATIENCE.toNanos()) {
                throw new TimeoutException(
                        partition + " gave no record at offset " + position + " for " + PATIENCE.toSeconds() + " s");
            }
        }
        return true;
    }

    private TopicPartition partition(int number) {
        return new TopicPartition(topic, number);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
