package routes.replay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the range from its topic, without a consumer group: it commits nothing and takes nothing from others. */
final class TopicSource implements ReplaySource {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long READ_AHEAD_BYTES = 64L << 20;
    private static final long LEAST_READ_AHEAD_BYTES = 256L << 10;

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Map<TopicPartition, Strand> strands = new HashMap<>();
    private final PriorityQueue<Strand> ready =
            new PriorityQueue<>(Comparator.comparingLong(Strand::headTime).thenComparingInt(Strand::partition));
    private final long readAhead;
    private boolean waiting;
    private long waitingSinceNanos;
    /** Strands of which the next record has not come yet; while there are some, nobody knows the oldest record. */
    private int awaited;

    /** @param client settings of a Kafka client */
    TopicSource(Map<String, Object> client, String topic, ReplayRange range) {
        this.topic = topic;
        this.consumer = consumer(client);
        range.nonEmpty()
                .forEach((partition, span) ->
                        strands.put(new TopicPartition(topic, partition), new Strand(partition, span.to())));
        consumer.assign(strands.keySet());
        range.nonEmpty().forEach((partition, span) -> consumer.seek(new TopicPartition(topic, partition), span.from()));
        awaited = strands.size();
        readAhead = Math.max(LEAST_READ_AHEAD_BYTES, READ_AHEAD_BYTES / Math.max(1, strands.size()));
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // What expires while it is being read must not be passed over in silence.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** What has been read of one partition and not been given yet. */
    private static final class Strand {
        private final int partition;
        private final long end;
        private final ArrayDeque<Original> records = new ArrayDeque<>();
        private long bytes;
        private boolean readToEnd;

        Strand(int partition, long end) {
            this.partition = partition;
            this.end = end;
        }

        int partition() {
            return partition;
        }

        long headTime() {
            return records.element().timestamp();
        }

        boolean isAwaited() {
            return records.isEmpty() && !readToEnd;
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
        return awaited == 0 && ready.isEmpty();
    }

    @Override
    public Optional<Original> next() {
        if (awaited > 0) {
            read();
        }
        if (awaited > 0 || ready.isEmpty()) {
            return Optional.empty();
        }
        Strand strand = ready.remove();
        Original record = strand.remove();
        if (strand.isAwaited()) {
            awaited++;
        } else if (!strand.records.isEmpty()) {
            ready.add(strand);
        }
        return Optional.of(record);
    }

    private void read() {
        List<TopicPartition> full = new ArrayList<>();
        List<TopicPartition> wanted = new ArrayList<>();
        strands.forEach(
                (partition, strand) -> (strand.readToEnd || strand.bytes >= readAhead ? full : wanted).add(partition));
        consumer.pause(full);
        consumer.resume(wanted);
        boolean moved = poll();
        for (TopicPartition partition : wanted) {
            moved |= noticeEnd(partition);
        }
        checkProgress(moved);
    }

    private boolean poll() {
        try {
            boolean moved = false;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                moved = true;
                Strand strand = strands.get(new TopicPartition(record.topic(), record.partition()));
                if (record.offset() < strand.end) {
                    add(strand, Original.of(record));
                }
            }
            return moved;
        } catch (OffsetOutOfRangeException e) {
            throw new ReplayException(
                    "records of " + topic + " have expired, or it was created anew, while they were being played back: "
                            + e.offsetOutOfRangePartitions() + " do not exist any more; the same command says what is"
                            + " left",
                    e);
        } catch (KafkaException e) {
            throw new ReplayException(topic + " cannot be read on: " + e.getMessage(), e);
        }
    }

    private void add(Strand strand, Original record) {
        boolean wasEmpty = strand.records.isEmpty();
        strand.add(record);
        if (wasEmpty) {
            ready.add(strand);
            awaited--;
        }
    }

    /** By position, because the last offsets may have no records. */
    private boolean noticeEnd(TopicPartition partition) {
        Strand strand = strands.get(partition);
        if (consumer.position(partition) < strand.end) {
            return false;
        }
        if (strand.isAwaited()) {
            awaited--;
        }
        strand.readToEnd = true;
        return true;
    }

    /** Only from the first poll without records on: at a slow rate polls are far apart. */
    private void checkProgress(boolean moved) {
        if (moved || !waiting) {
            waiting = !moved;
            waitingSinceNanos = System.nanoTime();
        } else if (System.nanoTime() - waitingSinceNanos > PATIENCE.toNanos()) {
            throw new ReplayException("Kafka has given no record of " + topic + " for " + PATIENCE.toSeconds()
                    + " s; check that it runs, then give the same command again, which goes on where this one ended");
        }
    }

    @Override
    public List<String> problems() {
        return List.of();
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(5));
    }
}
