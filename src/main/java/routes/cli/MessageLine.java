package routes.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import routes.archive.CapturedRecord;

/**
 * An archived message as one line of JSON. A value that is JSON stands there as it is, with the numbers as they are
 * written; other text as text, and bytes that are none as {@code {"base64": …}}.
 */
final class MessageLine {
    private static final JsonFactory JSON = new JsonFactory();

    private MessageLine() {}

    static String of(CapturedRecord record) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("topic", record.topic());
            json.writeNumberField("partition", record.partition());
            json.writeNumberField("offset", record.offset());
            json.writeStringField(
                    "time", Instant.ofEpochMilli(record.timestampMillis()).toString());
            json.writeFieldName("key");
            write(record.key(), json);
            json.writeArrayFieldStart("headers");
            for (Header header : record.headers()) {
                write(header, json);
            }
            json.writeEndArray();
            json.writeFieldName("value");
            writeValue(record.value(), json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void write(Header header, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", header.key());
        json.writeFieldName("value");
        write(header.value(), json);
        json.writeEndObject();
    }

    private static void writeValue(byte[] value, JsonGenerator json) throws IOException {
        Optional<String> document =
                value == null ? Optional.empty() : ValueText.text(value).flatMap(ValueText::compact);
        if (document.isPresent()) {
            json.writeRawValue(document.get());
        } else {
            write(value, json);
        }
    }

    private static void write(byte[] bytes, JsonGenerator json) throws IOException {
        Optional<String> text = bytes == null ? Optional.empty() : ValueText.text(bytes);
        if (bytes == null) {
            json.writeNull();
        } else if (text.isPresent()) {
            json.writeString(text.get());
        } else {
            json.writeStartObject();
            json.writeBinaryField("base64", bytes);
            json.writeEndObject();
        }
    }
}
