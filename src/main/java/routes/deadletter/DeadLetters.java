package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.util.ObjectHelper;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import routes.kafka.Batches;
import routes.kafka.FailureText;
import routes.kafka.RecordReading;
import routes.kafka.RecordRefusedException;
import routes.kafka.Records;
import routes.kafka.RouteMeters;
import routes.telemetry.InvalidTelemetryException;
import routes.telemetry.Reason;

/**
 * Makes a dead letter of a record that could not be handled: its key, value and headers as they were read, whatever its
 * route has made of them since, with headers that say where it came from and what went wrong. The names that begin with
 * {@code __connect.errors.} are those of Kafka Connect, so that its tools read our letters.
 *
 * <p>All headers of the record stand in one, {@value OriginalHeaders#HEADER}. Besides, each that a letter can have under
 * its own name is copied, for people and for other tools. {@link LetterFit} keeps outside what does not fit.
 */
public final class DeadLetters {
    static final int MAX_TRACE = 8 * 1024;

    /** The reason of a letter whose record is not bad in itself. */
    private static final String FAILED = "failed";
    /** The reason of a letter whose record Kafka did not take for the record's own sake. */
    private static final String REFUSED = "refused";

    private static final List<Class<? extends Throwable>> REFUSALS =
            List.of(RecordRefusedException.class, InvalidRecordException.class, SerializationException.class);

    private static final String CONNECT = Letter.CONNECT;
    static final String TRACE = CONNECT + "exception.stacktrace";

    private final String application;
    private final int maxRecordBytes;
    private final OversizeStore store;

    /**
     * @param application the name under which its letters are found again
     * @param maxRecordBytes the largest record that the dead-letter topic takes
     * @param store takes what does not fit
     */
    public DeadLetters(String application, int maxRecordBytes, OversizeStore store) {
        this.application = application;
        this.maxRecordBytes = maxRecordBytes;
        this.store = store;
    }

    /**
     * Turns the exchange's message into the letter, ready to be sent. Repeatable.
     *
     * @throws IOException if an oversize part could not be stored; the batch then fails, and nothing is committed
     * @throws SinkSuspectedException if too many records of the batch have failed for reasons that could pass; as above
     */
    public void prepare(Exchange exchange) throws IOException {
        Throwable cause = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        String reason = reason(cause);
        if (reason.equals(FAILED) && !Batches.mayGiveUpRecord(exchange)) {
            throw new SinkSuspectedException(cause);
        }
        Records.Original original = Records.Original.of(exchange);
        Message letter = exchange.getMessage();
        record(letter, original);
        origin(exchange, letter, original);
        failure(letter, cause);
        history(letter, note(exchange), reason, original);
        new LetterFit(letter, original, store, maxRecordBytes).fit();
        exchange.setProperty(RouteMeters.DEAD_LETTER_REASON, reason);
    }

    private static String reason(Throwable cause) {
        InvalidTelemetryException invalid = ObjectHelper.getException(InvalidTelemetryException.class, cause);
        if (invalid != null) {
            return invalid.reason().code();
        }
        if (ObjectHelper.getException(JsonProcessingException.class, cause) != null) {
            return Reason.NOT_JSON.code(); // of unmarshal
        }
        if (ObjectHelper.getException(RecordTooLargeException.class, cause) != null) {
            return Reason.TOO_LARGE.code();
        }
        return REFUSALS.stream().anyMatch(type -> ObjectHelper.getException(type, cause) != null) ? REFUSED : FAILED;
    }

    /** The message is the record again: what a step has set must neither stand in the letter nor steer its send. */
    private static void record(Message letter, Records.Original original) {
        letter.removeHeaders("*");
        letter.setBody(original.value());
        set(letter, KafkaConstants.KEY, original.key());
        set(letter, KafkaConstants.TOPIC, original.topic());
        set(letter, KafkaConstants.PARTITION, original.partition());
        set(letter, KafkaConstants.OFFSET, original.offset());
        set(letter, KafkaConstants.TIMESTAMP, original.timestamp());
        // Of the letters' topic it is this number modulo its partitions: a source partition's letters stay in order.
        set(letter, KafkaConstants.PARTITION_KEY, original.partition());
        copies(original).forEach(letter::setHeader);
        letter.setHeader(OriginalHeaders.HEADER, OriginalHeaders.write(original.headers()));
    }

    /** The headers that a letter can have under their own names; of a repeated name the last. */
    static Map<String, byte[]> copies(Records.Original original) {
        Map<String, byte[]> copies = new LinkedHashMap<>();
        for (Header header : original.headers()) {
            if (header.value() != null && Records.crosses(header.key()) && !isOurs(header.key())) {
                copies.put(header.key(), header.value());
            }
        }
        return copies;
    }

    /** Whether the letter says something of its own under this name; a message's headers do not tell cases apart. */
    private static boolean isOurs(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith(CONNECT)
                || name.startsWith(Letter.OURS)
                || name.equals(Letter.ORIGINAL_TOPIC)
                || name.equals(RecordReading.SOURCE_HEADER);
    }

    private void origin(Exchange exchange, Message letter, Records.Original original) {
        put(letter, CONNECT + "topic", original.topic());
        put(letter, CONNECT + "partition", original.partition());
        put(letter, CONNECT + "offset", original.offset());
        put(letter, CONNECT + "connector.name", application);
        put(letter, CONNECT + "task.id", exchange.getFromRouteId());
        put(letter, CONNECT + "stage", note(exchange).step());
        put(letter, Letter.ORIGINAL_TOPIC, original.topic());
        if (original.topic() != null) {
            put(
                    letter,
                    RecordReading.SOURCE_HEADER,
                    original.topic() + "/" + original.partition() + "/" + original.offset());
        }
    }

    private void failure(Message letter, Throwable cause) {
        if (cause != null) {
            put(letter, CONNECT + "exception.class.name", cause.getClass().getName());
            put(letter, CONNECT + "exception.message", FailureText.reason(cause));
            put(letter, TRACE, FailureText.trace(cause, MAX_TRACE));
        }
    }

    private static FailureNotes.Note note(Exchange exchange) {
        FailureNotes.Note note = exchange.getProperty(FailureNotes.Note.PROPERTY, FailureNotes.Note.class);
        if (note == null) {
            throw new IllegalStateException(
                    "the route configuration of the failed route has no 'onExceptionOccurredRef: note-failure'");
        }
        return note;
    }

    private static void history(Message letter, FailureNotes.Note note, String reason, Records.Original original) {
        put(letter, "dlq.reason", reason);
        put(letter, "dlq.attempts", note.attempts());
        put(
                letter,
                Letter.FIRST_FAILED_AT,
                said(original, Letter.FIRST_FAILED_AT, "[0-9TZ:.-]{1,40}", note.firstFailedAt()));
        put(letter, "dlq.original-timestamp", original.timestamp());
        put(letter, Letter.REDRIVE_COUNT, said(original, Letter.REDRIVE_COUNT, "\\d{1,18}", 0));
    }

    /** What the record says of itself, if it has been redriven, and says it in this form. */
    private static Object said(Records.Original original, String header, String form, Object otherwise) {
        Header said = original.headers().lastHeader(header);
        String text = said == null || said.value() == null ? "" : new String(said.value(), UTF_8);
        return text.matches(form) ? text : otherwise;
    }

    private static void set(Message letter, String name, Object value) {
        if (value != null) {
            letter.setHeader(name, value);
        }
    }

    static void put(Message letter, String name, Object value) {
        set(letter, name, value == null ? null : value.toString().getBytes(UTF_8));
    }
}
