package routes.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import routes.telemetry.Reason;

/**
 * Reads JSON objects strictly by RFC 8259: Jackson reads, and what it lets pass is refused here. Objects become maps, lists
 * become lists; a whole number of 64 bits becomes a Long, another number a BigDecimal, exactly as it is written.
 */
public final class JsonReader {
    /** The largest value that is read, in bytes. */
    public static final int MAX_BYTES = 900_000;
    /** The deepest nesting that is read; the object itself is level 1. */
    public static final int MAX_DEPTH = 64;

    /** Its table of names would be shared by all records, and can be flooded. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final JsonParser in;

    private JsonReader(JsonParser in) {
        this.in = in;
    }

    /**
     * @param value of a record, in UTF-8; may be null
     * @throws InvalidJsonException if it is no JSON object; says where and why, and nothing of what it has
     */
    public static Map<String, Object> read(byte[] value) {
        if (value == null || value.length == 0) {
            throw new InvalidJsonException(Reason.EMPTY, "found no value, expected a JSON object");
        }
        if (value.length > MAX_BYTES) {
            throw new InvalidJsonException(
                    Reason.TOO_LARGE, "found " + value.length + " bytes, expected at most " + MAX_BYTES);
        }
        try (JsonParser in = JSON.createParser(text(value))) {
            return new JsonReader(in).document();
        } catch (StreamConstraintsException e) {
            throw invalid(
                    e.getLocation(),
                    Reason.TOO_LARGE,
                    "found a longer name or number than can be read, expected at most 50,000 and 1,000 characters");
        } catch (JsonProcessingException e) {
            throw invalid(e.getLocation(), Reason.NOT_JSON, "found what is no JSON, expected an object");
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be read", e);
        }
    }

    /** Jackson takes some bytes that are no UTF-8. */
    private static String text(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidJsonException(
                    Reason.INVALID_UTF8, "found bytes that are no UTF-8, expected JSON in UTF-8");
        }
    }

    private static InvalidJsonException invalid(JsonLocation at, Reason reason, String detail) {
        String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        return new InvalidJsonException(reason, place + detail);
    }

    private InvalidJsonException invalid(Reason reason, String detail) {
        return invalid(in.currentTokenLocation(), reason, detail);
    }

    private Map<String, Object> document() throws IOException {
        JsonToken first = in.nextToken();
        Object value = value(first, 1);
        if (in.nextToken() != null) {
            throw invalid(Reason.NOT_JSON, "found something after the value, expected its end");
        }
        if (value instanceof Map<?, ?> object) {
            @SuppressWarnings("unchecked") // object() makes no other maps
            Map<String, Object> fields = (Map<String, Object>) object;
            return fields;
        }
        throw new InvalidJsonException(Reason.NOT_AN_OBJECT, "found " + kind(first) + ", expected an object");
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> "true, false or null";
        };
    }

    private Object value(JsonToken token, int depth) throws IOException {
        if (token == null) {
            throw invalid(Reason.NOT_JSON, "found no value, expected a JSON object");
        }
        return switch (token) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> list(depth);
            case VALUE_STRING -> whole(in.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private Map<String, Object> object(int depth) throws IOException {
        checkDepth(depth);
        Map<String, Object> fields = new HashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = whole(in.currentName());
            if (fields.containsKey(name)) {
                throw invalid(Reason.DUPLICATE_KEY, "found a name for the second time in its object, expected it once");
            }
            fields.put(name, value(in.nextToken(), depth + 1));
        }
        return fields;
    }

    private List<Object> list(int depth) throws IOException {
        checkDepth(depth);
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            elements.add(value(token, depth + 1));
        }
        return elements;
    }

    private void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw invalid(Reason.TOO_DEEP, "found level " + depth + " of nesting, expected at most " + MAX_DEPTH);
        }
    }

    private Number number(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return in.getLongValue();
        }
        try {
            return new BigDecimal(in.getText());
        } catch (NumberFormatException e) {
            throw invalid(Reason.TOO_LARGE, "found an exponent of too many digits, expected at most 9");
        }
    }

    /** As UTF-8 has been checked, half of a pair can only be an escape. */
    private String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isSurrogatePair(c, text.charAt(i))) {
                    throw invalid(
                            Reason.INVALID_UTF8, "found an escaped surrogate without its other half, expected a pair");
                }
            }
        }
        return text;
    }
}
