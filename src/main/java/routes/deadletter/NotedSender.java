package routes.deadletter;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import routes.settings.ConfigurationException;

/**
 * Sends the records of a batch, waits until all are acknowledged, and only then writes an entry in the ledger for each.
 * What is between the two when the process dies is sent once more by the next run: one batch at most.
 */
final class NotedSender {
    private final Producer<byte[], byte[]> records;
    private final Producer<byte[], byte[]> entries;
    private final RedriveLock lock;
    private final Clock clock;

    /** A letter and the record that it was. */
    record Prepared(Letter letter, ProducerRecord<byte[], byte[]> record) {}

    /** Is told what became of each letter of a batch. */
    interface Outcome {
        void sent(Letter letter, String topic);

        void refused(Letter letter, String why);
    }

    /**
     * @param records idempotent, sends each record by itself: where several go as one, one that the broker refuses has
     *     the others refused as well
     * @param entries idempotent, writes the ledger
     */
    NotedSender(Producer<byte[], byte[]> records, Producer<byte[], byte[]> entries, RedriveLock lock, Clock clock) {
        this.records = records;
        this.entries = entries;
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * To be called every few seconds while nothing is sent.
     *
     * @throws LetterException if another redrive has taken over
     */
    void hold() {
        lock.hold();
    }

    /** So that the ledger does not outgrow the dead-letter topic. What is not forgotten now is so by a later run. */
    void forget(String letterTopic, List<LetterId> expired) {
        for (LetterId id : expired) {
            if (hasFailed(entries.send(RedriveLedger.forgetting(letterTopic, id)))) {
                break; // each further one would wait as long as this one did
            }
        }
        entries.flush();
    }

    /**
     * Returns when the outcome of each letter has been told and what was sent is noted.
     *
     * @throws LetterException if Kafka did not take a record or an entry for a reason that is not the letter's own, or if
     *     another redrive has taken over; letters that were sent have been told of by then
     * @throws ConfigurationException if it does not answer
     */
    void send(List<Prepared> batch, Outcome outcome) {
        lock.hold();
        List<Future<RecordMetadata>> sending = sendAll(batch);
        List<Future<RecordMetadata>> noting = new ArrayList<>();
        RuntimeException failure = null;
        boolean noted = true;
        int sent = 0;
        for (int i = 0; i < sending.size(); i++) {
            Prepared one = batch.get(i);
            try {
                RecordMetadata target = get(sending.get(i));
                if (noted) {
                    noting.add(entries.send(RedriveLedger.entry(one.letter(), target, clock.instant(), lock.name())));
                    noted = !hasFailed(noting.get(noting.size() - 1)); // a further one would wait as long
                }
                sent++;
                outcome.sent(one.letter(), target.topic());
            } catch (ExecutionException e) {
                if (isOwnFault(e.getCause())) {
                    outcome.refused(one.letter(), why(e.getCause(), one.record()));
                } else if (failure == null) {
                    failure = notTaken(one, e.getCause());
                }
            }
        }
        awaitNoted(noting, sent);
        if (failure != null) {
            throw failure;
        }
    }

    private List<Future<RecordMetadata>> sendAll(List<Prepared> batch) {
        List<Future<RecordMetadata>> sending = new ArrayList<>();
        for (Prepared one : batch) {
            Future<RecordMetadata> last = records.send(one.record());
            sending.add(last);
            if (hasFailed(last)) {
                break; // each further one would wait as long as this one did
            }
        }
        records.flush();
        return sending;
    }

    private void awaitNoted(List<Future<RecordMetadata>> noting, int sent) {
        entries.flush();
        for (Future<RecordMetadata> entry : noting) {
            try {
                get(entry);
            } catch (ExecutionException e) {
                throw new LetterException(
                        "up to " + sent + " letters were sent, but could not be noted in "
                                + RedriveLedger.TOPIC + " (" + e.getCause().getMessage()
                                + "); the next run sends them once more",
                        e.getCause());
            }
        }
    }

    /** Whether it has failed already, and not for the record's own sake. */
    private static boolean hasFailed(Future<RecordMetadata> sending) {
        if (!sending.isDone()) {
            return false;
        }
        try {
            get(sending);
            return false;
        } catch (ExecutionException e) {
            return !isOwnFault(e.getCause());
        }
    }

    /** Whether the record itself is refused, so that others may pass. */
    private static boolean isOwnFault(Throwable cause) {
        return cause instanceof RecordTooLargeException
                || cause instanceof InvalidRecordException
                || cause instanceof InvalidTopicException
                || cause instanceof PolicyViolationException
                || cause instanceof TopicAuthorizationException;
    }

    private static String why(Throwable cause, ProducerRecord<byte[], byte[]> record) {
        String why = record.topic() + " does not take it: " + cause.getMessage();
        return cause instanceof RecordTooLargeException
                ? why + " Raise camel.component.kafka.maxRequestSize, and max.message.bytes of the topic."
                : why;
    }

    private RuntimeException notTaken(Prepared one, Throwable cause) {
        Optional<ConfigurationException> silence = lock.cluster().silence(cause);
        if (silence.isPresent()) {
            return silence.get();
        }
        return new LetterException(
                "Kafka did not take letter " + one.letter().id() + " for "
                        + one.record().topic() + " (" + cause.getMessage()
                        + "); it stays, run the command again to go on",
                cause);
    }

    private static RecordMetadata get(Future<RecordMetadata> sending) throws ExecutionException {
        try {
            return sending.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
