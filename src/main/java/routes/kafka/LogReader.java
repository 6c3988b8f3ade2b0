package routes.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads ranges of partitions without a consumer group: it commits nothing and takes nothing from others. A cluster that
 * gives nothing any more ends the reading with its sentence. For one thread.
 */
public final class LogReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSES = Duration.ofMillis(500);

    private final KafkaCluster cluster;
    private final Consumer<byte[], byte[]> consumer;
    private final Expiry expiry;
    private final Patience patience;
    /** By partition that is not read to its end, where that is. */
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    private boolean waiting;

    /** What is to be done about records that were gone when their turn came. May throw, which ends the reading. */
    public interface Expiry {
        /** To go on with the oldest record there is, without a word. */
        Expiry PASSED_OVER = (partition, from, begin) -> {};

        /**
         * @param from where the reading had come
         * @param begin where the log begins now; less than that if it has lost its end or was created anew
         */
        void noticed(TopicPartition partition, long from, long begin);
    }

    public LogReader(KafkaCluster cluster, Expiry expiry) {
        this(cluster, expiry, Map.of());
    }

    /** @param more settings of a consumer, as how much it reads at a time */
    public LogReader(KafkaCluster cluster, Expiry expiry, Map<String, Object> more) {
        this.cluster = cluster;
        this.expiry = expiry;
        this.patience = cluster.patience();
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        // The next question to a broker queues up behind a fetch that waits at the end of a partition.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        settings.putAll(more);
        this.consumer = cluster.consumer(settings);
    }

    /** Goes on with these ranges instead of others. One that has no end, {@link Long#MAX_VALUE}, is waited for for ever. */
    public LogReader from(Map<TopicPartition, OffsetRange> ranges) {
        Map<TopicPartition, OffsetRange> open = new HashMap<>(ranges);
        open.values().removeIf(OffsetRange::isEmpty);
        consumer.assign(open.keySet());
        ends.clear();
        open.forEach((partition, range) -> {
            ends.put(partition, range.end());
            consumer.seek(partition, range.begin());
        });
        return this;
    }

    /** Whether there is more to read of the partition. */
    public boolean isOpen(TopicPartition partition) {
        return ends.containsKey(partition);
    }

    /** Partitions that are not read to the end of their range. */
    public Set<TopicPartition> open() {
        return new HashSet<>(ends.keySet());
    }

    /** The offset that is read next. */
    public long position(TopicPartition partition) {
        return consumer.position(partition);
    }

    /**
     * Hands over all records of the ranges, in the order of each partition.
     *
     * @param taker false ends the reading
     * @return whether it wants more
     */
    public boolean read(Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        boolean goesOn = true;
        while (goesOn && !ends.isEmpty()) {
            goesOn = poll(open(), taker);
        }
        return goesOn;
    }

    /**
     * Hands over what one fetch brings of some partitions.
     *
     * @return whether the taker wants more
     * @throws routes.settings.UnreachableException if nothing has come for too long
     */
    public boolean poll(Collection<TopicPartition> wanted, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        try {
            return take(wanted, taker);
        } catch (KafkaException e) {
            throw cluster.failure(e);
        }
    }

    private boolean take(Collection<TopicPartition> wanted, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        Set<TopicPartition> others = new HashSet<>(consumer.assignment());
        others.removeAll(wanted);
        consumer.pause(others);
        consumer.resume(wanted);
        ConsumerRecords<byte[], byte[]> fetched = fetch();
        for (ConsumerRecord<byte[], byte[]> record : fetched) {
            Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
            if (end != null && record.offset() < end && !taker.test(record)) {
                return false;
            }
        }
        // By position, because the last offsets may have no records.
        boolean ended = ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        wait(wanted, ended || !fetched.isEmpty());
        return true;
    }

    /** Counted from the first fetch without records: whoever reads slowly has them far apart. */
    private void wait(Collection<TopicPartition> wanted, boolean moved) {
        if (moved || !waiting || ends.containsValue(Long.MAX_VALUE)) {
            waiting = !moved;
            patience.moved();
        } else {
            patience.nothingMoved("records of " + new ArrayList<>(wanted));
        }
    }

    private ConsumerRecords<byte[], byte[]> fetch() {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach(this::goToBegin);
            return ConsumerRecords.empty();
        }
    }

    private void goToBegin(TopicPartition partition, long from) {
        long begin = consumer.beginningOffsets(Set.of(partition)).get(partition);
        expiry.noticed(partition, from, begin);
        consumer.seek(partition, begin);
    }

    @Override
    public void close() {
        consumer.close(CLOSES);
    }
}
