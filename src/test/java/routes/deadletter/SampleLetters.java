package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Dead letters as this application and as Kafka Connect write them. */
public final class SampleLetters {
    private SampleLetters() {}

    public static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    /** What this application adds to a record that stood there. */
    public static List<Header> ours(String topic, int partition, long offset, String reason, Header... more) {
        List<Header> headers = new ArrayList<>(connect(topic, partition, offset));
        headers.add(header("x-original-topic", topic));
        headers.add(header("dlq.reason", reason));
        headers.add(header("dlq.attempts", "1"));
        headers.add(header("dlq.first-failed-at", "2026-11-20T10:00:00Z"));
        headers.add(header("dlq.original-timestamp", "1795168800000"));
        headers.add(header("dlq.redrive-count", "0"));
        headers.addAll(List.of(more));
        return headers;
    }

    /** What Kafka Connect adds to a record that stood there. */
    public static List<Header> connect(String topic, int partition, long offset, Header... more) {
        List<Header> headers = new ArrayList<>(List.of(
                header("__connect.errors.topic", topic),
                header("__connect.errors.partition", Integer.toString(partition)),
                header("__connect.errors.offset", Long.toString(offset)),
                header("__connect.errors.connector.name", "sink"),
                header("__connect.errors.task.id", "0"),
                header("__connect.errors.stage", "VALUE_CONVERTER"),
                header("__connect.errors.class.name", "org.apache.kafka.connect.json.JsonConverter"),
                header("__connect.errors.exception.class.name", "org.apache.kafka.connect.errors.DataException"),
                header("__connect.errors.exception.message", "Converting byte[] to Kafka Connect data failed"),
                header("__connect.errors.exception.stacktrace", "org.apache.kafka.connect…\n\tat line 1")));
        headers.addAll(List.of(more));
        return headers;
    }

    /** One that stands at partition 3, offset 17 of {@code rig.dead-letters}. */
    static Letter letter(String key, String value, long timestamp, List<Header> headers) {
        return new Letter(new ConsumerRecord<>(
                "rig.dead-letters",
                3,
                17,
                timestamp,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                new RecordHeaders(headers),
                Optional.empty()));
    }
}
