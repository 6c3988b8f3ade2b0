package routes.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import routes.cases.ExpectedRecord.Difference;

/** Compares JSON by what it says: the order of fields and the way a number is written do not count. */
final class JsonDifference {
    private static final int MOST = 5;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final boolean part;
    private final List<Difference> found = new ArrayList<>();

    private JsonDifference(boolean part) {
        this.part = part;
    }

    /**
     * @param value may be null
     * @param part whether {@code value} may have fields that are not expected
     * @return at most the first five differences, by their place in the document
     */
    static List<Difference> of(JsonNode expected, byte[] value, boolean part) {
        try {
            JsonNode read = value == null ? null : MAPPER.readTree(value);
            if (read != null && !read.isMissingNode()) {
                JsonDifference difference = new JsonDifference(part);
                difference.compare("", expected, read);
                return difference.found;
            }
        } catch (IOException noJson) {
            return List.of(new Difference("value", "JSON", SentRecord.shown(value)));
        }
        return List.of(new Difference("value", "JSON", "nothing"));
    }

    private void compare(String place, JsonNode expected, JsonNode actual) {
        if (found.size() >= MOST) {
            return;
        }
        if (expected.isObject() && actual.isObject()) {
            Set<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            if (!part) {
                actual.fieldNames().forEachRemaining(names::add);
            }
            names.forEach(name -> compare(place + "/" + name, expected.path(name), actual.path(name)));
        } else if (expected.isArray() && actual.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
                compare(place + "/" + i, expected.path(i), actual.path(i));
            }
        } else if (!same(expected, actual)) {
            found.add(new Difference(place.isEmpty() ? "value" : place, shown(expected), shown(actual)));
        }
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        return expected.isNumber() && actual.isNumber()
                ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
                : expected.equals(actual);
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "nothing" : SentRecord.shown(bytes(node));
    }

    /** JSON in one line. */
    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as a tree can be written", e);
        }
    }
}
