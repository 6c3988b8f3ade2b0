package routes.rigs;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.OffsetRange;
import routes.rig.Fleet.Position;
import routes.rigs.FleetLogMessage.UnreadableRecordException;

/** Works out from the checkpoints what to read, and from what is read where each rig stands. */
final class FleetLogRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(FleetLogRecovery.class);

    private final String fleet;
    private final Set<String> rigs;
    private final String topicId;
    private final Map<String, FleetLogCheckpoint> checkpoints;
    private final Map<String, Position> found = new HashMap<>();

    /** @param topicId of the telemetry topic as it is now; empty if the cluster knows no such ids */
    FleetLogRecovery(String fleet, Set<String> rigs, String topicId, Map<String, FleetLogCheckpoint> checkpoints) {
        this.fleet = fleet;
        this.rigs = rigs;
        this.topicId = topicId;
        this.checkpoints = checkpoints;
    }

    /** What of the telemetry topic has to be read, given how far it reaches. */
    Map<Integer, OffsetRange> ranges(Map<Integer, OffsetRange> topic) {
        checkpoints.forEach((rig, checkpoint) -> {
            if (isInTopic(checkpoint, topic)) {
                found.put(rig, checkpoint.position());
            }
        });
        boolean complete = rigs.stream().allMatch(rig -> isWhereItWas(rig, topic.size()));
        LOG.info(
                "{} of {} rigs have a checkpoint; {}",
                checkpoints.size(),
                rigs.size(),
                complete ? "reading on from there" : "not all can be used, so the whole topic is read");
        return complete ? sinceCheckpoints(topic) : topic;
    }

    /** One from at or beyond the end is from before the topic lost its end; offsets of another topic mean nothing here. */
    private boolean isInTopic(FleetLogCheckpoint checkpoint, Map<Integer, OffsetRange> topic) {
        Position position = checkpoint.position();
        OffsetRange range = topic.get(position.partition());
        return isOfThisTopic(checkpoint) && range != null && position.offset() < range.end();
    }

    private boolean isOfThisTopic(FleetLogCheckpoint checkpoint) {
        return checkpoint.topicId().isEmpty()
                || topicId.isEmpty()
                || checkpoint.topicId().equals(topicId);
    }

    /** Whether all that the rig sent since its checkpoint lies behind it: more partitions move it to another. */
    private boolean isWhereItWas(String rig, int partitions) {
        return found.containsKey(rig) && checkpoints.get(rig).partitions() == partitions;
    }

    private Map<Integer, OffsetRange> sinceCheckpoints(Map<Integer, OffsetRange> topic) {
        Map<Integer, Long> smallest = new HashMap<>();
        found.values().forEach(position -> smallest.merge(position.partition(), position.offset(), Math::min));
        Map<Integer, OffsetRange> since = new HashMap<>();
        topic.forEach((partition, range) -> {
            Long offset = smallest.get(partition);
            if (offset != null) {
                since.put(partition, range.since(offset + 1));
            }
        });
        return since;
    }

    void take(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        Optional<String> rig = FleetLogMessage.key(record).filter(rigs::contains);
        if (rig.isPresent() && FleetLogMessage.isSentBy(fleet, record)) {
            FleetLogMessage message = FleetLogMessage.read(record);
            Position position = new Position(message.seq(), message.timeMillis(), record.partition(), record.offset());
            found.merge(rig.get(), position, (known, read) -> read.seq() > known.seq() ? read : known);
        }
    }

    /**
     * Where a rig goes on: where its last message stands, so that its messages stay in one partition, in their order, also
     * when the topic gets more. Of a rig that has sent nothing to this topic, the one that its key stands for now.
     */
    int partitionOf(String rig, int partitions) {
        Position last = positions().get(rig);
        FleetLogCheckpoint checkpoint = checkpoints.get(rig);
        boolean known = found.containsKey(rig) || checkpoint != null && isOfThisTopic(checkpoint);
        return known && last.partition() < partitions
                ? last.partition()
                : BuiltInPartitioner.partitionForKey(rig.getBytes(StandardCharsets.UTF_8), partitions);
    }

    /** What the topic holds counts; a checkpoint from beyond its end only for rigs of which it holds nothing. */
    Map<String, Position> positions() {
        Map<String, Position> positions = new HashMap<>();
        checkpoints.forEach((rig, checkpoint) -> positions.put(rig, checkpoint.position()));
        positions.putAll(found);
        return positions;
    }
}
