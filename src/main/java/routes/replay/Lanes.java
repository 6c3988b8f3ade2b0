package routes.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The lanes of all outputs. */
final class Lanes {
    private final List<Output> outputs;
    /** By output, then by partition. */
    private final List<List<Lane>> byOutput = new ArrayList<>();

    private final Map<TopicPartition, Lane> byPartition = new HashMap<>();

    /** @param lanes of every output, in the order of their partitions */
    Lanes(List<Output> outputs, List<Lane> lanes) {
        this.outputs = outputs;
        outputs.forEach(output -> byOutput.add(new ArrayList<>()));
        lanes.forEach(lane -> {
            byOutput.get(lane.output()).add(lane);
            byPartition.put(lane.partition(), lane);
        });
    }

    Iterable<Lane> all() {
        return byPartition.values();
    }

    Lane of(TopicPartition partition) {
        return byPartition.get(partition);
    }

    /**
     * Where a copy of the record belongs: by its key, as Kafka's producers choose, and as a dead letter on the partition
     * of the same number.
     */
    Lane of(int output, SourceRecord record) {
        List<Lane> lanes = byOutput.get(output);
        boolean letter = outputs.get(output).kind() == Output.Kind.LETTER;
        return lanes.get(letter ? record.partition % lanes.size() : record.partitionOf(lanes.size()));
    }
}
