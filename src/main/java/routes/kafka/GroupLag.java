package routes.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many records of a topic a consumer group has not yet committed, asked of the cluster. */
public final class GroupLag implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Admin admin;

    /** @param client Kafka client settings, {@code bootstrap.servers} among them */
    public GroupLag(Map<String, Object> client) {
        this.admin = Admin.create(Patience.with(client));
    }

    /**
     * @return 0 if the group has committed everything; a partition without a commit counts from its first record
     * @throws ExecutionException if the cluster refused, for instance because there is no such topic
     * @throws TimeoutException if it did not answer within 5 seconds
     */
    public long records(String group, String topic) throws ExecutionException, TimeoutException, InterruptedException {
        long lag = 0;
        for (long records : byPartition(group, topic).values()) {
            lag += records;
        }
        return lag;
    }

    /**
     * The same for a group that commits later than it reads, as far as it is this process's to read: a partition counts
     * from where this process has come; one that it does not hold counts only if nobody else can hold it.
     *
     * @param read by partition that this process holds, the offset that it reads next
     * @param consumers how many consumers of the group this process has
     */
    public long records(String group, String topic, Map<TopicPartition, Long> read, int consumers)
            throws ExecutionException, TimeoutException, InterruptedException {
        boolean alone = members(group) <= consumers;
        Map<TopicPartition, Long> ends = offsets(topic, OffsetSpec.latest());
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> records : byPartition(group, topic).entrySet()) {
            Long next = read.get(records.getKey());
            if (next != null) {
                lag += Math.max(0, Math.min(records.getValue(), ends.getOrDefault(records.getKey(), next) - next));
            } else if (alone) {
                lag += records.getValue();
            }
        }
        return lag;
    }

    private int members(String group) throws ExecutionException, TimeoutException, InterruptedException {
        return admin.describeConsumerGroups(List.of(group))
                .all()
                .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .get(group)
                .members()
                .size();
    }

    private Map<TopicPartition, Long> byPartition(String group, String topic)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        Map<TopicPartition, Long> first = offsets(topic, OffsetSpec.earliest());
        Map<TopicPartition, Long> lag = new HashMap<>();
        offsets(topic, OffsetSpec.latest()).forEach((partition, end) -> {
            OffsetAndMetadata position = committed.get(partition);
            lag.put(partition, end - (position == null ? first.getOrDefault(partition, 0L) : position.offset()));
        });
        return lag;
    }

    private Map<TopicPartition, Long> offsets(String topic, OffsetSpec spec)
            throws ExecutionException, TimeoutException, InterruptedException {
        TopicDescription description = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .get(topic);
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        description.partitions().forEach(p -> asked.put(new TopicPartition(topic, p.partition()), spec));
        Map<TopicPartition, ListOffsetsResultInfo> answer =
                admin.listOffsets(asked).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        return answer.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    @Override
    public void close() {
        admin.close(TIMEOUT);
    }
}
