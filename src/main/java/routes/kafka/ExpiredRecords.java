package routes.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the records that expired before they were read, {@code rig.records.expired} by topic, and says so. */
final class ExpiredRecords implements ObjLongConsumer<TopicPartition> {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiredRecords.class);
    /** How long readiness stays red after records were found to be gone. */
    static final Duration REMEMBERED = Duration.ofMinutes(15);

    private final MeterRegistry meters;
    private volatile Jump last;

    ExpiredRecords(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void accept(TopicPartition partition, long records) {
        Counter.builder("rig.records.expired")
                .description("records that the topic's retention removed before they were read")
                .tag("topic", partition.topic())
                .register(meters)
                .increment(records);
        if (records == 0) {
            return;
        }
        LOG.error(
                "{} records of {} expired before they were read: the consumer was away or slower than the topic's retention"
                        + " lasts; raise retention.ms, or play them back from the archive",
                records,
                partition);
        last = new Jump(partition + ": " + records + " records expired before they were read", System.nanoTime());
    }

    /** What was found within the last {@link #REMEMBERED}. */
    Optional<String> recently() {
        Jump jump = last;
        return Optional.ofNullable(jump)
                .filter(found -> System.nanoTime() - found.nanos() < REMEMBERED.toNanos())
                .map(Jump::text);
    }

    private record Jump(String text, long nanos) {}
}
