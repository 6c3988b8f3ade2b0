package routes.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import routes.kafka.FailureText;

/** One record in one line, for people. Bytes that are not printable text show as escapes, so that a terminal is safe. */
final class RecordLine {
    private static final String CUT = "…";

    private final int width;

    /** @param width the longest line, in characters; longer ones are cut and end in {@value #CUT} */
    RecordLine(int width) {
        this.width = width;
    }

    /** {@code topic/partition@offset time key=… bytes header=… value}; a tombstone's value is {@code (null)}. */
    String of(ConsumerRecord<byte[], byte[]> record) {
        String headers = StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> " " + printable(header.key().getBytes(StandardCharsets.UTF_8)) + "=" + value(header))
                .collect(Collectors.joining());
        String line = record.topic() + "/" + record.partition() + "@" + record.offset() + " "
                + Instant.ofEpochMilli(record.timestamp()) + " key=" + text(record.key()) + " "
                + (record.value() == null ? 0 : record.value().length) + " B" + headers + " " + text(record.value());
        return line.length() > width ? line.substring(0, width - CUT.length()) + CUT : line;
    }

    private String value(Header header) {
        return text(header.value());
    }

    private String text(byte[] bytes) {
        return bytes == null ? "(null)" : printable(Arrays.copyOf(bytes, (int) Math.min(bytes.length, 4L * width)));
    }

    private static String printable(byte[] bytes) {
        return printable(new String(bytes, StandardCharsets.UTF_8));
    }

    /** With escapes in the place of what could do something to a terminal. */
    static String printable(String raw) {
        return FailureText.escaped(raw, "");
    }
}
