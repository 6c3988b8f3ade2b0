package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import routes.deadletter.Letter.StoredValue;
import routes.kafka.TelemetryRecords;

/**
 * Makes of a dead letter the record that it was: its key, its value, whole, and its own headers, for the topic and
 * partition that it came from. What was added when it became a letter is taken off again.
 *
 * <p>Added are {@code dlq.redrive-count}, one more than the letter's, which marks the record as redriven and comes back
 * with it if it fails again; {@code dlq.first-failed-at}, which is kept; and {@code source}, the letter's place, unless
 * the original had a header of that name from elsewhere.
 */
final class Originals {
    private final Function<String, OptionalInt> partitionsOf;
    private final StoredValues store;

    /** @param partitionsOf how many partitions a topic has; empty if there is no such topic */
    Originals(Function<String, OptionalInt> partitionsOf, StoredValues store) {
        this.partitionsOf = partitionsOf;
        this.store = store;
    }

    /** @throws LetterRefusedException if the letter does not say what is needed, or this is not there any more */
    ProducerRecord<byte[], byte[]> of(Letter letter) throws LetterRefusedException {
        String topic = letter.originalTopic()
                .orElseThrow(
                        () -> new LetterRefusedException("it does not say where it is from: it has neither the header "
                                + Letter.CONNECT + "topic nor " + Letter.ORIGINAL_TOPIC));
        if (topic.equals(letter.topic())) {
            throw new LetterRefusedException("it is from " + topic + " itself");
        }
        OptionalInt partitions = partitionsOf.apply(topic);
        if (partitions.isEmpty()) {
            throw new LetterRefusedException("its topic " + topic + " does not exist");
        }
        byte[] value = letter.stored().isPresent() ? store.value(letter.stored().get()) : letter.value();
        return new ProducerRecord<>(
                topic, partition(letter, partitions.getAsInt()), null, letter.key(), value, headers(letter));
    }

    /** The one it came from, so that letters of one partition stay in their order; null if that is not known. */
    private static Integer partition(Letter letter, int partitions) {
        OptionalInt original = letter.originalPartition();
        return original.isPresent() && original.getAsInt() < partitions ? original.getAsInt() : null;
    }

    private Headers headers(Letter letter) throws LetterRefusedException {
        RecordHeaders headers = new RecordHeaders();
        for (Header header : letter.headers()) {
            if (isOriginal(header, letter)) {
                headers.add(header);
            }
        }
        if (letter.stored().isPresent()) {
            addStored(headers, letter.stored().get());
        }
        letter.text(Letter.FIRST_FAILED_AT)
                .ifPresent(time -> headers.add(Letter.FIRST_FAILED_AT, time.getBytes(UTF_8)));
        if (headers.lastHeader(TelemetryRecords.SOURCE_HEADER) == null) {
            headers.add(TelemetryRecords.SOURCE_HEADER, letter.place().getBytes(UTF_8));
        }
        headers.add(
                Letter.REDRIVE_COUNT, Long.toString(letter.redriveCount() + 1).getBytes(UTF_8));
        return headers;
    }

    private void addStored(RecordHeaders headers, StoredValue stored) throws LetterRefusedException {
        for (String name : stored.headers()) {
            if (!isAdded(name)) {
                headers.add(name, store.header(stored, name));
            }
        }
    }

    private static boolean isOriginal(Header header, Letter letter) {
        return !isAdded(header.key()) && !isOurSource(header, letter);
    }

    private static boolean isAdded(String name) {
        return name.startsWith(Letter.CONNECT) || name.startsWith(Letter.OURS) || name.equals(Letter.ORIGINAL_TOPIC);
    }

    /** Of the reading step before the failure, or of an earlier redrive. */
    private static boolean isOurSource(Header header, Letter letter) {
        if (!header.key().equals(TelemetryRecords.SOURCE_HEADER) || header.value() == null) {
            return false;
        }
        String source = new String(header.value(), UTF_8);
        return source.startsWith(letter.topic() + "/") || source.equals(letter.origin());
    }
}
