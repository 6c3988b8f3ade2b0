package routes.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads every partition of the topics whose whole name a pattern matches, without a consumer group: it commits nothing
 * and takes nothing from others. Topics and partitions that appear later are read from their beginning.
 */
final class Tail {
    private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(200);
    /** Kafka's own topics begin so; they are read only when asked for by that name. */
    private static final String INTERNAL = "__";

    private final Consumer<byte[], byte[]> consumer;
    private final Pattern pattern;
    private final boolean fromEarliest;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private long lookAt = System.nanoTime();
    private boolean looked;

    Tail(Consumer<byte[], byte[]> consumer, Pattern pattern, boolean fromEarliest) {
        this.consumer = consumer;
        this.pattern = pattern;
        this.fromEarliest = fromEarliest;
    }

    /**
     * Reads until the time is over or {@code wanted} has had enough.
     *
     * @param partitions told how many partitions are read, each time that changes and once at the beginning
     * @param wanted takes each record; false ends the reading
     */
    void read(Duration time, IntConsumer partitions, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        long start = System.nanoTime();
        boolean goOn = true;
        while (goOn && System.nanoTime() - start < time.toNanos()) {
            if (System.nanoTime() - lookAt >= 0) {
                lookForTopics(partitions);
            }
            goOn = poll(wanted);
        }
    }

    private boolean poll(Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        if (assigned.isEmpty()) {
            LockSupport.parkNanos(POLL.toNanos());
            return true;
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (!wanted.test(record)) {
                return false;
            }
        }
        return true;
    }

    private void lookForTopics(IntConsumer partitions) {
        List<TopicPartition> found = consumer.listTopics().values().stream()
                .flatMap(Collection::stream)
                .filter(partition -> isWanted(partition.topic()))
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        List<TopicPartition> added = new ArrayList<>(found);
        added.removeAll(assigned);
        if (!added.isEmpty() || !looked || found.size() < assigned.size()) {
            assigned.clear();
            assigned.addAll(found);
            consumer.assign(found);
            place(added);
            partitions.accept(found.size());
        }
        looked = true;
        lookAt = System.nanoTime() + LOOK_FOR_TOPICS.toNanos();
    }

    private boolean isWanted(String topic) {
        return pattern.matcher(topic).matches()
                && (!topic.startsWith(INTERNAL) || pattern.pattern().startsWith(INTERNAL));
    }

    private void place(List<TopicPartition> added) {
        if (added.isEmpty()) {
            return; // Kafka would take an empty list for all partitions
        }
        if (fromEarliest || looked) {
            consumer.seekToBeginning(added);
        } else {
            consumer.seekToEnd(added);
        }
        added.forEach(consumer::position); // now, as the seek by itself waits for the first poll
    }
}
