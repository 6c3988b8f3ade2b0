package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.errors.RecordTooLargeException;
import routes.kafka.Batches;
import routes.kafka.RecordRefusedException;
import routes.kafka.Records;
import routes.kafka.RouteMeters;
import routes.telemetry.InvalidTelemetryException;
import routes.telemetry.Reason;

/**
 * Makes a dead letter of a record that could not be handled: its own key, value and headers, for the partition of the
 * same number, with headers that say where it came from and what went wrong. The names that begin with {@code
 * __connect.errors.} are those of Kafka Connect, so that its tools read our letters. All added headers are text.
 *
 * <p>A value that does not fit into a record together with its headers is kept whole in the store; its letter then has
 * the value's first {@value #KEPT_OF_OVERSIZE} bytes and says where the rest is. Headers that are too large even then are
 * kept beside it.
 */
public final class DeadLetters {
    static final int KEPT_OF_OVERSIZE = 1024;
    static final int MAX_TRACE = 8 * 1024;
    /** What Kafka's record format adds to key, value and headers is at most this (61 bytes of batch, varints). */
    private static final int OVERHEAD = 256;

    /** Two lengths as varints. */
    private static final int HEADER_OVERHEAD = 10;

    /** The reason of a letter whose record is not bad in itself. */
    private static final String FAILED = "failed";

    /** The reason of a letter whose record Kafka did not take for the record's own sake. */
    private static final String REFUSED = "refused";

    private static final String CONNECT = "__connect.errors.";

    private final String application;
    private final int maxRecordBytes;
    private final OversizeStore store;

    /**
     * @param application the name under which its letters are found again
     * @param maxRecordBytes the largest record that the dead-letter topic takes
     * @param store takes the values that do not fit
     */
    public DeadLetters(String application, int maxRecordBytes, OversizeStore store) {
        this.application = application;
        this.maxRecordBytes = maxRecordBytes;
        this.store = store;
    }

    /**
     * Turns the exchange's message into the letter, ready to be sent. Repeatable.
     *
     * @throws IOException if an oversize value could not be stored; the batch then fails, and nothing is committed
     * @throws SinkSuspectedException if too many records of the batch have failed for reasons that could pass; as above
     */
    public void prepare(Exchange exchange) throws IOException {
        Message letter = exchange.getMessage();
        Throwable cause = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        String reason = reason(cause);
        if (reason.equals(FAILED) && !Batches.mayGiveUpRecord(exchange)) {
            throw new SinkSuspectedException(cause);
        }
        restoreOriginal(exchange, letter);
        letter.setHeader(KafkaConstants.PARTITION_KEY, letter.getHeader(KafkaConstants.PARTITION));
        origin(exchange, letter);
        failure(letter, cause);
        history(exchange, letter, reason);
        keepOversizeElsewhere(letter);
        exchange.setProperty(RouteMeters.DEAD_LETTER_REASON, reason);
    }

    private static String reason(Throwable cause) {
        if (cause instanceof InvalidTelemetryException invalid) {
            return invalid.reason().code();
        }
        if (cause instanceof RecordRefusedException) {
            return REFUSED;
        }
        return cause instanceof RecordTooLargeException ? Reason.TOO_LARGE.code() : FAILED;
    }

    /** Earlier steps may have changed the message. */
    private static void restoreOriginal(Exchange exchange, Message letter) {
        Records.Original original = exchange.getProperty(Records.Original.PROPERTY, Records.Original.class);
        if (original != null) {
            letter.setBody(original.value());
            if (original.key() == null) {
                letter.removeHeader(KafkaConstants.KEY);
            } else {
                letter.setHeader(KafkaConstants.KEY, original.key());
            }
        }
        letter.removeHeader(KafkaConstants.OVERRIDE_TOPIC);
    }

    private void origin(Exchange exchange, Message letter) {
        put(letter, CONNECT + "topic", letter.getHeader(KafkaConstants.TOPIC));
        put(letter, CONNECT + "partition", letter.getHeader(KafkaConstants.PARTITION));
        put(letter, CONNECT + "offset", letter.getHeader(KafkaConstants.OFFSET));
        put(letter, CONNECT + "connector.name", application);
        put(letter, CONNECT + "task.id", exchange.getFromRouteId());
        put(letter, CONNECT + "stage", note(exchange).step());
        put(letter, "x-original-topic", letter.getHeader(KafkaConstants.TOPIC));
    }

    private static void failure(Message letter, Throwable cause) {
        if (cause != null) {
            put(letter, CONNECT + "exception.class.name", cause.getClass().getName());
            put(letter, CONNECT + "exception.message", capped(String.valueOf(cause.getMessage())));
            put(letter, CONNECT + "exception.stacktrace", capped(trace(cause)));
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

    private static void history(Exchange exchange, Message letter, String reason) {
        put(letter, "dlq.reason", reason);
        put(letter, "dlq.attempts", note(exchange).attempts());
        letter.getHeaders()
                .putIfAbsent("dlq.first-failed-at", text(note(exchange).firstFailedAt()));
        put(letter, "dlq.original-timestamp", letter.getHeader(KafkaConstants.TIMESTAMP));
        letter.getHeaders().putIfAbsent("dlq.redrive-count", text(0));
    }

    private void keepOversizeElsewhere(Message letter) throws IOException {
        byte[] value = letter.getBody() instanceof byte[] bytes ? bytes : new byte[0];
        if (value.length + keyAndHeaders(letter) <= maxRecordBytes) {
            return;
        }
        OversizeStore.Stored stored = store.keep(
                letter.getHeader(KafkaConstants.TOPIC, String.class),
                letter.getHeader(KafkaConstants.PARTITION, Integer.class),
                letter.getHeader(KafkaConstants.OFFSET, Long.class),
                value);
        put(letter, "dlq.stored-path", stored.path());
        put(letter, "dlq.stored-sha256", stored.sha256());
        put(letter, "dlq.stored-bytes", value.length);
        letter.setBody(Arrays.copyOf(value, Math.min(value.length, KEPT_OF_OVERSIZE)));
        keepLargestHeaders(letter, stored);
    }

    /** As long as even the shortened letter does not fit, its largest header goes to the store as well. */
    private void keepLargestHeaders(Message letter, OversizeStore.Stored stored) throws IOException {
        List<String> moved = new ArrayList<>();
        while (KEPT_OF_OVERSIZE + keyAndHeaders(letter) > maxRecordBytes) {
            Map.Entry<String, Object> largest = Records.ownHeaders(letter).entrySet().stream()
                    .max(Comparator.comparingInt(header -> size(header.getValue())))
                    .orElseThrow();
            stored.keepHeader(largest.getKey(), (byte[]) largest.getValue());
            letter.removeHeader(largest.getKey());
            moved.add(largest.getKey());
            put(letter, "dlq.stored-headers", String.join(",", moved));
        }
    }

    private static long keyAndHeaders(Message letter) {
        long bytes = OVERHEAD + size(letter.getHeader(KafkaConstants.KEY));
        for (Map.Entry<String, Object> header : Records.ownHeaders(letter).entrySet()) {
            bytes += header.getKey().getBytes(UTF_8).length + HEADER_OVERHEAD + size(header.getValue());
        }
        return bytes;
    }

    private static int size(Object value) {
        return value instanceof byte[] bytes ? bytes.length : 0;
    }

    private static void put(Message letter, String name, Object value) {
        if (value != null) {
            letter.setHeader(name, text(value));
        }
    }

    private static byte[] text(Object value) {
        return value.toString().getBytes(UTF_8);
    }

    private static String trace(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String capped(String text) {
        return text.length() <= MAX_TRACE ? text : text.substring(0, MAX_TRACE);
    }
}
