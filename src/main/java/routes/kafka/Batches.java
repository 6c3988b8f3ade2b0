package routes.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.RecordInHand.Place;

/**
 * The first and the last step of a route that consumes batches. {@link #open} turns the batch into a list of messages
 * for a split; {@link #commit} has its consumer commit, per partition, what the batch held. Of a batch that fails between
 * the two nothing is committed, the consumer reconnects and reads it again; {@link #open} then waits first, longer with each failure in a
 * row, so that a sink that is down is not hammered, and leaves out the records that were done with.
 *
 * <p>{@link BatchWatch} looks after batches that do not end, {@link BatchHealth} tells others of them.
 */
public final class Batches {
    /** Exchange property, a {@link BooleanSupplier}: whether someone waits for the batch to end, so that it must not dawdle. */
    public static final String URGED = "rig-streams.urged";

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

    private final Duration firstWait;
    private final Duration longestWait;
    private final int failedMax;
    private final ThreadLocal<BatchHistory> mine = ThreadLocal.withInitial(this::newHistory);
    private final Set<BatchHistory> all = ConcurrentHashMap.newKeySet();

    /**
     * @param firstWait after a first failure; doubled with each further one in a row
     * @param longestWait never more than this; well below the consumer's {@code max.poll.interval.ms}
     * @param failedMax how many records in a row may be dead-lettered for failures of one step that could pass
     */
    public Batches(Duration firstWait, Duration longestWait, int failedMax) {
        this.firstWait = firstWait;
        this.longestWait = longestWait;
        this.failedMax = failedMax;
    }

    private BatchHistory newHistory() {
        BatchHistory history = new BatchHistory(failedMax);
        all.add(history);
        return history;
    }

    /** From the list of exchanges that camel-kafka hands over to the list of their messages, in the same order. */
    public void open(Exchange exchange) throws InterruptedException {
        BatchHistory history = mine.get();
        List<?> records = exchange.getMessage().getBody(List.class);
        List<Message> messages = new ArrayList<>(records.size());
        Map<TopicPartition, DefaultKafkaManualCommit> commits = new HashMap<>();
        Set<TopicPartition> assigned = null;
        for (Object record : records) {
            Message message = ((Exchange) record).getMessage();
            DefaultKafkaManualCommit commit =
                    (DefaultKafkaManualCommit) message.removeHeader(KafkaConstants.MANUAL_COMMIT);
            if (assigned == null) {
                assigned = commit.getCamelExchangePayload().consumer.assignment();
            }
            // camel-kafka keeps records of a batch that is not yet full while partitions move: another consumer has
            // them.
            if (assigned.contains(commit.getPartition())) {
                // Offsets ascend within a partition: the last one stands for all before it.
                commits.put(commit.getPartition(), commit);
                if (history.failures() == 0 || !history.isDone(Place.of(message))) {
                    messages.add(message);
                }
            }
        }
        history.opened(new Batch(exchange, history, commits.values()), exchange);
        exchange.getMessage().setBody(messages);
        waitBeforeRetry(history, exchange);
    }

    /** Every record of the batch is done with: acknowledged by its topic, dead-lettered or skipped on purpose. */
    public void commit(Exchange exchange) {
        Batch.of(exchange).commit();
    }

    /**
     * Commits these offsets rather than what the batch held: for a route whose records are done with later than their
     * batch. A partition that the batch's consumer no longer has is left out.
     *
     * @param next by partition the offset to go on from
     */
    public static void commit(Exchange exchange, Map<TopicPartition, Long> next) {
        Batch.of(exchange).commit(next);
    }

    /**
     * Has the consumer commit these offsets with its next poll, also if no record comes; from any thread.
     *
     * @param consumer as {@link #consumer} gave it
     * @return false if it is a consumer that commits only with a batch
     */
    public static boolean commitLater(Consumer<?, ?> consumer, Map<TopicPartition, Long> next) {
        if (consumer instanceof RouteConsumer later) {
            later.oweLater(next);
            return true;
        }
        return false;
    }

    /** Which log a record of the exchange's batch is of, as far as its consumer knows. */
    public static LogId log(Exchange exchange, TopicPartition partition, long offset) {
        return consumer(exchange) instanceof RouteConsumer consumer ? consumer.log(partition, offset) : LogId.UNKNOWN;
    }

    /** The consumer that read the exchange's batch, for its polling thread alone; the batch must hold a record. */
    public static Consumer<?, ?> consumer(Exchange exchange) {
        return Batch.of(exchange).consumer();
    }

    /**
     * Whether a record that has failed, for a reason that could pass, may be dead-lettered now; if not, its batch has
     * failed. A record of no batch always may.
     */
    public static boolean mayGiveUpRecord(Exchange exchange) {
        return RecordInHand.of(exchange)
                .mayBeGivenUp(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class));
    }

    /**
     * An attempt of the exchange's record at this step has failed.
     *
     * @return whether further attempts are worth their time: they are not after a record of the same key was given up there
     */
    public static boolean isWorthRedelivery(Exchange exchange, String step) {
        return RecordInHand.of(exchange).failedAt(step);
    }

    /**
     * Commits what the consumer of this exchange still owes: it is about to wait in front of its route.
     *
     * @param exchange as a consumer makes it, from Kafka or from elsewhere
     */
    public static void commitOwed(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof List<?> records
                && !records.isEmpty()
                && records.get(0) instanceof Exchange first
                && first.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT) instanceof DefaultKafkaManualCommit commit
                && commit.getCamelExchangePayload().consumer instanceof RouteConsumer consumer) {
            consumer.settle();
        }
    }

    /** Of all polling threads that live. */
    Set<BatchHistory> histories() {
        all.removeIf(history -> !history.alive());
        return all;
    }

    private void waitBeforeRetry(BatchHistory history, Exchange exchange) throws InterruptedException {
        int failures = history.failures();
        if (failures == 0) {
            return;
        }
        long millis = Math.min(longestWait.toMillis(), firstWait.toMillis() << Math.min(failures - 1, 20));
        LOG.warn(
                "{}: the last {} batch(es) failed and were not committed ({}); reading again in {} ms",
                exchange.getFromRouteId(),
                failures,
                history.lastFailure(),
                millis);
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (System.nanoTime() < until
                && !exchange.getContext().isStopping()
                && !isUrged(exchange)
                && !Thread.currentThread().isInterrupted()) {
            Thread.sleep(20);
        }
    }

    private static boolean isUrged(Exchange exchange) {
        return exchange.getProperty(URGED) instanceof BooleanSupplier urged && urged.getAsBoolean();
    }
}
