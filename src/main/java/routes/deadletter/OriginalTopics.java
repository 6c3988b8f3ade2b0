package routes.deadletter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that letters came from, as the cluster has them now. Asks once per topic, and never creates one. */
final class OriginalTopics {
    private final Admin admin;
    private final Map<String, OptionalInt> partitions = new HashMap<>();

    OriginalTopics(Admin admin) {
        this.admin = admin;
    }

    /**
     * @return how many partitions the topic has; empty if there is no such topic
     * @throws KafkaException if Kafka does not answer, or does not say
     */
    OptionalInt partitions(String topic) {
        return partitions.computeIfAbsent(topic, this::ask);
    }

    private OptionalInt ask(String topic) {
        try {
            return OptionalInt.of(admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof InvalidTopicException) {
                return OptionalInt.empty();
            }
            throw new KafkaException("topic " + topic + " cannot be asked about: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
