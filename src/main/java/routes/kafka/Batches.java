package routes.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.BatchInHand.Batch;

/**
 * The first and the last step of a route that consumes batches. {@link #open} turns the batch into a list of messages
 * for a split; {@link #commit} commits, per partition, what the batch held. A batch that fails between the two commits
 * nothing, the consumer reconnects and reads it again; {@link #open} then waits first, longer with each failure in a
 * row, so that a sink that is down is not hammered.
 */
public final class Batches {
    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    private static final String FAILURES = "rig-streams.failures";

    private final Duration firstWait;
    private final Duration longestWait;
    /** A polling thread has one batch at a time. */
    private final ThreadLocal<Failures> failures = ThreadLocal.withInitial(Failures::new);

    /**
     * @param firstWait after a first failure; doubled with each further one in a row
     * @param longestWait never more than this; well below the consumer's {@code max.poll.interval.ms}
     */
    public Batches(Duration firstWait, Duration longestWait) {
        this.firstWait = firstWait;
        this.longestWait = longestWait;
    }

    /** From the list of exchanges that camel-kafka hands over to the list of their messages, in the same order. */
    public void open(Exchange exchange) throws InterruptedException {
        List<?> records = exchange.getMessage().getBody(List.class);
        List<Message> messages = new ArrayList<>(records.size());
        Map<TopicPartition, DefaultKafkaManualCommit> commits = new HashMap<>();
        for (Object record : records) {
            Message message = ((Exchange) record).getMessage();
            messages.add(message);
            // Offsets ascend within a partition: the last one stands for all before it.
            commits.put(
                    partition(message), (DefaultKafkaManualCommit) message.removeHeader(KafkaConstants.MANUAL_COMMIT));
        }
        Failures inARow = failures.get();
        exchange.setProperty(Batch.PROPERTY, new Batch(commits.values()));
        exchange.setProperty(FAILURES, inARow);
        exchange.getMessage().setBody(messages);
        inARow.waitBeforeRetry(exchange);
        inARow.count++;
    }

    private static TopicPartition partition(Message record) {
        return new TopicPartition(
                record.getHeader(KafkaConstants.TOPIC, String.class),
                record.getHeader(KafkaConstants.PARTITION, Integer.class));
    }

    /** Every record of the batch is done with: acknowledged by its topic, dead-lettered or skipped on purpose. */
    public void commit(Exchange exchange) {
        exchange.getProperty(Batch.PROPERTY, Batch.class).commit();
        exchange.getProperty(FAILURES, Failures.class).count = 0;
    }

    /** Batches in a row that were opened and not committed. */
    private final class Failures {
        private volatile int count;

        void waitBeforeRetry(Exchange exchange) throws InterruptedException {
            if (count == 0) {
                return;
            }
            long millis = Math.min(longestWait.toMillis(), firstWait.toMillis() << Math.min(count - 1, 20));
            LOG.warn(
                    "{}: the last {} batch(es) failed and were not committed; reading again in {} ms",
                    exchange.getFromRouteId(),
                    count,
                    millis);
            long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
            while (System.nanoTime() < until
                    && !exchange.getContext().isStopping()
                    && !Thread.currentThread().isInterrupted()) {
                Thread.sleep(20);
            }
        }
    }
}
