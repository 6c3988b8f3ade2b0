package routes.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a cluster about topics and waits for the answer; whatever goes wrong becomes one sentence. */
final class TopicClient implements AutoCloseable {
    private static final Duration SETTLES = Duration.ofSeconds(15);

    private final Admin admin;
    private final String bootstrapServers;
    private final Patience patience;

    TopicClient(Map<String, Object> client) {
        this.bootstrapServers = String.valueOf(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
        this.patience = Patience.of(client);
        try {
            this.admin = Admin.create(Patience.with(client));
        } catch (KafkaException e) {
            throw TopicFailure.of(e, bootstrapServers);
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    Set<String> names() {
        return get(admin.listTopics().names());
    }

    /** Those of the topics that the cluster has. */
    Map<String, TopicDescription> describe(Collection<String> names) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, answer) -> getUnless(
                        UnknownTopicOrPartitionException.class, answer)
                .ifPresent(description -> found.put(name, description)));
        return found;
    }

    /** The configurations of topics that the cluster has. */
    Map<String, Map<String, String>> configs(Collection<String> names) {
        List<ConfigResource> resources =
                names.stream().map(TopicClient::resource).toList();
        return get(admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(Collectors.toMap(config -> config.getKey().name(), config -> values(config.getValue())));
    }

    /** Creates topics and waits until they can be used. Another instance may have been faster, which is just as well. */
    void create(List<NewTopic> topics) {
        admin.createTopics(topics).values().values().forEach(answer -> getUnless(TopicExistsException.class, answer));
        awaitLeaders(topics.stream().map(NewTopic::name).toList());
    }

    /**
     * Waits until the leader of every partition serves it, which is a moment after the topic can be seen. Until then a
     * partition refuses records, and an idempotent producer may get stuck on it: when its first batch is refused and
     * the second, already under way, is taken, the first is out of order for ever.
     */
    private void awaitLeaders(Collection<String> names) {
        long deadline = System.nanoTime() + SETTLES.toNanos();
        Map<String, TopicDescription> seen = describe(names);
        while (seen.size() < names.size() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            seen = describe(names);
        }
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        seen.forEach((name, topic) -> topic.partitions()
                .forEach(partition ->
                        partitions.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        get(admin.listOffsets(partitions).all());
    }

    /** Sets configurations, of each topic value by name, and waits until the cluster shows them. */
    void set(Map<String, Map<String, String>> configs) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        configs.forEach((topic, values) -> changes.put(resource(topic), sets(values)));
        get(admin.incrementalAlterConfigs(changes).all());
        long deadline = System.nanoTime() + SETTLES.toNanos();
        while (!areSet(configs) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private boolean areSet(Map<String, Map<String, String>> configs) {
        Map<String, Map<String, String>> now = configs(configs.keySet());
        return configs.entrySet().stream().allMatch(wanted -> now.get(wanted.getKey())
                .entrySet()
                .containsAll(wanted.getValue().entrySet()));
    }

    private static List<AlterConfigOp> sets(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value ->
                        new AlterConfigOp(new ConfigEntry(value.getKey(), value.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }

    private <T> T get(KafkaFuture<T> answer) {
        return patience.answer(answer);
    }

    /** The answer, or empty if it is that one error, which the caller expects, or if it is null. */
    private <T> Optional<T> getUnless(Class<? extends Exception> expected, KafkaFuture<T> answer) {
        try {
            return Optional.ofNullable(patience.outcome(answer));
        } catch (ExecutionException e) {
            if (expected.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw TopicFailure.of(e.getCause(), bootstrapServers);
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
