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
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import routes.settings.ConfigurationException;
import routes.settings.UnreachableException;

/**
 * A cluster, as whoever asks it, reads it or fills it reaches it: all clients but those of the routes are opened here.
 * Nobody waits longer than the client's settings say, which is {@code kafka.wait}, and what goes wrong is one sentence.
 *
 * <p>Every method throws {@link UnreachableException} if no answer comes in time, and {@link
 * ConfigurationException} if the cluster refuses.
 */
public final class KafkaCluster implements AutoCloseable {
    private static final Duration SETTLES = Duration.ofSeconds(15);
    /** A broker that no longer answers is not waited for a second time. */
    private static final Duration CLOSES = Duration.ofMillis(500);

    private static final Duration QUICK = Duration.ofSeconds(2);

    private final Map<String, Object> client;
    private final Admin admin;

    /** @param client settings of a Kafka client, with at least {@code bootstrap.servers}; by default it waits for 15 s */
    public KafkaCluster(Map<String, Object> client) {
        this.client = Patience.with(client);
        try {
            this.admin = Admin.create(this.client);
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /** As the other, but waits so long for an answer. */
    public KafkaCluster(Map<String, Object> client, Duration wait) {
        this(waiting(client, Math.toIntExact(wait.toMillis())));
    }

    private static Map<String, Object> waiting(Map<String, Object> client, int millis) {
        Map<String, Object> waiting = new HashMap<>(client);
        waiting.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        waiting.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis);
        return waiting;
    }

    public String bootstrapServers() {
        return String.valueOf(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** The sentence about what one of its clients threw. */
    public ConfigurationException failure(Throwable cause) {
        return TopicFailure.of(cause, bootstrapServers());
    }

    /**
     * The sentence, if a send has failed because nobody answers. A producer also calls it a time-out if a topic has gone;
     * so the cluster is asked.
     */
    public Optional<ConfigurationException> silence(Throwable sendFailure) {
        if (sendFailure instanceof TimeoutException) {
            try (KafkaCluster asked = new KafkaCluster(client, QUICK)) {
                asked.names();
            } catch (UnreachableException noAnswer) {
                return Optional.of(failure(sendFailure));
            }
        }
        return Optional.empty();
    }

    /** How long an answer may take. */
    public Duration longestWait() {
        return Duration.ofMillis(millis(client.get(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG)));
    }

    public Patience patience() {
        return Patience.of(client);
    }

    /** @param more settings of a consumer; without a group it commits nothing and takes nothing from others */
    public Consumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A producer that loses and doubles nothing. Somebody waits for what it sends, so it gives up when everybody else does,
     * however long the routes may wait.
     *
     * @param more settings of a producer
     */
    public Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.remove(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
        settings.putAll(more);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Kafka 3.9.1 stumbles over its own telemetry when a producer is closed within its sending thread.
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.merge(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) longestWait().toMillis(), KafkaCluster::smaller);
        settings.merge(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) longestWait().toMillis(), KafkaCluster::smaller);
        // Kafka refuses one that is not less than the delivery may take.
        int request = millis(settings.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)) / 2;
        settings.merge(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, request, KafkaCluster::smaller);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Object smaller(Object one, Object other) {
        return Math.min(millis(one), millis(other));
    }

    private static int millis(Object setting) {
        return Integer.parseInt(setting.toString());
    }

    /** Of all topics, Kafka's own too. */
    public Set<String> names() {
        return answer(
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
    }

    /** Those of the topics that there are. */
    public Map<String, TopicDescription> describe(Collection<String> names) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, answer) -> answerUnless(
                        Set.of(UnknownTopicOrPartitionException.class, InvalidTopicException.class), answer)
                .ifPresent(description -> found.put(name, description)));
        return found;
    }

    public Optional<TopicDescription> describe(String topic) {
        return Optional.ofNullable(describe(List.of(topic)).get(topic));
    }

    /** All partitions of topics that there are. */
    public static List<TopicPartition> partitions(Collection<TopicDescription> topics) {
        return topics.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    /** The offset at a time, or at either end, of each partition; −1 where there is none. */
    public Map<TopicPartition, ListOffsetsResultInfo> offsets(Collection<TopicPartition> partitions, OffsetSpec spec) {
        return answer(admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> spec)))
                .all());
    }

    /** What a group has committed, of all topics. */
    public Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                new HashMap<>(answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()));
        committed.values().removeIf(offset -> offset == null);
        return committed;
    }

    /**
     * Commits for a group that nobody reads with.
     *
     * @return whether nobody does; otherwise nothing is committed
     */
    public boolean commit(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            patience().outcome(admin.alterConsumerGroupOffsets(group, offsets).all());
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownMemberIdException
                    || e.getCause() instanceof RebalanceInProgressException) {
                return false;
            }
            throw failure(e.getCause());
        }
    }

    public Collection<MemberDescription> members(String group) {
        return answer(admin.describeConsumerGroups(List.of(group))
                        .describedGroups()
                        .get(group))
                .members();
    }

    /** The configurations of topics that there are. */
    public Map<String, Config> configs(Collection<String> topics) {
        return answer(admin.describeConfigs(
                                topics.stream().map(KafkaCluster::resource).toList())
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(config -> config.getKey().name(), Map.Entry::getValue));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /**
     * Creates topics and waits until the leader of every partition serves it, which is a moment after the topic can be
     * seen. Until then a partition refuses records, and an idempotent producer may get stuck on it: when its first batch is
     * refused and the second, already under way, is taken, the first is out of order for ever. Another instance may have
     * been faster, which is just as well.
     */
    public void create(Collection<NewTopic> topics) {
        admin.createTopics(topics)
                .values()
                .values()
                .forEach(answer -> answerUnless(Set.of(TopicExistsException.class), answer));
        Set<String> names = topics.stream().map(NewTopic::name).collect(Collectors.toSet());
        Map<String, TopicDescription> seen = new HashMap<>();
        await(() -> {
            seen.putAll(describe(names));
            return seen.size() == names.size();
        });
        offsets(partitions(seen.values()), OffsetSpec.latest());
    }

    /** Sets configurations, of each topic value by name, and waits until the cluster shows them. */
    void set(Map<String, Map<String, String>> configs) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        configs.forEach((topic, values) -> changes.put(resource(topic), sets(values)));
        answer(admin.incrementalAlterConfigs(changes).all());
        await(() -> {
            Map<String, Config> now = configs(configs.keySet());
            return configs.entrySet().stream()
                    .allMatch(wanted -> wanted.getValue().entrySet().stream().allMatch(value -> value.getValue()
                            .equals(now.get(wanted.getKey()).get(value.getKey()).value())));
        });
    }

    private static List<AlterConfigOp> sets(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value ->
                        new AlterConfigOp(new ConfigEntry(value.getKey(), value.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }

    private static void await(BooleanSupplier settled) {
        long deadline = System.nanoTime() + SETTLES.toNanos();
        while (!settled.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private <T> T answer(KafkaFuture<T> asked) {
        return patience().answer(asked);
    }

    /** The answer, or empty if it is one of the errors that the caller expects, or if it is null. */
    private <T> Optional<T> answerUnless(Set<Class<? extends Exception>> expected, KafkaFuture<T> asked) {
        try {
            return Optional.ofNullable(patience().outcome(asked));
        } catch (ExecutionException e) {
            if (expected.contains(e.getCause().getClass())) {
                return Optional.empty();
            }
            throw failure(e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close(CLOSES);
    }
}
