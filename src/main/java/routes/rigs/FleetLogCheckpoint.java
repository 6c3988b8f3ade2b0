package routes.rigs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import routes.rig.Fleet.Position;
import routes.rigs.FleetLogMessage.UnreadableRecordException;

/**
 * What the checkpoint topic holds of one rig, for example
 * {@code {"seq":86400,"time":"2026-11-20T10:00:00Z","partition":3,"offset":2160013,"fleet":"rigs","instance":1,"partitions":8,
 * "topicId":"hCXMFEmsRJyqdBCFb1CSpA"}}.
 *
 * @param partitions how many partitions the telemetry topic had when the fleet started; 0 if that was not known
 * @param topicId of the telemetry topic, whose offsets begin anew when it is made again; empty if that was not known, as
 *     in checkpoints of version 0.1
 */
record FleetLogCheckpoint(String fleet, int instance, int partitions, String topicId, Position position) {
    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] toJson() {
        return JSON.createObjectNode()
                .put("seq", position.seq())
                .put("time", Instant.ofEpochMilli(position.timeMillis()).toString())
                .put("partition", position.partition())
                .put("offset", position.offset())
                .put("fleet", fleet)
                .put("instance", instance)
                .put("partitions", partitions)
                .put("topicId", topicId)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @throws UnreadableRecordException if the record's value is not a checkpoint */
    static FleetLogCheckpoint read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        try {
            JsonNode json = JSON.readTree(record.value());
            long time = Instant.parse(text(json, "time")).toEpochMilli();
            Position position = new Position(
                    number(json, "seq"), time, Math.toIntExact(number(json, "partition")), number(json, "offset"));
            int instance = Math.toIntExact(number(json, "instance"));
            int partitions = Math.toIntExact(number(json, "partitions"));
            String topicId = json.has("topicId") ? text(json, "topicId") : "";
            return new FleetLogCheckpoint(text(json, "fleet"), instance, partitions, topicId, position);
        } catch (IOException | DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw new UnreadableRecordException("its value is not a checkpoint");
        }
    }

    private static String text(JsonNode json, String field) {
        JsonNode text = json.path(field);
        if (!text.isTextual()) {
            throw new IllegalArgumentException(field);
        }
        return text.textValue();
    }

    private static long number(JsonNode json, String field) {
        JsonNode number = json.path(field);
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
            throw new IllegalArgumentException(field);
        }
        return number.longValue();
    }
}
