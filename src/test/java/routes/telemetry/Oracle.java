package routes.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says what a message is in another way than the reader: Java's decoder, Jackson's strictest parser, then the fields
 * one by one. Jackson accepts what the reader refuses on purpose, and that is judged here: escaped surrogates without
 * their other half, numbers beyond double, more than eight levels.
 */
final class Oracle {
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z");
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Oracle() {}

    /** The message as a tree; empty if it is none. */
    static Optional<JsonNode> read(byte[] value, String key) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            JsonNode tree = JACKSON.readTree(text);
            return isMessage(tree, key) ? Optional.of(tree) : Optional.empty();
        } catch (CharacterCodingException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean isMessage(JsonNode m, String key) {
        return m.isObject()
                && isPlain(m, 1)
                && m.path("rig").isTextual()
                && m.path("rig").textValue().matches("[A-Z0-9-]{1,32}")
                && m.path("rig").textValue().equals(key)
                && m.path("well").isTextual()
                && m.path("well").textValue().codePoints().count() <= 64
                && m.path("time").isTextual()
                && isTime(m.path("time").textValue())
                && m.path("seq").isIntegralNumber()
                && m.path("seq").canConvertToLong()
                && m.path("seq").longValue() >= 0
                && m.path("activity").isIntegralNumber()
                && m.path("activity").canConvertToInt()
                && m.path("activity").intValue() >= 0
                && m.path("activity").intValue() <= 99
                && m.path("late").isBoolean()
                && m.path("channels").isObject()
                && areValues(m.path("channels"));
    }

    private static boolean areValues(JsonNode channels) {
        for (JsonNode value : channels) {
            if (!value.isNumber() && !value.isNull()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(JsonNode node, int depth) {
        if (node.isContainerNode() && depth > 8) {
            return false;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!isPaired(field.getKey())) {
                return false;
            }
        }
        for (JsonNode child : node) {
            if (!isPlain(child, depth + 1)) {
                return false;
            }
        }
        return !(node.isNumber() && Double.isInfinite(node.doubleValue()))
                && !(node.isTextual() && !isPaired(node.textValue()));
    }

    private static boolean isPaired(String text) {
        return StandardCharsets.UTF_16BE.newEncoder().canEncode(text);
    }

    private static boolean isTime(String text) {
        try {
            return TIME.matcher(text).matches()
                    && LocalDateTime.parse(
                                    text.substring(0, text.length() - 1),
                                    DateTimeFormatter.ISO_LOCAL_DATE_TIME.withResolverStyle(ResolverStyle.STRICT))
                            != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The names of the channels, in order. */
    static List<String> names(JsonNode message) {
        List<String> names = new ArrayList<>();
        message.get("channels").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
