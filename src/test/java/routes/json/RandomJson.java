package routes.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Objects of all kinds of values, the same for the same seed. */
final class RandomJson {
    private static final List<String> NAMES =
            List.of("a", "b", "a.b", "a/b", "m~n", "", "0", "1", "-", "x y", "é", "items", "price", "~1", "[0]");

    private final SplittableRandom random;

    RandomJson(SplittableRandom random) {
        this.random = random;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String object(int levels) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = below(5); i > 0; i--) {
            names.add(NAMES.get(below(NAMES.size())));
        }
        List<String> fields = new ArrayList<>();
        names.forEach(name -> fields.add("\"" + name + "\":" + value(levels - 1)));
        return "{" + String.join(",", fields) + "}";
    }

    private String value(int levels) {
        return switch (below(levels > 0 ? 8 : 5)) {
            case 0 -> number();
            case 1 -> "\"" + NAMES.get(below(NAMES.size())) + "\"";
            case 2 -> List.of("true", "false", "null").get(below(3));
            case 3 -> Long.toString(random.nextLong());
            case 4 -> Integer.toString(below(100));
            case 5 -> list(levels);
            default -> object(levels);
        };
    }

    private String list(int levels) {
        List<String> elements = new ArrayList<>();
        for (int i = below(4); i > 0; i--) {
            elements.add(value(levels - 1));
        }
        return "[" + String.join(", ", elements) + "]";
    }

    /** Whether what was read is what a tree has, whole numbers of 64 bits as Long and others as BigDecimal. */
    static boolean same(Object read, JsonNode tree) {
        if (tree.isObject()) {
            return read instanceof Map<?, ?> object
                    && object.size() == tree.size()
                    && tree.properties().stream()
                            .allMatch(field -> object.containsKey(field.getKey())
                                    && same(object.get(field.getKey()), field.getValue()));
        }
        if (tree.isArray()) {
            return read instanceof List<?> list
                    && list.size() == tree.size()
                    && IntStream.range(0, tree.size()).allMatch(i -> same(list.get(i), tree.get(i)));
        }
        if (tree.isNumber()) {
            return tree.isIntegralNumber() && tree.canConvertToLong()
                    ? read.equals(tree.longValue())
                    : read instanceof BigDecimal number && number.compareTo(tree.decimalValue()) == 0;
        }
        return tree.isNull() || tree.isMissingNode()
                ? read == null
                : read.equals(tree.isBoolean() ? (Object) tree.booleanValue() : tree.textValue());
    }

    /** As JSON may write it. */
    String number() {
        String whole = below(3) == 0 ? Long.toString(random.nextLong()) : Integer.toString(below(20) - 10);
        String fraction = below(2) == 0 ? "" : "." + below(1_000);
        return whole + fraction + (below(4) == 0 ? "e" + (below(40) - 20) : "");
    }
}
