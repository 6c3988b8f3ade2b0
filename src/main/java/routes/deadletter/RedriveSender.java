package routes.deadletter;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends batches of letters, or only says what would be sent. */
interface RedriveSender {
    /** A letter and the record that it was. */
    record Prepared(Letter letter, ProducerRecord<byte[], byte[]> record) {}

    /** Is told what became of each letter of a batch. */
    interface Outcome {
        void sent(Letter letter, String topic);

        void refused(Letter letter, String why);
    }

    /**
     * To be called at least every few minutes while nothing is sent.
     *
     * @throws LetterException if another redrive has taken over
     */
    void hold();

    /**
     * Returns when the outcome of each letter has been told and what was sent is noted.
     *
     * @throws LetterException if Kafka did not take a record or an entry for a reason that is not the letter's own, or if
     *     another redrive has taken over; letters that were sent have been told of by then
     */
    void send(List<Prepared> batch, Outcome outcome);

    /** Sends nothing and takes every letter for sent. */
    static RedriveSender rehearsal() {
        return new RedriveSender() {
            @Override
            public void hold() {
                // nothing to hold
            }

            @Override
            public void send(List<Prepared> batch, Outcome outcome) {
                batch.forEach(one -> outcome.sent(one.letter(), one.record().topic()));
            }
        };
    }
}
