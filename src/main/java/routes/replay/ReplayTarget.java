package routes.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Utils;
import routes.kafka.LogReader;
import routes.kafka.OffsetRange;
import routes.kafka.TopicLog;

/**
 * The topic that gets the records, and what this replay has put there already. Each partition of the target holds, of each
 * partition of the source, an unbroken sequence: a record is in it exactly if its offset is not above the last.
 */
final class ReplayTarget {
    private static final long FIRST_STEP = 200;

    private final int sourcePartitions;
    private final int partitions;
    private final Map<Integer, Map<Integer, Long>> last = new HashMap<>();

    /**
     * @param sourcePartitions how many partitions the source has
     * @param partitions how many the target has
     */
    ReplayTarget(int sourcePartitions, int partitions) {
        this.sourcePartitions = sourcePartitions;
        this.partitions = partitions;
    }

    int partitions() {
        return partitions;
    }

    /** Whether every record keeps the number of its partition. */
    boolean keepsPartitions() {
        return partitions >= sourcePartitions;
    }

    /**
     * The record's own partition number; if the target has fewer partitions, the one that Kafka's producers choose for the
     * key, and without a key one that all records of the same source partition share.
     */
    int partitionOf(Original record) {
        if (keepsPartitions()) {
            return record.partition();
        }
        return record.key() == null
                ? record.partition() % partitions
                : Utils.toPositive(Utils.murmur2(record.key())) % partitions;
    }

    /**
     * Looks for what this replay has put there before it was interrupted. Where partitions keep their numbers, the last
     * record of each tells all, so that it is looked for from the end; otherwise the whole partition is read, as it mixes
     * those of several.
     */
    void look(TopicLog log, LogReader reader, Marks marks) {
        log.ranges().forEach((partition, range) -> {
            long step = keepsPartitions() ? FIRST_STEP : range.length();
            for (long to = range.end(); to > range.begin() && !last.containsKey(partition); step *= 10) {
                OffsetRange stretch = new OffsetRange(Math.max(range.begin(), to - step), to);
                reader.from(log.partitions(Map.of(partition, stretch))).read(record -> {
                    marks.sourceIn(record.headers()).ifPresent(source -> found(partition, source));
                    return true;
                });
                to = stretch.begin();
            }
        });
    }

    /** Notes that a record of this replay stands in one of the target's partitions. */
    void found(int partition, Marks.Source source) {
        last.computeIfAbsent(partition, any -> new HashMap<>()).merge(source.partition(), source.offset(), Math::max);
    }

    boolean has(Original record) {
        return record.offset()
                <= last.getOrDefault(partitionOf(record), Map.of()).getOrDefault(record.partition(), -1L);
    }

    /** By source partition, the last offset up to which all records stand here; none where that cannot be said. */
    Map<Integer, Long> done() {
        Map<Integer, Long> done = new TreeMap<>();
        if (keepsPartitions()) {
            last.values().forEach(done::putAll);
        }
        return done;
    }
}
