package routes.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/**
 * The commits of one polling thread. While its group moves partitions, Kafka takes no commit from a consumer until that
 * has polled again. Such a commit is made up for with the next one: were its batch to fail, the consumer would leave the
 * group and join it again, which moves the partitions of all others once more, whose commits then fail, too.
 */
final class Commits {
    private final Map<TopicPartition, OffsetAndMetadata> owed = new HashMap<>();
    private Consumer<?, ?> current;

    /**
     * Commits these offsets and what is still owed. A partition that has been taken away meanwhile is left to its new
     * owner, whose commit may be ahead.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka refuses for another reason than a rebalance, or does not
     *     answer in time
     */
    void commit(Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        if (consumer != current) {
            current = consumer;
            owed.clear();
        }
        owed.putAll(offsets);
        owed.keySet().retainAll(consumer.assignment());
        owed.entrySet()
                .removeIf(entry -> !offsets.containsKey(entry.getKey())
                        && consumer.position(entry.getKey(), timeout)
                                != entry.getValue().offset());
        try {
            consumer.commitSync(Map.copyOf(owed), timeout);
            owed.clear();
        } catch (RebalanceInProgressException notBeforeTheNextPoll) {
            // All of the batch is acknowledged; what is owed goes with the next commit.
        }
    }
}
