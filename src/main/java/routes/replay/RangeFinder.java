package routes.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import routes.kafka.Patience;
import routes.kafka.Timestamps;
import routes.kafka.TopicFailure;
import routes.settings.ConfigurationException;

/**
 * Asks the cluster for the range of an audit: first what the groups have committed, only then where the outputs end. So
 * the copies of every committed record stand below those ends.
 */
final class RangeFinder {
    /** Clocks of brokers differ; a copy is looked for from so long before the first source record on. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final Admin admin;
    private final Patience patience;
    private final String bootstrapServers;
    private final List<Output> outputs;
    private final Map<String, Integer> partitions = new HashMap<>();
    private Uuid sourceId = Uuid.ZERO_UUID;
    private long[] existing;

    RangeFinder(Admin admin, Patience patience, String bootstrapServers, List<Output> outputs) {
        this.admin = admin;
        this.patience = patience;
        this.bootstrapServers = bootstrapServers;
        this.outputs = outputs;
    }

    /**
     * @param progress one for each route
     * @param lanes one for each partition of each output, in that order
     */
    record Found(AuditRange range, List<RouteProgress> progress, List<Lane> lanes) {}

    /**
     * @param since null for all there is
     * @throws ConfigurationException if the cluster cannot be reached or lacks a topic
     * @throws AuditException if a group has committed more than there is
     */
    Found find(Instant since) {
        describe();
        // Where the log begins comes first: what a group commits later and still lies before that, had expired.
        long[] begin = array(offsets(AuditFlow.SOURCE, OffsetSpec.earliest()));
        List<Map<TopicPartition, OffsetAndMetadata>> groups = new ArrayList<>();
        for (int route = 0; route < AuditFlow.ROUTES.size(); route++) {
            groups.add(
                    get(admin.listConsumerGroupOffsets(AuditFlow.group(route)).partitionsToOffsetAndMetadata()));
        }
        Map<TopicPartition, ListOffsetsResultInfo> starts =
                offsets(AuditFlow.SOURCE, OffsetSpec.forTimestamp(since == null ? 0 : Timestamps.of(since)));
        long[] to = array(offsets(AuditFlow.SOURCE, OffsetSpec.latest()));
        long[] from = array(starts);
        for (int p = 0; p < from.length; p++) {
            from[p] = from[p] < 0 ? to[p] : Math.min(from[p], to[p]);
        }
        long[][] positions =
                groups.stream().map(group -> positions(group, from.length)).toArray(long[][]::new);
        long[][] committed = new long[positions.length][];
        for (int route = 0; route < committed.length; route++) {
            committed[route] = committed(route, positions[route], from, to);
        }
        List<Lane> lanes = lanes(oldest(starts), from.length);
        existing = array(offsets(AuditFlow.SOURCE, OffsetSpec.latest()));
        AuditRange range = new AuditRange(from, to, committed, existing);
        List<RouteProgress> progress = new ArrayList<>();
        for (int route = 0; route < committed.length; route++) {
            progress.add(new RouteProgress(route, positions[route], begin, range));
        }
        return new Found(range, progress, lanes);
    }

    /** −1 where the group has committed nothing of this topic: before it was made again, its offsets meant others. */
    private long[] positions(Map<TopicPartition, OffsetAndMetadata> group, int partitions) {
        long[] positions = new long[partitions];
        for (int p = 0; p < partitions; p++) {
            OffsetAndMetadata offset = group.get(new TopicPartition(AuditFlow.SOURCE, p));
            positions[p] = offset == null || isOfAnotherTopic(offset.metadata()) ? -1 : offset.offset();
        }
        return positions;
    }

    /** The routes write the topic's id beside the offset, as in {@code topic-id=hCXMFEmsRJyqdBCFb1CSpA}. */
    private boolean isOfAnotherTopic(String metadata) {
        return metadata.startsWith("topic-id=")
                && !sourceId.equals(Uuid.ZERO_UUID)
                && !metadata.equals("topic-id=" + sourceId);
    }

    private void describe() {
        TreeSet<String> missing = new TreeSet<>();
        List<String> topics = new ArrayList<>(List.of(AuditFlow.SOURCE));
        outputs.forEach(output -> topics.add(output.topic()));
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(topics).topicNameValues();
        answers.forEach((topic, answer) -> {
            try {
                TopicDescription found = patience.outcome(answer);
                partitions.put(topic, found.partitions().size());
                sourceId = topic.equals(AuditFlow.SOURCE) ? found.topicId() : sourceId;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw TopicFailure.of(e.getCause(), bootstrapServers);
                }
                missing.add(topic);
            }
        });
        if (!missing.isEmpty()) {
            throw new ConfigurationException("Kafka at " + bootstrapServers + " lacks " + missing.size() + " topic(s): "
                    + String.join(", ", missing) + "; an audit needs them all, 'topics create' creates them.");
        }
    }

    private static long[] committed(int route, long[] positions, long[] from, long[] to) {
        long[] committed = new long[from.length];
        for (int p = 0; p < committed.length; p++) {
            if (positions[p] > to[p]) {
                throw new AuditException(AuditFlow.group(route) + " has committed offset " + positions[p] + " of "
                        + AuditFlow.SOURCE + "/" + p + ", which ends at " + to[p]
                        + ": the topic has lost its end or was created anew, so its copies cannot be told apart");
            }
            committed[p] = Math.max(from[p], positions[p]);
        }
        return committed;
    }

    /** When the first record of the range was appended; {@link Long#MAX_VALUE} if there is none. */
    private static long oldest(Map<TopicPartition, ListOffsetsResultInfo> starts) {
        return starts.values().stream()
                .filter(start -> start.offset() >= 0)
                .mapToLong(ListOffsetsResultInfo::timestamp)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private List<Lane> lanes(long oldest, int sourcePartitions) {
        Collection<TopicPartition> all = new ArrayList<>();
        outputs.forEach(output -> all.addAll(partitions(output.topic())));
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(all, OffsetSpec.latest());
        Map<TopicPartition, ListOffsetsResultInfo> firsts = offsets(all, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> starts =
                offsets(all, OffsetSpec.forTimestamp(Math.max(0, oldest - CLOCK_TOLERANCE.toMillis())));
        List<Lane> lanes = new ArrayList<>();
        for (int output = 0; output < outputs.size(); output++) {
            for (TopicPartition partition : partitions(outputs.get(output).topic())) {
                long end = ends.get(partition).offset();
                long first = firsts.get(partition).offset();
                long found = starts.get(partition).offset();
                long start = found < 0 ? end : Math.max(first, found);
                // What lies before the start is older than the range: only if there is nothing may some have expired.
                boolean expired = first > 0 && start == first;
                lanes.add(new Lane(output, partition, start, end, expired, sourcePartitions));
            }
        }
        return lanes;
    }

    private List<TopicPartition> partitions(String topic) {
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions.get(topic); i++) {
            all.add(new TopicPartition(topic, i));
        }
        return all;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(String topic, OffsetSpec spec) {
        return offsets(partitions(topic), spec);
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Collection<TopicPartition> asked, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> each = new HashMap<>();
        asked.forEach(partition -> each.put(partition, spec));
        return get(admin.listOffsets(each).all());
    }

    private static long[] array(Map<TopicPartition, ListOffsetsResultInfo> offsets) {
        long[] array = new long[offsets.size()];
        offsets.forEach((partition, info) -> array[partition.partition()] = info.offset());
        return array;
    }

    private <T> T get(KafkaFuture<T> answer) {
        return patience.answer(answer);
    }
}
