package routes.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads bounded stretches of a topic, without a group and without committing anything. */
final class FleetLogReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetLogReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PROGRESS_NANOS = Duration.ofSeconds(5).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final Patience patience;
    private long unreadable;

    FleetLogReader(Map<String, Object> client) {
        Map<String, Object> settings = Patience.with(client);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // What expires while it is being read is passed over, to the oldest record there is.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // The next question to a broker queues up behind a fetch that waits at the end of a partition.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
        this.patience = Patience.of(client);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Takes one record. */
    interface Taker {
        /** @throws UnreadableRecordException if the record is not what it should be */
        void take(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException;
    }

    /** A record is not what it should be; says what is wrong, never what the record holds. */
    static final class UnreadableRecordException extends Exception {
        UnreadableRecordException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * All of a topic as it is now.
     *
     * @throws KafkaException if there is no such topic or the brokers do not answer
     */
    Map<TopicPartition, FleetLogRange> whole(String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new KafkaException("topic " + topic + " does not exist; create it with the command topics create");
        }
        Set<TopicPartition> all = partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toSet());
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        return all.stream().collect(Collectors.toMap(p -> p, p -> new FleetLogRange(starts.get(p), ends.get(p))));
    }

    /**
     * Hands over every record of the ranges, in the order of each partition.
     *
     * @throws routes.settings.UnreachableException if nothing comes any more
     */
    void read(Map<TopicPartition, FleetLogRange> ranges, Taker taker) {
        Set<TopicPartition> open = new HashSet<>(ranges.keySet());
        open.removeIf(partition -> ranges.get(partition).isEmpty());
        consumer.assign(open);
        open.forEach(partition -> consumer.seek(partition, ranges.get(partition).from()));
        long reported = System.nanoTime();
        patience.moved();
        while (!open.isEmpty()) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            polled.forEach(record -> take(record, ranges, taker));
            if (closeWhatIsRead(open, ranges) || !polled.isEmpty()) {
                patience.moved();
            } else {
                patience.nothingMoved("records of " + open);
            }
            if (System.nanoTime() - reported > PROGRESS_NANOS) {
                reported = System.nanoTime();
                report(open, ranges);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, FleetLogRange> ranges, Taker taker) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (ranges.get(partition).isBefore(record.offset())) {
            return;
        }
        try {
            taker.take(record);
        } catch (UnreadableRecordException e) {
            unreadable++;
            LOG.warn("{} offset {} is passed over: {}", partition, record.offset(), e.getMessage());
        }
    }

    /** By position, because the last offsets of a compacted partition may have no records. */
    private boolean closeWhatIsRead(Set<TopicPartition> open, Map<TopicPartition, FleetLogRange> ranges) {
        Set<TopicPartition> read = open.stream()
                .filter(partition -> ranges.get(partition).isBefore(consumer.position(partition)))
                .collect(Collectors.toSet());
        consumer.pause(read);
        return open.removeAll(read);
    }

    private void report(Set<TopicPartition> open, Map<TopicPartition, FleetLogRange> ranges) {
        long left = open.stream()
                .mapToLong(partition -> ranges.get(partition).to() - consumer.position(partition))
                .sum();
        LOG.info(
                "looking for the rigs' last messages: about {} records to read in {} of {} partitions",
                left,
                open.size(),
                ranges.size());
    }

    long unreadable() {
        return unreadable;
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(5));
    }
}
