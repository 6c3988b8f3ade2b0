package routes.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.FleetLogReader.UnreadableRecordException;
import routes.rig.Fleet.Position;

/** Works out from the checkpoints what to read, and from what is read where each rig stands. */
final class FleetLogRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(FleetLogRecovery.class);

    private final String fleet;
    private final Set<String> rigs;
    private final Map<String, FleetLogCheckpoint> checkpoints;
    private final Map<String, Position> found = new HashMap<>();

    FleetLogRecovery(String fleet, Set<String> rigs, Map<String, FleetLogCheckpoint> checkpoints) {
        this.fleet = fleet;
        this.rigs = rigs;
        this.checkpoints = checkpoints;
    }

    /** What of the telemetry topic has to be read, given how far it reaches. */
    Map<TopicPartition, FleetLogRange> ranges(Map<TopicPartition, FleetLogRange> topic) {
        Map<Integer, Long> ends = new HashMap<>();
        topic.forEach((partition, range) -> ends.put(partition.partition(), range.to()));
        checkpoints.forEach((rig, checkpoint) -> {
            if (isInTopic(checkpoint.position(), ends)) {
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

    /** One from at or beyond the end is from before the topic lost its end or was made anew. */
    private static boolean isInTopic(Position checkpoint, Map<Integer, Long> ends) {
        return checkpoint.offset() < ends.getOrDefault(checkpoint.partition(), 0L);
    }

    /** Whether all that the rig sent since its checkpoint lies behind it: more partitions move it to another. */
    private boolean isWhereItWas(String rig, int partitions) {
        return found.containsKey(rig) && checkpoints.get(rig).partitions() == partitions;
    }

    private Map<TopicPartition, FleetLogRange> sinceCheckpoints(Map<TopicPartition, FleetLogRange> topic) {
        Map<Integer, Long> smallest = new HashMap<>();
        found.values().forEach(position -> smallest.merge(position.partition(), position.offset(), Math::min));
        Map<TopicPartition, FleetLogRange> since = new HashMap<>();
        topic.forEach((partition, range) -> {
            Long offset = smallest.get(partition.partition());
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

    /** What the topic holds counts; a checkpoint from beyond its end only for rigs of which it holds nothing. */
    Map<String, Position> positions() {
        Map<String, Position> positions = new HashMap<>();
        checkpoints.forEach((rig, checkpoint) -> positions.put(rig, checkpoint.position()));
        positions.putAll(found);
        return positions;
    }
}
