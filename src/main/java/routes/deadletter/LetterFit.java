package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import routes.deadletter.Letter.Part;
import routes.deadletter.Letter.Stored;
import routes.kafka.Records;

/**
 * Makes a letter fit into its topic: step by step, until it does. What does not fit is kept whole in the store; the letter
 * says where, and has the first {@value #KEPT} bytes.
 */
final class LetterFit {
    /** The most that Kafka's record format adds to key, value and headers (61 bytes of batch, varints). */
    private static final int OVERHEAD = 256;
    /** Two lengths as varints. */
    private static final int HEADER_OVERHEAD = 10;

    private static final int KEPT = 1024;

    private final Message letter;
    private final Records.Original original;
    private final OversizeStore store;
    private final int maxRecordBytes;

    /**
     * @param letter with all that it is to have
     * @param original the record that it is made of
     */
    LetterFit(Message letter, Records.Original original, OversizeStore store, int maxRecordBytes) {
        this.letter = letter;
        this.original = original;
        this.store = store;
        this.maxRecordBytes = maxRecordBytes;
    }

    private interface Step {
        void take() throws IOException;
    }

    /** @throws IOException if a part could not be stored */
    void fit() throws IOException {
        List<Step> steps = List.of(
                this::shortenCopies,
                this::storeValue,
                this::storeHeaders,
                this::storeKey,
                this::dropCopies,
                () -> letter.removeHeader(DeadLetters.TRACE));
        for (Step step : steps) {
            if (bytes() <= maxRecordBytes) {
                return;
            }
            step.take();
        }
    }

    private void shortenCopies() {
        DeadLetters.copies(original).forEach((name, value) -> letter.setHeader(name, beginning(value)));
    }

    private void storeValue() throws IOException {
        if (original.value() != null) {
            store(Part.VALUE, original.value());
            letter.setBody(beginning(original.value()));
        }
    }

    private void storeHeaders() throws IOException {
        store(Part.HEADERS, OriginalHeaders.write(original.headers()));
        letter.removeHeader(OriginalHeaders.HEADER);
    }

    private void storeKey() throws IOException {
        if (original.key() != null) {
            store(Part.KEY, original.key());
            letter.setHeader(KafkaConstants.KEY, beginning(original.key()));
        }
    }

    private void dropCopies() {
        DeadLetters.copies(original).keySet().forEach(letter::removeHeader);
    }

    private void store(Part part, byte[] content) throws IOException {
        if (original.topic() == null || original.partition() == null || original.offset() == null) {
            throw new IllegalStateException("what failed is too large for a dead letter, and is no record of a topic:"
                    + " there is no name to keep it under");
        }
        Stored stored =
                store.keep(original.topic() + "/" + original.partition() + "/" + original.offset(), part, content);
        DeadLetters.put(letter, part.header("path"), stored.path());
        DeadLetters.put(letter, part.header("sha256"), stored.sha256());
        DeadLetters.put(letter, part.header("bytes"), stored.bytes());
    }

    private static byte[] beginning(byte[] whole) {
        return whole.length <= KEPT ? whole : Arrays.copyOf(whole, KEPT);
    }

    private long bytes() {
        long bytes = OVERHEAD + size(letter.getBody()) + size(letter.getHeader(KafkaConstants.KEY));
        for (Map.Entry<String, Object> header : Records.ownHeaders(letter).entrySet()) {
            bytes += header.getKey().getBytes(UTF_8).length + HEADER_OVERHEAD + size(header.getValue());
        }
        return bytes;
    }

    private static int size(Object value) {
        return value instanceof byte[] bytes ? bytes.length : 0;
    }
}
