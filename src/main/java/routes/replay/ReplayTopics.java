package routes.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import routes.kafka.Patience;
import routes.kafka.TopicFailure;

/**
 * Asks the cluster about the topics of a replay. Every method throws {@link routes.settings.ConfigurationException} with
 * one sentence if the cluster cannot be reached, does not answer in time or refuses.
 */
final class ReplayTopics implements AutoCloseable {
    private static final Duration SETTLES = Duration.ofSeconds(15);

    private final Admin admin;
    private final String bootstrapServers;
    private final Patience patience;

    ReplayTopics(Map<String, Object> client) {
        bootstrapServers = String.valueOf(client.get("bootstrap.servers"));
        patience = Patience.of(client);
        try {
            admin = Admin.create(Patience.with(client));
        } catch (KafkaException e) {
            throw TopicFailure.of(e, bootstrapServers);
        }
    }

    /** The number of partitions; empty if there is no such topic. */
    OptionalInt partitions(String topic) {
        return describe(topic).stream()
                .mapToInt(found -> found.partitions().size())
                .findFirst();
    }

    /** What tells a topic from one of the same name that was there before; empty if there is none, or no id. */
    String id(String topic) {
        return describe(topic)
                .map(TopicDescription::topicId)
                .filter(id -> !id.equals(Uuid.ZERO_UUID))
                .map(Uuid::toString)
                .orElse("");
    }

    private Optional<TopicDescription> describe(String topic) {
        try {
            return Optional.of(
                    get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
        } catch (AnsweredException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw unusable(e, topic);
        }
    }

    /** The answer for each partition. */
    TreeMap<Integer, ListOffsetsResultInfo> offsets(String topic, int partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            asked.put(new TopicPartition(topic, partition), spec);
        }
        TreeMap<Integer, ListOffsetsResultInfo> answers = new TreeMap<>();
        try {
            get(admin.listOffsets(asked).all())
                    .forEach((partition, answer) -> answers.put(partition.partition(), answer));
        } catch (AnsweredException e) {
            throw TopicFailure.of(e.getCause(), bootstrapServers);
        }
        return answers;
    }

    /**
     * Creates a topic and waits until it can be written.
     *
     * @param like the topic whose configuration it gets; if there is none, it gets the cluster's own
     */
    void create(String topic, int partitions, String like) {
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(config(like));
        try {
            get(admin.createTopics(List.of(wanted)).all());
        } catch (AnsweredException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw unusable(e, topic);
            }
        }
        awaitLeaders(topic, partitions);
    }

    /** What was set for the topic itself, as opposed to the cluster's defaults. */
    private Map<String, String> config(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> config = new HashMap<>();
        try {
            get(admin.describeConfigs(List.of(resource)).all()).get(resource).entries().stream()
                    .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                    .forEach(entry -> config.put(entry.name(), entry.value()));
        } catch (AnsweredException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw TopicFailure.of(e.getCause(), bootstrapServers);
            }
        }
        return config;
    }

    /** A topic can be seen a moment before its partitions can be written. */
    private void awaitLeaders(String topic, int partitions) {
        long deadline = System.nanoTime() + SETTLES.toNanos();
        while (partitions(topic).isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        offsets(topic, partitions, OffsetSpec.latest());
    }

    private RuntimeException unusable(AnsweredException e, String topic) {
        return e.getCause() instanceof InvalidTopicException
                ? new ReplayException(
                        "'" + topic + "' cannot be the name of a topic; expected letters, digits, '.', '_'"
                                + " and '-', 249 at most")
                : TopicFailure.of(e.getCause(), bootstrapServers);
    }

    private <T> T get(KafkaFuture<T> answer) {
        try {
            return patience.outcome(answer);
        } catch (ExecutionException e) {
            throw new AnsweredException(e.getCause());
        }
    }

    /** What the cluster answered, before it is known whether that was to be expected. */
    private static final class AnsweredException extends RuntimeException {
        private static final long serialVersionUID = 1;

        AnsweredException(Throwable cause) {
            super(cause);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
