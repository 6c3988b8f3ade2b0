package routes.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import routes.ActivityTopics;

/**
 * A record of {@code rig.telemetry}, and where it has to go. Found out by looking for the fields as text, in messages
 * that the tests or the rigs made; shares nothing with the routes.
 *
 * @param appended when the broker took it, milliseconds since 1970 UTC, as all times here
 * @param kind {@value #GOOD}, or the reason for which it must be dead-lettered
 * @param ofTheFleet whether a rig sent it, and not a test
 * @param activityTopic empty if it is malformed, like the fields that follow from the value
 */
record Source(
        int partition,
        long offset,
        long appended,
        String kind,
        boolean ofTheFleet,
        String rig,
        long seq,
        long time,
        boolean late,
        Optional<String> activityTopic,
        boolean flagged,
        long checksum) {
    /** The header by which a test says what its record is. */
    static final String KIND = "expected";

    static final String GOOD = "good";

    private static final int ENVELOPE = 300;

    static Source of(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> said = header(record, KIND);
        String kind = said.orElse(GOOD);
        return kind.equals(GOOD) ? good(record, said.isEmpty()) : malformed(record, kind);
    }

    private static Source good(ConsumerRecord<byte[], byte[]> record, boolean ofTheFleet) {
        String text = new String(record.value(), ISO_8859_1);
        String envelope = text.substring(0, Math.min(ENVELOPE, text.length()));
        int activity = Integer.parseInt(field(envelope, "activity"));
        return new Source(
                record.partition(),
                record.offset(),
                record.timestamp(),
                GOOD,
                ofTheFleet,
                new String(record.key(), UTF_8),
                Long.parseLong(field(envelope, "seq")),
                Instant.parse(field(envelope, "time").replace("\"", "")).toEpochMilli(),
                Boolean.parseBoolean(field(envelope, "late")),
                Optional.of(ActivityTopics.of(activity)),
                above(text, "GASA", 2) || above(text, "TQX", 30) || above(text, "SPPA", 30_000),
                checksum(record.value()));
    }

    /** Of a topic whose records need not be messages. */
    static Source ofUser(ConsumerRecord<byte[], byte[]> record) {
        return malformed(record, header(record, KIND).orElse(GOOD));
    }

    private static Source malformed(ConsumerRecord<byte[], byte[]> record, String kind) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        return new Source(
                record.partition(),
                record.offset(),
                record.timestamp(),
                kind,
                false,
                key,
                -1,
                -1,
                false,
                Optional.empty(),
                false,
                checksum(record.value()));
    }

    private static boolean above(String text, String channel, double limit) {
        int at = text.indexOf("\"" + channel + "\":");
        if (at < 0) {
            return false;
        }
        String value = upToComma(text, at + channel.length() + 3);
        return !value.equals("null") && Double.parseDouble(value) > limit;
    }

    private static String field(String envelope, String name) {
        return upToComma(envelope, envelope.indexOf("\"" + name + "\":") + name.length() + 3);
    }

    private static String upToComma(String text, int from) {
        int end = from;
        while (text.charAt(end) != ',' && text.charAt(end) != '}') {
            end++;
        }
        return text.substring(from, end);
    }

    static long checksum(byte[] value) {
        CRC32C checksum = new CRC32C();
        if (value != null) {
            checksum.update(value);
        }
        return checksum.getValue();
    }

    static Optional<String> header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? Optional.empty() : Optional.of(new String(header.value(), UTF_8));
    }

    boolean isGood() {
        return kind.equals(GOOD);
    }
}
