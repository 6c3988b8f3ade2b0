package routes.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
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
    private final Map<Object, Object> clients = new ConcurrentHashMap<>(2);
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
     * Whether this client may send for it: only the one that sent its first record. When a client is closed, what it held
     * of the batch fails a moment later; until then a new client would let later records overtake.
     *
     * @param producer that made the client
     */
    boolean sendsWith(Object producer, Object client) {
        Object first = clients.putIfAbsent(producer, client);
        return first == null || first == client;
    }

    /** Whether this exchange is the batch's own, rather than one split off. */
    boolean isOf(Exchange other) {
        return exchange.getExchangeId().equals(other.getExchangeId());
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
     * Its consumer commits all that it held, soon. A partition that has been taken away meanwhile is left to its new
     * owner, whose commit may be ahead.
     *
     * @throws KafkaException if the batch has failed or was given up
     */
    void commit() {
        Map<TopicPartition, Long> next = new HashMap<>();
        lastOfPartitions.forEach(last -> next.put(last.getPartition(), last.getRecordOffset() + 1));
        commit(next);
    }

    /** As {@link #commit()}, but these offsets. */
    void commit(Map<TopicPartition, Long> next) {
        if (failed()) {
            throw new KafkaException("the batch has failed and will be read again");
        }
        if (next.isEmpty()) {
            return;
        }
        Consumer<?, ?> consumer = consumer();
        if (consumer instanceof RouteConsumer later) {
            later.owe(next);
        } else {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            next.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
            consumer.commitSync(offsets);
        }
    }

    /** What read it; for the polling thread alone. Not of a batch without records. */
    Consumer<?, ?> consumer() {
        return lastOfPartitions.iterator().next().getCamelExchangePayload().consumer;
    }

    /** Ends it from another thread: nothing of it is sent any more, and the polling thread reads it again. */
    void giveUp() {
        TimeoutException late = new TimeoutException("given up after " + age().toSeconds() + " s without an end");
        fail(late);
        history.failed(this, late);
        PluginHelper.getAsyncProcessorAwaitManager(exchange.getContext()).interrupt(exchange);
    }
}
