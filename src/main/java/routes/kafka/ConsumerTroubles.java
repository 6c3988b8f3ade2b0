package routes.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to the logs under the consumers of the routes, and to their commits: it is logged, counted by topic, and
 * shown by readiness. Counters of a partition stand at 0 from its first record on.
 */
public final class ConsumerTroubles {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerTroubles.class);
    /** How long readiness stays red after records were found to be gone. */
    static final Duration REMEMBERED = Duration.ofMinutes(15);

    private final MeterRegistry meters;
    private final Map<Object, String> refusedCommits = new ConcurrentHashMap<>();
    private volatile Loss last;

    public ConsumerTroubles(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The counters of a topic that is read exist from now on. */
    void reads(String topic) {
        expiredOf(topic);
        truncatedOf(topic);
    }

    /** The topic's retention removed records before they were read. */
    void expired(TopicPartition partition, long records) {
        expiredOf(partition.topic()).increment(records);
        LOG.error(
                "{} records of {} expired before they were read: the consumer was away or slower than the topic's retention"
                        + " lasts; raise retention.ms, or play them back from the archive",
                records,
                partition);
        remember(partition + ": " + records + " records expired before they were read");
    }

    /** The broker has lost the end of a log that had been read: what has these offsets now is new. */
    void truncated(TopicPartition partition, long from, long to) {
        truncatedOf(partition.topic()).increment(to - from);
        LOG.error(
                "{} lost its records from offset {} to {} after they were read: the broker lost the end of its log."
                        + " Reading goes on at {}; copies of the lost records stay in the topics they were sent to",
                partition,
                from,
                to - 1,
                from);
        remember(partition + ": the broker lost " + (to - from) + " records from offset " + from
                + " that had been read");
    }

    /** A topic was deleted and created: reading starts at its first record. */
    void createdAgain(TopicPartition partition) {
        LOG.warn(
                "{} was created again: its former offsets mean nothing, reading starts at its first record", partition);
    }

    /** @param consumer what could not commit; forgotten with {@link #commits} */
    void refusesCommits(Object consumer, String group, Exception reason) {
        String text =
                group + ": offsets cannot be committed (" + reason + "); no further record is taken until they can";
        if (refusedCommits.put(consumer, text) == null) {
            LOG.warn(text);
        }
    }

    /** The consumer's commits are taken, or it has ended. */
    void commits(Object consumer) {
        if (!refusedCommits.isEmpty()) {
            refusedCommits.remove(consumer);
        }
    }

    private Counter expiredOf(String topic) {
        return Counter.builder("rig.records.expired")
                .description("records that the topic's retention removed before they were read")
                .tag("topic", topic)
                .register(meters);
    }

    private Counter truncatedOf(String topic) {
        return Counter.builder("rig.records.truncated")
                .description("records that were read and that the broker then lost with the end of its log")
                .tag("topic", topic)
                .register(meters);
    }

    private void remember(String text) {
        last = new Loss(text, System.nanoTime());
    }

    /** What is wrong now, or was lost within the last {@link #REMEMBERED}. */
    Optional<String> current() {
        Loss loss = last;
        return refusedCommits.values().stream().findFirst().or(() -> Optional.ofNullable(loss)
                .filter(found -> System.nanoTime() - found.nanos() < REMEMBERED.toNanos())
                .map(Loss::text));
    }

    private record Loss(String text, long nanos) {}
}
