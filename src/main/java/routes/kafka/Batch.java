package routes.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.PluginHelper;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The records of one poll, from {@link Batches#open} until they are committed or have failed. */
final class Batch {
    /** The exchange property that holds it, also of the exchanges split off. */
    static final String PROPERTY = "rig-streams.batch";

    private final Exchange exchange;
    private final BatchHistory history;
    private final Collection<DefaultKafkaManualCommit> lastOfPartitions;
    private final long openedNanos = System.nanoTime();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** @param lastOfPartitions the commit of the last record of each partition */
    Batch(Exchange exchange, BatchHistory history, Collection<DefaultKafkaManualCommit> lastOfPartitions) {
        this.exchange = exchange;
        this.history = history;
        this.lastOfPartitions = lastOfPartitions;
        exchange.setProperty(PROPERTY, this);
    }

    /** @return null if the exchange is of no batch */
    static Batch of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Batch.class);
    }

    /**
     * Remembers the exchange's record as done once its exchange has ended well: sent and acknowledged, dead-lettered, or
     * skipped on purpose. Should the batch fail for another record, this one is not sent again.
     */
    void follow(Exchange record) {
        // A record's exchange is split off this batch's own; what is split off further down is only a part of a record.
        if (exchange.getExchangeId().equals(record.getProperty(ExchangePropertyKey.CORRELATION_ID))) {
            RecordPlace place = RecordPlace.of(record.getMessage());
            RecordDone done = place == null ? null : new RecordDone(history, place);
            if (done != null && !record.getExchangeExtension().containsOnCompletion(done)) {
                record.getExchangeExtension().addOnCompletion(done);
            }
        }
    }

    /**
     * A record of it was not sent: none of the later ones may be.
     *
     * @param cause only the first one is remembered; others are its consequences
     */
    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    boolean failed() {
        return failure.get() != null;
    }

    /** Why it failed: the first cause, if there was one, rather than what became of the records behind. */
    Throwable failureOr(Throwable otherwise) {
        Throwable first = failure.get();
        return first == null ? otherwise : first;
    }

    BatchHistory history() {
        return history;
    }

    String route() {
        return exchange.getFromRouteId();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedNanos);
    }

    /**
     * All that it held. A partition that has been taken away meanwhile is left to its new owner, whose commit may be
     * ahead.
     *
     * @throws KafkaException if the batch has failed or was given up
     */
    void commit() {
        Map<TopicPartition, Long> next = new HashMap<>();
        lastOfPartitions.forEach(last -> next.put(last.getPartition(), last.getRecordOffset() + 1));
        commit(next);
    }

    /**
     * As {@link #commit()}, but these offsets. One request for all partitions: one for each would take a third of the
     * time of a full batch.
     */
    void commit(Map<TopicPartition, Long> next) {
        if (failed()) {
            throw new KafkaException("the batch has failed and will be read again");
        }
        if (next.isEmpty()) {
            return;
        }
        Consumer<?, ?> consumer = consumer();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        next.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        history.commits().commit(consumer, offsets, Duration.ofMillis(any().getCommitTimeout()));
    }

    /** What read it; for the polling thread alone. Not of a batch without records. */
    Consumer<?, ?> consumer() {
        return any().getCamelExchangePayload().consumer;
    }

    private DefaultKafkaManualCommit any() {
        return lastOfPartitions.iterator().next();
    }

    /** Ends it from another thread: nothing of it is sent any more, and the polling thread reads it again. */
    void giveUp() {
        TimeoutException late = new TimeoutException("given up after " + age().toSeconds() + " s without an end");
        fail(late);
        history.failed(this, late);
        PluginHelper.getAsyncProcessorAwaitManager(exchange.getContext()).interrupt(exchange);
    }

    /** Where a record stands in Kafka. */
    record RecordPlace(String topic, int partition, long offset) {
        /** @return null if a step has removed the headers that say it */
        static RecordPlace of(Message record) {
            return record.getHeader(KafkaConstants.TOPIC) instanceof String topic
                            && record.getHeader(KafkaConstants.PARTITION) instanceof Integer partition
                            && record.getHeader(KafkaConstants.OFFSET) instanceof Long offset
                    ? new RecordPlace(topic, partition, offset)
                    : null;
        }
    }

    private record RecordDone(BatchHistory history, RecordPlace place) implements Synchronization {
        @Override
        public void onComplete(Exchange exchange) {
            history.done(place);
        }

        @Override
        public void onFailure(Exchange exchange) {
            // It is read again with its batch.
        }
    }
}
