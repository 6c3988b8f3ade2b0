package routes.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import routes.audit.Copies.Copy;
import routes.kafka.KafkaCluster;
import routes.kafka.LogReader;
import routes.kafka.OffsetRange;

/**
 * Reads the source and all outputs side by side, so that records and their copies are met close to each other however
 * far apart they lie in time. A log of an output is read until its next copy is of a source record that has not been read; once every
 * log waits so or is at its end, a little more of the source is read, of the partition that is behind.
 */
final class AuditReader implements AutoCloseable {
    private final AuditRange range;
    private final Map<TopicPartition, OutputLog> logs = new HashMap<>();
    private final Sources sources;
    private final Copies made;
    private final Matching matching;
    private final LogReader source;
    private final LogReader copies;
    private final long[] position;
    private final long[] timestamp;
    private long sourceRecords;
    private long copyRecords;

    /**
     * @param sources makes source records of what is read
     * @param made makes copies of it
     * @param matching takes both
     */
    AuditReader(
            KafkaCluster cluster,
            AuditRange range,
            List<OutputLog> logs,
            Sources sources,
            Copies made,
            Matching matching) {
        this.range = range;
        logs.forEach(log -> this.logs.put(log.partition(), log));
        this.sources = sources;
        this.made = made;
        this.matching = matching;
        this.position = range.from().clone();
        this.timestamp = new long[position.length];
        Map<TopicPartition, OffsetRange> from = new HashMap<>();
        for (int p = 0; p < position.length; p++) {
            from.put(sourcePartition(p), new OffsetRange(position[p], range.to()[p]));
        }
        this.source = new LogReader(
                        cluster, (partition, offset, begin) -> sources.interrupt(partition.partition()), reading(500))
                .from(from);
        Map<TopicPartition, OffsetRange> outputs = new HashMap<>();
        logs.forEach(log -> outputs.put(log.partition(), log.range()));
        this.copies = new LogReader(
                        cluster,
                        (partition, offset, begin) -> this.logs.get(partition).expire(),
                        reading(2000))
                .from(outputs);
    }

    /** Of each of more than a hundred partitions one such piece may lie ready. */
    private static Map<String, Object> reading(int maxPollRecords) {
        return Map.of(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                maxPollRecords,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                256 * 1024,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                8 * 1024 * 1024,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                100);
    }

    /**
     * Reads all of the range.
     *
     * @param progress told, after every piece, how many source records and copies have been read
     */
    void read(BiConsumer<Long, Long> progress) {
        while (true) {
            Set<TopicPartition> hungry = match();
            int behind = hungry.isEmpty() ? furthestBehind() : -1;
            if (!hungry.isEmpty()) {
                copies.poll(hungry, this::takeCopy);
            } else if (behind >= 0) {
                readSource(behind);
            } else {
                return;
            }
            progress.accept(sourceRecords, copyRecords);
        }
    }

    /** Matches all copies whose source has been read; returns the partitions of which more has to be read. */
    private Set<TopicPartition> match() {
        Set<TopicPartition> hungry = new HashSet<>();
        for (OutputLog log : logs.values()) {
            for (Copy head = log.head(); head != null && isSourceRead(head); head = log.head()) {
                matching.copy(head);
                log.removeHead();
            }
            if (!copies.isOpen(log.partition())) {
                log.readToEnd();
            } else if (log.head() == null) {
                hungry.add(log.partition());
            }
        }
        return hungry;
    }

    private boolean isSourceRead(Copy copy) {
        return copy.sourceOffset() < position[copy.sourcePartition()];
    }

    /** Of the source partitions that logs wait for, or else of all, the one whose last record is oldest; −1 if none. */
    private int furthestBehind() {
        boolean[] waited = new boolean[position.length];
        boolean any = false;
        for (OutputLog log : logs.values()) {
            if (log.head() != null) {
                waited[log.head().sourcePartition()] = true;
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

    private boolean takeCopy(ConsumerRecord<byte[], byte[]> record) {
        OutputLog log = logs.get(new TopicPartition(record.topic(), record.partition()));
        made.read(log, record).ifPresent(log::add);
        copyRecords++;
        return true;
    }

    private void readSource(int p) {
        source.poll(Set.of(sourcePartition(p)), record -> {
            matching.source(sources.read(record));
            position[p] = record.offset() + 1;
            timestamp[p] = record.timestamp();
            sourceRecords++;
            return true;
        });
        if (!source.isOpen(sourcePartition(p))) {
            position[p] = range.to()[p];
        }
    }

    private static TopicPartition sourcePartition(int p) {
        return new TopicPartition(AuditFlow.SOURCE, p);
    }

    @Override
    public void close() {
        source.close();
        copies.close();
    }
}
