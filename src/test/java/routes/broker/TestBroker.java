package routes.broker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;

/** The broker that all tests of a run share, as {@link BrokerExtension} hands it out. */
public final class TestBroker implements AutoCloseable {
    private final String bootstrapServers;
    private final Admin admin;

    /** The broker of a test of its own. */
    public TestBroker(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** A client for whatever else a test needs; closed with the broker, not by tests. */
    public Admin admin() {
        return admin;
    }

    /** Creates a topic that no other test uses; its name begins with {@code prefix}. */
    public String newTopic(String prefix, int partitions) {
        return newTopic(prefix, partitions, Map.of());
    }

    /**
     * The same whose records keep the times that their sender gives them, however old; the other topics have the
     * broker's.
     */
    public String newTopicOfSendersTimes(String prefix, int partitions) {
        return newTopic(prefix, partitions, Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1"));
    }

    private String newTopic(String prefix, int partitions, Map<String, String> configs) {
        String name = prefix + "-" + UUID.randomUUID();
        createTopic(name, partitions, configs);
        return name;
    }

    /** Creates a topic of this very name and waits until it can be written. */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.of((short) 1)).configs(configs);
        await(admin.createTopics(List.of(topic)).all());
        awaitNames(names -> names.contains(name));
        offsets(name, OffsetSpec.latest()); // which only the leaders can tell
    }

    /** Sets one configuration of a topic and waits until the broker goes by it. */
    public void setConfig(String topic, String key, String value) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        await(admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> value.equals(config(topic).get(key)));
    }

    /** All configurations of a topic. */
    public Map<String, String> config(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> config = new HashMap<>();
        await(admin.describeConfigs(List.of(resource)).all())
                .get(resource)
                .entries()
                .forEach(entry -> config.put(entry.name(), entry.value()));
        return config;
    }

    /** How many partitions a topic has. */
    public int partitions(String name) {
        return await(admin.describeTopics(List.of(name)).allTopicNames())
                .get(name)
                .partitions()
                .size();
    }

    /** How many records a topic has now, over all partitions; of a topic without compaction or transactions. */
    public long records(String name) {
        return offsets(name, OffsetSpec.latest()) - offsets(name, OffsetSpec.earliest());
    }

    private long offsets(String topic, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> partitions = IntStream.range(0, partitions(topic))
                .boxed()
                .collect(Collectors.toMap(number -> new TopicPartition(topic, number), number -> spec));
        return await(admin.listOffsets(partitions).all()).values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    /** Deletes a topic and waits until it is gone from the cluster's metadata. */
    public void deleteTopic(String name) {
        await(admin.deleteTopics(List.of(name)).all());
        awaitNames(names -> !names.contains(name));
    }

    /** A broker hears of a change a moment after its controller has made it. */
    private void awaitNames(Predicate<Set<String>> asExpected) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> asExpected.test(await(admin.listTopics().names())));
    }

    private static <T> T await(KafkaFuture<T> done) {
        try {
            return done.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the test broker did not do it: " + e, e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
