package routes.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value stands in a JSON object: {@code location.latitude}, {@code items[0].price}, or, where a name has other
 * characters, a JSON Pointer (RFC 6901) as in {@code /a.b/0}.
 */
public final class FieldPath {
    private static final String PLACE = "0|[1-9]\\d{0,8}";
    private static final Pattern STEP = Pattern.compile("([^\\s.\\[\\]()/~'\"]+)|\\[(" + PLACE + ")]");
    private static final String FORM =
            "expected names with dots between them and places in brackets, as in items[0].price,"
                    + " or a JSON Pointer, as in /a.b/0";

    private final List<Step> steps;

    private FieldPath(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * One level down.
     *
     * @param name of a field; null if only a list is meant
     * @param place in a list, from 0; −1 if only an object is meant
     */
    private record Step(String name, int place) {
        Object of(Object value) {
            if (value instanceof Map<?, ?> object && name != null) {
                return object.get(name);
            }
            return value instanceof List<?> list && place >= 0 && place < list.size() ? list.get(place) : null;
        }
    }

    /** @throws IllegalArgumentException with a sentence if it is none */
    public static FieldPath parse(String text) {
        return new FieldPath(text.startsWith("/") ? pointer(text) : names(text));
    }

    private static List<Step> pointer(String text) {
        List<Step> steps = new ArrayList<>();
        for (String token : text.substring(1).split("/", -1)) {
            if (token.replace("~0", "").replace("~1", "").contains("~")) {
                throw new IllegalArgumentException("the JSON Pointer '" + text
                        + "' has a '~' that neither 0 nor 1 follows; expected ~0 for '~' and" + " ~1 for '/'");
            }
            steps.add(new Step(
                    token.replace("~1", "/").replace("~0", "~"), token.matches(PLACE) ? Integer.parseInt(token) : -1));
        }
        return steps;
    }

    private static List<Step> names(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int at = 0;
        while (at < text.length()) {
            int begin = at > 0 && text.charAt(at) == '.' ? at + 1 : at;
            boolean named = step.region(begin, text.length()).lookingAt() && step.group(1) != null;
            // A name stands at the begin and after a dot, a place behind what it is a place of.
            if (!step.lookingAt() || named != (begin > at || at == 0)) {
                throw wrong(text);
            }
            steps.add(named ? new Step(step.group(1), -1) : new Step(null, Integer.parseInt(step.group(2))));
            at = step.end();
        }
        if (steps.isEmpty()) {
            throw wrong(text);
        }
        return steps;
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("'" + text + "' names no field; " + FORM);
    }

    /** The value that stands there; null if none does, or {@code null}. */
    public Object of(Map<String, ?> object) {
        Object value = object;
        for (Step step : steps) {
            value = step.of(value);
        }
        return value;
    }
}
