package routes.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the source and all outputs side by side, so that records and their copies are met close to each other however
 * far apart they lie in time. A lane is read until its next copy is of a source record that has not been read; once every
 * lane waits so or is at its end, a little more of the source is read, of the partition that is behind.
 */
final class AuditReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AuditRange range;
    private final Lanes lanes;
    private final Consumer<byte[], byte[]> source;
    private final Consumer<byte[], byte[]> copies;
    private final long[] position;
    private final long[] timestamp;
    private long sourceRecords;
    private long copyRecords;
    private long lastRecordNanos = System.nanoTime();

    /** @param client settings of a Kafka client */
    AuditReader(Map<String, Object> client, AuditRange range, Lanes lanes) {
        this.range = range;
        this.lanes = lanes;
        this.position = range.from().clone();
        this.timestamp = new long[position.length];
        this.source = consumer(client, 500);
        this.copies = consumer(client, 2000);
        assign();
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> client, int maxPollRecords) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        // Of each of more than a hundred partitions one such piece may lie ready.
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 256 * 1024);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void assign() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int p = 0; p < position.length; p++) {
            partitions.add(sourcePartition(p));
        }
        source.assign(partitions);
        partitions.forEach(partition -> source.seek(partition, position[partition.partition()]));
        List<TopicPartition> outputs = new ArrayList<>();
        lanes.all().forEach(lane -> outputs.add(lane.partition()));
        copies.assign(outputs);
        lanes.all().forEach(lane -> copies.seek(lane.partition(), lane.next()));
    }

    /**
     * Reads all of the range.
     *
     * @param sources makes source records of what is read
     * @param made makes copies of it
     * @param matching takes both
     * @param progress told, after every piece, how many source records and copies have been read
     * @throws AuditException if Kafka stops answering
     */
    void read(Sources sources, Copies made, Matching matching, BiConsumer<Long, Long> progress) {
        while (true) {
            Set<TopicPartition> hungry = match(matching);
            int behind = hungry.isEmpty() ? furthestBehind() : -1;
            if (!hungry.isEmpty()) {
                pollCopies(hungry, made);
            } else if (behind >= 0) {
                pollSource(behind, sources, matching);
            } else {
                return;
            }
            progress.accept(sourceRecords, copyRecords);
        }
    }

    /** Matches all copies whose source has been read; returns the partitions of which more has to be read. */
    private Set<TopicPartition> match(Matching matching) {
        Set<TopicPartition> hungry = new HashSet<>();
        for (Lane lane : lanes.all()) {
            for (Copy head = lane.head(); head != null && isSourceRead(head); head = lane.head()) {
                matching.copy(head);
                lane.removeHead();
            }
            if (lane.wantsMore()) {
                hungry.add(lane.partition());
            }
        }
        return hungry;
    }

    private boolean isSourceRead(Copy copy) {
        return copy.sourceOffset() < position[copy.sourcePartition()];
    }

    /** Of the source partitions that lanes wait for, or else of all, the one whose last record is oldest; −1 if none. */
    private int furthestBehind() {
        boolean[] waited = new boolean[position.length];
        boolean any = false;
        for (Lane lane : lanes.all()) {
            if (lane.head() != null) {
                waited[lane.head().sourcePartition()] = true;
                any = true;
            }
        }
        int behind = -1;
        for (int p = 0; p < position.length; p++) {
            boolean open = position[p] < range.to()[p] && (waited[p] || !any);
            if (open && (behind < 0 || timestamp[p] < timestamp[behind])) {
                behind = p;
            }
        }
        return behind;
    }

    private void pollCopies(Set<TopicPartition> hungry, Copies made) {
        resumeOnly(copies, hungry);
        boolean moved = false;
        for (ConsumerRecord<byte[], byte[]> record : copies.poll(POLL)) {
            Lane lane = lanes.of(new TopicPartition(record.topic(), record.partition()));
            if (record.offset() < lane.end()) {
                notice(lane, record.offset());
                made.read(lane, record).ifPresent(lane::add);
                lane.passed(record.offset());
                copyRecords++;
                moved = true;
            }
        }
        for (TopicPartition partition : hungry) {
            Lane lane = lanes.of(partition);
            if (copies.position(partition) >= lane.end()) {
                notice(lane, lane.end());
                lane.readToEnd();
                moved = true;
            }
        }
        checkProgress(moved);
    }

    /** Offsets may be missing because of transactions; only if the log begins later have records expired meanwhile. */
    private void notice(Lane lane, long offset) {
        if (offset > lane.next() && hasExpired(copies, lane.partition(), lane.next())) {
            lane.expire();
        }
    }

    private static boolean hasExpired(Consumer<?, ?> consumer, TopicPartition partition, long offset) {
        return consumer.beginningOffsets(Set.of(partition)).get(partition) > offset;
    }

    private void pollSource(int p, Sources sources, Matching matching) {
        TopicPartition partition = sourcePartition(p);
        resumeOnly(source, Set.of(partition));
        long before = position[p];
        for (ConsumerRecord<byte[], byte[]> record : source.poll(POLL)) {
            if (record.offset() < range.to()[p]) {
                noticeSource(p, record.offset(), sources);
                matching.source(sources.read(record));
                position[p] = record.offset() + 1;
                timestamp[p] = record.timestamp();
                sourceRecords++;
            }
        }
        if (source.position(partition) >= range.to()[p]) {
            noticeSource(p, range.to()[p], sources);
            position[p] = range.to()[p];
        }
        checkProgress(position[p] > before);
    }

    private void noticeSource(int p, long offset, Sources sources) {
        if (offset > position[p] && hasExpired(source, sourcePartition(p), position[p])) {
            sources.interrupt(p);
        }
    }

    private static void resumeOnly(Consumer<?, ?> consumer, Set<TopicPartition> wanted) {
        Set<TopicPartition> others = new HashSet<>(consumer.assignment());
        others.removeAll(wanted);
        consumer.pause(others);
        consumer.resume(wanted);
    }

    private void checkProgress(boolean moved) {
        if (moved) {
            lastRecordNanos = System.nanoTime();
        } else if (System.nanoTime() - lastRecordNanos > PATIENCE.toNanos()) {
            throw new AuditException("Kafka has given no record for " + PATIENCE.toSeconds() + " s, at "
                    + Arrays.toString(position) + " of " + AuditFlow.SOURCE
                    + "; check that it runs, and begin again");
        }
    }

    private static TopicPartition sourcePartition(int p) {
        return new TopicPartition(AuditFlow.SOURCE, p);
    }

    @Override
    public void close() {
        source.close(Duration.ofSeconds(5));
        copies.close(Duration.ofSeconds(5));
    }
}
