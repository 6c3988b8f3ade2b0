package routes.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Utils;

/**
 * The topic that gets the records, and what this replay has put there already. Each partition of the target holds, of each
 * partition of the source, an unbroken sequence: a record is in it exactly if its offset is not above the last.
 */
final class ReplayTarget {
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

    /** Notes that a record of this replay stands in one of the target's partitions. */
    void found(int partition, Marks.Position source) {
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
