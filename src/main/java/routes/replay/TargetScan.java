package routes.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads in the target what a replay with the same mark has put there before it was interrupted. */
final class TargetScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long FIRST_STEP = 200;

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Marks marks;
    private final ReplayTarget target;

    TargetScan(Map<String, Object> client, String topic, Marks marks, ReplayTarget target) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topic = topic;
        this.marks = marks;
        this.target = target;
    }

    /**
     * Where partitions keep their numbers, the last record of each tells all, so that it is looked for from the end;
     * otherwise the whole partition is read, as it mixes those of several.
     *
     * @param begin of the partition's offsets
     * @param end one more than the last
     */
    void read(int partition, long begin, long end) {
        if (!target.keepsPartitions()) {
            read(partition, begin, end, end);
            return;
        }
        long from = end;
        long step = FIRST_STEP;
        boolean found = false;
        while (!found && from > begin) {
            long to = from;
            from = Math.max(begin, to - step);
            found = read(partition, from, to, end);
            step *= 10;
        }
    }

    /** @return whether there was a record of this replay */
    private boolean read(int number, long from, long to, long end) {
        TopicPartition partition = new TopicPartition(topic, number);
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        boolean found = false;
        long movedAt = System.nanoTime();
        for (long position = from; position < to; ) {
            for (ConsumerRecord<byte[], byte[]> record : poll()) {
                found |= record.offset() < end && note(number, record);
            }
            long now = consumer.position(partition);
            movedAt = now > position ? System.nanoTime() : movedAt;
            position = now;
            if (System.nanoTime() - movedAt > PATIENCE.toNanos()) {
                throw new ReplayException("Kafka has given no record of " + partition + " for " + PATIENCE.toSeconds()
                        + " s; check that it" + " runs");
            }
        }
        return found;
    }

    private boolean note(int number, ConsumerRecord<byte[], byte[]> record) {
        marks.positionIn(record.headers()).ifPresent(source -> target.found(number, source));
        return marks.positionIn(record.headers()).isPresent();
    }

    private Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        try {
            return consumer.poll(POLL);
        } catch (KafkaException e) {
            throw new ReplayException(topic + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(5));
    }
}
