package routes.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import routes.audit.AuditFlow.Output;
import routes.kafka.KafkaCluster;
import routes.kafka.OffsetRange;
import routes.kafka.Timestamps;
import routes.settings.ConfigurationException;

/**
 * Asks the cluster for the range of an audit: first what the groups have committed, only then where the outputs end. So
 * the copies of every committed record stand below those ends.
 */
final class RangeFinder {
    /** Clocks of brokers differ; a copy is looked for from so long before the first source record on. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final KafkaCluster cluster;
    private final List<Output> outputs;
    private final Map<String, TopicDescription> topics;
    private final List<TopicPartition> source;

    /** @throws ConfigurationException if the cluster cannot be reached or lacks a topic */
    RangeFinder(KafkaCluster cluster, List<Output> outputs) {
        this.cluster = cluster;
        this.outputs = outputs;
        Set<String> names = outputs.stream().map(Output::topic).collect(Collectors.toCollection(TreeSet::new));
        names.add(AuditFlow.SOURCE);
        this.topics = cluster.describe(names);
        names.removeAll(topics.keySet());
        if (!names.isEmpty()) {
            throw new ConfigurationException("Kafka at " + cluster.bootstrapServers() + " lacks " + names.size()
                    + " topic(s): " + String.join(", ", names)
                    + "; an audit needs them all, 'topics create' creates them.");
        }
        this.source = KafkaCluster.partitions(List.of(topics.get(AuditFlow.SOURCE)));
    }

    /**
     * @param progress one for each route
     * @param logs one for each partition of each output, in that order
     */
    record Ranges(AuditRange range, List<RouteProgress> progress, List<OutputLog> logs) {}

    /**
     * @param since null for all there is
     * @throws AuditException if a group has committed more than there is
     */
    Ranges find(Instant since) {
        // Where the log begins comes first: what a group commits later and still lies before that, had expired.
        long[] begin = array(cluster.offsets(source, OffsetSpec.earliest()));
        long[][] positions = AuditFlow.ROUTES.stream().map(this::positions).toArray(long[][]::new);
        Map<TopicPartition, ListOffsetsResultInfo> starts =
                cluster.offsets(source, OffsetSpec.forTimestamp(since == null ? 0 : Timestamps.of(since)));
        long[] to = array(cluster.offsets(source, OffsetSpec.latest()));
        long[] from = array(starts);
        for (int p = 0; p < from.length; p++) {
            from[p] = from[p] < 0 ? to[p] : Math.min(from[p], to[p]);
        }
        long[][] committed = new long[positions.length][];
        for (int route = 0; route < committed.length; route++) {
            committed[route] = committed(route, positions[route], from, to);
        }
        List<OutputLog> logs = logs(oldest(starts), from.length);
        long[] existing = array(cluster.offsets(source, OffsetSpec.latest()));
        AuditRange range = new AuditRange(from, to, committed, existing);
        List<RouteProgress> progress = new ArrayList<>();
        for (int route = 0; route < committed.length; route++) {
            progress.add(new RouteProgress(route, positions[route], begin, range));
        }
        return new Ranges(range, progress, logs);
    }

    /** −1 where the group has committed nothing of this topic: before it was made again, its offsets meant others. */
    private long[] positions(String route) {
        Map<TopicPartition, OffsetAndMetadata> group = cluster.committed(AuditFlow.group(route));
        return source.stream()
                .map(group::get)
                .mapToLong(offset -> offset == null || isOfAnotherTopic(offset.metadata()) ? -1 : offset.offset())
                .toArray();
    }

    /** The routes write the topic's id beside the offset, as in {@code topic-id=hCXMFEmsRJyqdBCFb1CSpA}. */
    private boolean isOfAnotherTopic(String metadata) {
        Uuid sourceId = topics.get(AuditFlow.SOURCE).topicId();
        return metadata.startsWith("topic-id=")
                && !sourceId.equals(Uuid.ZERO_UUID)
                && !metadata.equals("topic-id=" + sourceId);
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

    private List<OutputLog> logs(long oldest, int sourcePartitions) {
        List<TopicPartition> all = KafkaCluster.partitions(
                outputs.stream().map(output -> topics.get(output.topic())).toList());
        Map<TopicPartition, ListOffsetsResultInfo> ends = cluster.offsets(all, OffsetSpec.latest());
        Map<TopicPartition, ListOffsetsResultInfo> firsts = cluster.offsets(all, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> starts =
                cluster.offsets(all, OffsetSpec.forTimestamp(Math.max(0, oldest - CLOCK_TOLERANCE.toMillis())));
        List<OutputLog> logs = new ArrayList<>();
        for (int output = 0; output < outputs.size(); output++) {
            for (TopicPartition partition : KafkaCluster.partitions(
                    List.of(topics.get(outputs.get(output).topic())))) {
                long end = ends.get(partition).offset();
                long first = firsts.get(partition).offset();
                long found = starts.get(partition).offset();
                long start = found < 0 ? end : Math.max(first, found);
                // What lies before the start is older than the range: only if there is nothing may some have expired.
                boolean expired = first > 0 && start == first;
                logs.add(new OutputLog(output, partition, new OffsetRange(start, end), expired, sourcePartitions));
            }
        }
        return logs;
    }

    private static long[] array(Map<TopicPartition, ListOffsetsResultInfo> offsets) {
        long[] array = new long[offsets.size()];
        offsets.forEach((partition, info) -> array[partition.partition()] = info.offset());
        return array;
    }
}
