package routes.rigs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import routes.kafka.Records;

/** What a telemetry message says about where its rig stands. */
record FleetLogMessage(long seq, long timeMillis) {
    private static final JsonFactory JSON = new JsonFactory();

    /** A record is not what it should be; says what is wrong, never what the record holds. */
    static final class UnreadableRecordException extends Exception {
        UnreadableRecordException(String message) {
            super(message, null, false, false);
        }
    }

    static Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.key()).map(key -> new String(key, StandardCharsets.UTF_8));
    }

    /** Whether a fleet itself sent it: it has the fleet's mark, and is neither redriven nor played back. */
    static boolean isSentBy(String fleet, ConsumerRecord<byte[], byte[]> record) {
        Header mark = record.headers().lastHeader(FleetLog.FLEET_HEADER);
        return mark != null
                && mark.value() != null
                && fleet.equals(new String(mark.value(), StandardCharsets.UTF_8))
                && record.headers().lastHeader(Records.REDRIVE_HEADER) == null
                && record.headers().lastHeader(Records.REPLAY_HEADER) == null;
    }

    /**
     * Reads the envelope; stops where it has what it needs, which in a message of ours is long before the channels.
     *
     * @throws UnreadableRecordException if it has no rig, seq and time, or its rig is not its key
     */
    static FleetLogMessage read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        if (record.value() == null) {
            throw new UnreadableRecordException("it has no value");
        }
        try (JsonParser json = JSON.createParser(record.value())) {
            return read(json, key(record).orElseThrow());
        } catch (IOException | DateTimeException | ArithmeticException e) {
            // The messages of these name what they met, which is payload.
            throw new UnreadableRecordException("its value is not a telemetry message");
        }
    }

    private static FleetLogMessage read(JsonParser json, String key) throws IOException, UnreadableRecordException {
        String rig = null;
        Long seq = null;
        Instant time = null;
        json.nextToken();
        while ((rig == null || seq == null || time == null) && json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "rig" -> rig = json.getText();
                case "seq" -> seq = json.getLongValue();
                case "time" -> time = Instant.parse(json.getText());
                default -> json.skipChildren();
            }
        }
        if (!key.equals(rig) || seq == null || time == null) {
            throw new UnreadableRecordException("expected rig (as in the key), seq and time in its value");
        }
        return new FleetLogMessage(seq, time.toEpochMilli());
    }
}
