package routes.kafka;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import routes.settings.ConfigurationException;

/** The log of a topic, as far as it reached when this was made; by number of the partition. */
public final class TopicLog {
    private final KafkaCluster cluster;
    private final TopicDescription topic;
    private final SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();

    private TopicLog(KafkaCluster cluster, TopicDescription topic) {
        this.cluster = cluster;
        this.topic = topic;
        SortedMap<Integer, ListOffsetsResultInfo> begins = offsets(OffsetSpec.earliest());
        offsets(OffsetSpec.latest())
                .forEach((partition, end) -> ranges.put(
                        partition, new OffsetRange(begins.get(partition).offset(), end.offset())));
    }

    /** Empty if there is no such topic. */
    public static Optional<TopicLog> of(KafkaCluster cluster, String topic) {
        return cluster.describe(topic).map(found -> new TopicLog(cluster, found));
    }

    public String name() {
        return topic.name();
    }

    /** What tells the topic from one of the same name that was there before; empty if the cluster knows no such ids. */
    public String id() {
        return topic.topicId().equals(Uuid.ZERO_UUID) ? "" : topic.topicId().toString();
    }

    /** What there was to read. */
    public SortedMap<Integer, OffsetRange> ranges() {
        return ranges;
    }

    /** As the cluster says now. */
    public SortedMap<Integer, ListOffsetsResultInfo> offsets(OffsetSpec spec) {
        SortedMap<Integer, ListOffsetsResultInfo> offsets = new TreeMap<>();
        cluster.offsets(KafkaCluster.partitions(List.of(topic)), spec)
                .forEach((partition, offset) -> offsets.put(partition.partition(), offset));
        return offsets;
    }

    /** The first offset that is not older by its timestamp; the end where there is none. */
    public SortedMap<Integer, Long> since(Instant time) {
        SortedMap<Integer, Long> since = new TreeMap<>();
        offsets(OffsetSpec.forTimestamp(Timestamps.of(time)))
                .forEach((partition, found) -> since.put(
                        partition, found.offset() < 0 ? ranges.get(partition).end() : found.offset()));
        return since;
    }

    /** Ranges of some partitions, as a {@link LogReader} wants them. */
    public Map<TopicPartition, OffsetRange> partitions(Map<Integer, OffsetRange> byNumber) {
        Map<TopicPartition, OffsetRange> of = new HashMap<>();
        byNumber.forEach((partition, range) -> of.put(new TopicPartition(name(), partition), range));
        return of;
    }

    /**
     * How many records a group has not yet committed.
     *
     * @return 0 if it has committed everything; a partition without a commit counts from its first record
     * @throws ConfigurationException if there is no such topic
     */
    public static long lag(KafkaCluster cluster, String group, String topic) {
        return lag(cluster, group, topic, Map.of(), Integer.MAX_VALUE);
    }

    /**
     * The same for a group that commits later than it reads, as far as it is this process's to read: a partition counts
     * from where this process has come; one that it does not hold counts only if nobody else can hold it.
     *
     * @param read by partition that this process holds, the offset that it reads next
     * @param consumers how many consumers of the group this process has
     */
    public static long lag(
            KafkaCluster cluster, String group, String topic, Map<TopicPartition, Long> read, int consumers) {
        boolean alone = consumers == Integer.MAX_VALUE || cluster.members(group).size() <= consumers;
        // What is committed comes first: it cannot lie beyond an end that is asked for later.
        Map<TopicPartition, OffsetAndMetadata> committed = cluster.committed(group);
        TopicLog log = of(cluster, topic)
                .orElseThrow(() -> new ConfigurationException(
                        "there is no topic " + topic + " in Kafka at " + cluster.bootstrapServers()));
        long lag = 0;
        for (Map.Entry<TopicPartition, OffsetRange> partition :
                log.partitions(log.ranges()).entrySet()) {
            OffsetRange range = partition.getValue();
            OffsetAndMetadata done = committed.get(partition.getKey());
            long open = range.end() - (done == null ? range.begin() : done.offset());
            Long next = read.get(partition.getKey());
            if (next != null) {
                lag += Math.max(0, Math.min(open, range.end() - next));
            } else if (alone) {
                lag += open;
            }
        }
        return lag;
    }
}
