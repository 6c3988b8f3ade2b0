package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import routes.deadletter.Letter.Part;
import routes.deadletter.Letter.Stored;
import routes.kafka.RecordReading;

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
    private final RedriveTargets targets;
    private final StoredValues store;

    /** @param partitionsOf how many partitions a topic has; empty if there is no such topic */
    Originals(Function<String, OptionalInt> partitionsOf, RedriveTargets targets, StoredValues store) {
        this.partitionsOf = partitionsOf;
        this.targets = targets;
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
        Optional<String> refusal = targets.refusal(topic);
        if (refusal.isPresent()) {
            throw new LetterRefusedException(refusal.get());
        }
        return new ProducerRecord<>(
                topic,
                partition(letter, partitions.getAsInt()),
                null,
                whole(letter, Part.KEY, letter.key()),
                whole(letter, Part.VALUE, letter.value()),
                headers(letter));
    }

    private byte[] whole(Letter letter, Part part, byte[] kept) throws LetterRefusedException {
        Optional<Stored> stored = letter.stored(part);
        return stored.isPresent() ? store.content(letter, stored.get()) : kept;
    }

    /** The one it came from, so that letters of one partition stay in their order; null if that is not known. */
    private static Integer partition(Letter letter, int partitions) {
        OptionalInt original = letter.originalPartition();
        return original.isPresent() && original.getAsInt() < partitions ? original.getAsInt() : null;
    }

    private Headers headers(Letter letter) throws LetterRefusedException {
        RecordHeaders headers = new RecordHeaders(own(letter));
        if (headers.lastHeader(Letter.FIRST_FAILED_AT) == null) {
            letter.text(Letter.FIRST_FAILED_AT)
                    .ifPresent(time -> headers.add(Letter.FIRST_FAILED_AT, time.getBytes(UTF_8)));
        }
        if (headers.lastHeader(RecordReading.SOURCE_HEADER) == null) {
            headers.add(RecordReading.SOURCE_HEADER, letter.place().getBytes(UTF_8));
        }
        headers.add(
                Letter.REDRIVE_COUNT, Long.toString(letter.redriveCount() + 1).getBytes(UTF_8));
        return headers;
    }

    /** Those of the original, without the marks of an earlier redrive. */
    private List<Header> own(Letter letter) throws LetterRefusedException {
        Optional<List<Header>> exact = exact(letter);
        if (exact.isEmpty()) {
            return copied(letter);
        }
        boolean redriven = exact.get().stream().anyMatch(header -> header.key().equals(Letter.REDRIVE_COUNT));
        return exact.get().stream()
                .filter(header -> !redriven || !isMark(header, letter))
                .toList();
    }

    private Optional<List<Header>> exact(Letter letter) throws LetterRefusedException {
        Optional<Stored> stored = letter.stored(Part.HEADERS);
        try {
            return stored.isPresent()
                    ? Optional.of(OriginalHeaders.read(store.content(letter, stored.get())))
                    : letter.originalHeaders();
        } catch (IllegalArgumentException e) {
            throw new LetterRefusedException("what it says of its original headers " + e.getMessage());
        }
    }

    private static boolean isMark(Header header, Letter letter) {
        return header.key().equals(Letter.REDRIVE_COUNT)
                || header.key().equals(Letter.FIRST_FAILED_AT)
                || header.key().equals(RecordReading.SOURCE_HEADER)
                        && header.value() != null
                        && new String(header.value(), UTF_8).startsWith(letter.topic() + "/");
    }

    /** Of a letter of an earlier version, or of Kafka Connect, which has them beside those that were added. */
    private List<Header> copied(Letter letter) throws LetterRefusedException {
        List<Header> headers = new ArrayList<>();
        for (Header header : letter.headers()) {
            if (isOriginal(header, letter)) {
                headers.add(header);
            }
        }
        Optional<Stored> value = letter.stored(Part.VALUE);
        for (String name : value.isPresent() ? letter.storedOneByOne() : List.<String>of()) {
            if (!isAdded(name)) {
                headers.add(new RecordHeader(name, store.header(letter, value.get(), name)));
            }
        }
        return headers;
    }

    private static boolean isOriginal(Header header, Letter letter) {
        return !isAdded(header.key()) && !isOurSource(header, letter);
    }

    private static boolean isAdded(String name) {
        return name.startsWith(Letter.CONNECT) || name.startsWith(Letter.OURS) || name.equals(Letter.ORIGINAL_TOPIC);
    }

    /** Of the reading step before the failure, or of an earlier redrive. */
    private static boolean isOurSource(Header header, Letter letter) {
        if (!header.key().equals(RecordReading.SOURCE_HEADER) || header.value() == null) {
            return false;
        }
        String source = new String(header.value(), UTF_8);
        return source.startsWith(letter.topic() + "/") || source.equals(letter.origin());
    }
}
