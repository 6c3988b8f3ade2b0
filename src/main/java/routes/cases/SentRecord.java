package routes.cases;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What a route has sent, or handed to a step with an effect of its own.
 *
 * @param to the topic, or {@code process:NAME} for a step, or the URI of an endpoint that is none of Kafka's
 * @param key may be null
 * @param value may be null
 */
record SentRecord(String to, byte[] key, byte[] value, Map<String, byte[]> headers) {
    private static final int MOST_SHOWN = 160;

    /** For people, in one line: the key and the begin of the value. */
    String shown() {
        return "key " + shown(key) + ", value " + shown(value);
    }

    /** Bytes as text, shortened, or in Base64 if they are none. */
    static String shown(byte[] bytes) {
        if (bytes == null) {
            return "none";
        }
        String text =
                text(bytes).orElseGet(() -> "base64 " + Base64.getEncoder().encodeToString(bytes));
        String line = text.replace("\n", "\\n").replace("\r", "\\r");
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "… (" + bytes.length + " bytes)";
    }

    /** Empty if they are no UTF-8 text. */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }
}
