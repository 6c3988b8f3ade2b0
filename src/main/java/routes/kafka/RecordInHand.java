package routes.kafka;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.spi.Synchronization;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A record of a batch on its way through its route. It ends in one of two ways: done with, that is acknowledged,
 * dead-lettered or skipped on purpose, and then it is not sent again should its batch fail; or failed, and then its batch
 * has failed with it, before a later record is sent.
 */
final class RecordInHand implements Synchronization {
    /** What is sent without a batch. */
    static final RecordInHand NONE = new RecordInHand(null, null, null);

    /** The exchange property that holds it. */
    private static final String PROPERTY = "rig-streams.record";

    private final Batch batch;
    private final Place place;
    private final ByteBuffer key;
    private volatile String failedStep;

    private RecordInHand(Batch batch, Place place, ByteBuffer key) {
        this.batch = batch;
        this.place = place;
        this.key = key;
    }

    /** The record that this exchange, or the one that it was split off, carries; null is taken for no exchange. */
    static RecordInHand of(Exchange exchange) {
        if (exchange == null) {
            return NONE;
        }
        RecordInHand known = exchange.getProperty(PROPERTY, RecordInHand.class);
        if (known != null) {
            return known;
        }
        Batch batch = Batch.of(exchange);
        if (batch == null || batch.isOf(exchange)) {
            return NONE;
        }
        Message message = exchange.getMessage();
        byte[] key = message.getHeader(KafkaConstants.KEY) instanceof byte[] bytes ? bytes : null;
        RecordInHand first = new RecordInHand(batch, Place.of(message), key == null ? null : ByteBuffer.wrap(key));
        exchange.setProperty(PROPERTY, first);
        exchange.getExchangeExtension().addOnCompletion(first);
        return first;
    }

    boolean batchFailed() {
        return batch != null && batch.failed();
    }

    /** Whether this client of a producer may send it without overtaking what the batch has sent before. */
    boolean isSentInOrderBy(Object producer, Object client) {
        return batch == null || batch.sendsWith(producer, client);
    }

    void failBatch(Throwable cause) {
        if (batch != null) {
            batch.fail(cause);
        }
    }

    /** It has passed this step. */
    void passed(String step) {
        if (batch != null) {
            batch.history().steps().passed(step, key);
        }
    }

    /**
     * An attempt at this step has failed.
     *
     * @return whether further attempts are worth their time
     */
    boolean failedAt(String step) {
        if (batch == null) {
            return true;
        }
        failedStep = step;
        return key == null || !batch.history().steps().isFailing(step, key);
    }

    /** Whether it may be dead-lettered for a failure that could pass; if not, its batch has failed. */
    boolean mayBeGivenUp(Throwable cause) {
        if (batch == null || batch.history().mayGiveUp(failedStep, key)) {
            return true;
        }
        batch.fail(cause);
        return false;
    }

    /** @return null unless this topic refused the record before */
    Exception refusalBy(String topic) {
        return place == null ? null : batch.history().refusal(place, topic);
    }

    /**
     * Whether a send failed because of the record itself. It is remembered: should the batch fail, the record is not sent
     * to this topic again. A dead letter is never to blame, or its record would be lost.
     *
     * @param failure null if the send succeeded
     * @param exchange null if it was for none
     * @return what the record's route is told then
     */
    static Optional<Exception> ownFault(Exception failure, Exchange exchange, String topic) {
        if (failure instanceof RecordTooLargeException || failure instanceof RecordRefusedException) {
            return Optional.of(failure);
        }
        boolean own = failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException
                || failure instanceof SerializationException;
        if (!own || exchange == null || exchange.getProperty(RouteMeters.DEAD_LETTER_REASON) != null) {
            return Optional.empty();
        }
        RecordRefusedException refusal = new RecordRefusedException(topic, failure);
        RecordInHand source = of(exchange);
        if (source.place != null) {
            source.batch.history().refused(source.place, topic, refusal);
        }
        return Optional.of(refusal);
    }

    @Override
    public void onComplete(Exchange ended) {
        if (place != null) {
            batch.history().done(place);
        }
    }

    @Override
    public void onFailure(Exchange ended) {
        batch.fail(ended.getException());
    }

    /**
     * Where a record stands in Kafka. Its timestamp tells it from one that has its offset after a broker lost the end of
     * the log or a topic was created again.
     */
    record Place(String topic, int partition, long offset, long timestamp) {
        /** @return null if a step has removed the headers that say it */
        static Place of(Message record) {
            return record.getHeader(KafkaConstants.TOPIC) instanceof String topic
                            && record.getHeader(KafkaConstants.PARTITION) instanceof Integer partition
                            && record.getHeader(KafkaConstants.OFFSET) instanceof Long offset
                            && record.getHeader(KafkaConstants.TIMESTAMP) instanceof Long timestamp
                    ? new Place(topic, partition, offset, timestamp)
                    : null;
        }
    }
}
