package routes.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** How far the groups of the routes are, in all partitions that there are now. */
final class StormGroups {
    private final Admin admin;

    StormGroups(Admin admin) {
        this.admin = admin;
    }

    /**
     * Waits until all groups have committed what their topics hold now.
     *
     * @return what they have not, in words; empty if all is well
     */
    List<String> awaitCaughtUp(Duration patience) {
        Map<String, Map<TopicPartition, Long>> ends = new TreeMap<>();
        List<String> groups = new ArrayList<>(Evidence.GROUPS);
        groups.add(ArchivePlace.GROUP);
        Map<String, List<String>> behind = new TreeMap<>();
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(300))
                    .ignoreExceptions()
                    .until(() -> {
                        if (ends.isEmpty()) {
                            Map<TopicPartition, Long> telemetry = ends(Evidence.TELEMETRY);
                            Map<TopicPartition, Long> input = ends(StormPoison.INPUT);
                            groups.forEach(group -> ends.put(group, telemetry));
                            ends.put(StormField.USERS_GROUP, input);
                        }
                        behind.clear();
                        for (Map.Entry<String, Map<TopicPartition, Long>> group : ends.entrySet()) {
                            behind.put(group.getKey(), behind(group.getKey(), group.getValue()));
                        }
                        return behind.values().stream().allMatch(List::isEmpty);
                    });
            return List.of();
        } catch (ConditionTimeoutException stuck) {
            return behind.entrySet().stream()
                    .filter(group -> !group.getValue().isEmpty())
                    .map(group -> group.getKey() + " is behind after " + patience + ": " + group.getValue())
                    .toList();
        }
    }

    private List<String> behind(String group, Map<TopicPartition, Long> ends) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(4, TimeUnit.SECONDS);
        return ends.entrySet().stream()
                .filter(end -> offset(committed.get(end.getKey())) < end.getValue())
                .map(end -> end.getKey() + " at " + offset(committed.get(end.getKey())) + " of " + end.getValue())
                .sorted()
                .toList();
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    /** How many records a topic has ever had, over all partitions. */
    long records(String topic) throws InterruptedException, ExecutionException, TimeoutException {
        return ends(topic).values().stream().mapToLong(end -> end).sum();
    }

    private Map<TopicPartition, Long> ends(String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(4, TimeUnit.SECONDS)
                .get(topic)
                .partitions()
                .forEach(partition -> asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(asked)
                .all()
                .get(4, TimeUnit.SECONDS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }
}
