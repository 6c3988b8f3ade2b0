package routes.settings;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a setting may be, as its specification says: {@code int 0..10000}, {@code duration 1s..1h},
 * {@code enum INFO|WARN}, {@code path?} (the question mark: may be empty).
 */
final class Kind {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(|B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)");

    private final String text;
    private final boolean mayBeEmpty;
    private final boolean secret;
    private final Function<String, Object> parser;

    private Kind(String text, boolean mayBeEmpty, boolean secret, Function<String, Object> parser) {
        this.text = text;
        this.mayBeEmpty = mayBeEmpty;
        this.secret = secret;
        this.parser = parser;
    }

    /** @throws IllegalArgumentException if there is no such type or its range cannot be read */
    static Kind of(String specification) {
        String[] words = specification.split(" ", 2);
        String range = words.length > 1 ? words[1] : "";
        boolean mayBeEmpty = words[0].endsWith("?");
        String type = mayBeEmpty ? words[0].substring(0, words[0].length() - 1) : words[0];
        return new Kind(
                type + (range.isEmpty() ? "" : " " + range), mayBeEmpty, type.equals("secret"), parser(type, range));
    }

    private static Function<String, Object> parser(String type, String range) {
        return switch (type) {
            case "int" -> within(range, Integer::valueOf);
            case "long" -> within(range, Long::valueOf);
            case "decimal" -> within(range, BigDecimal::new);
            case "port" -> within("0..65535", Integer::valueOf);
            case "duration" -> within(range, Kind::duration);
            case "size" -> within(range, Kind::size);
            case "bool" -> value -> flag(value);
            case "enum" -> value -> oneOf(range, value);
            case "list" -> value -> list(range, value);
            case "path" -> Path::of;
            case "text", "secret" -> value -> value;
            default -> throw new IllegalArgumentException("no such type of setting: '" + type + "'");
        };
    }

    /**
     * @return the value, or an empty text (of a list: an empty list) for an empty setting that may be so
     * @throws IllegalArgumentException if the text is not such a value
     */
    Object parse(String value) {
        if (value.isEmpty()) {
            if (!mayBeEmpty) {
                throw new IllegalArgumentException("empty");
            }
            return text.startsWith("list") ? List.of() : "";
        }
        return parser.apply(value);
    }

    boolean isSecret() {
        return secret;
    }

    /** The specification as people read it in a message: {@code int 0..10000}. */
    String expected() {
        String example = text.startsWith("duration") ? " (as in 500ms, 1s, 15m, 24h or 7d)" : "";
        example = text.startsWith("size") ? " (as in 64MiB or 10GB)" : example;
        example = text.startsWith("port") ? " (as in 9092; 0..65535)" : example;
        return text + example + (mayBeEmpty ? " or nothing" : "");
    }

    private static <T extends Comparable<T>> Function<String, Object> within(String range, Function<String, T> parser) {
        if (range.isEmpty()) {
            return parser::apply;
        }
        String[] bounds = range.split("\\.\\.", 2);
        T least = parser.apply(bounds[0]);
        T most = parser.apply(bounds[1]);
        return value -> {
            T parsed = parser.apply(value);
            if (parsed.compareTo(least) < 0 || parsed.compareTo(most) > 0) {
                throw new IllegalArgumentException(value);
            }
            return parsed;
        };
    }

    /** A whole number and its unit: {@code 500ms}, {@code 1s}, {@code 15m}, {@code 24h}, {@code 7d}. */
    static Duration duration(String value) {
        Matcher matcher = matcher(DURATION, value);
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofSeconds(Math.multiplyExact(amount, 60));
            case "h" -> Duration.ofSeconds(Math.multiplyExact(amount, 3_600));
            default -> Duration.ofSeconds(Math.multiplyExact(amount, 86_400));
        };
    }

    private static Long size(String value) {
        Matcher matcher = matcher(SIZE, value);
        String unit = matcher.group(2);
        long base = unit.endsWith("iB") ? 1_024 : 1_000;
        int power = unit.isEmpty() ? 0 : "BKMGT".indexOf(unit.charAt(0));
        long bytes = Long.parseLong(matcher.group(1));
        for (int i = 0; i < power; i++) {
            bytes = Math.multiplyExact(bytes, base);
        }
        return bytes;
    }

    private static Boolean flag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(value);
        };
    }

    private static String oneOf(String choices, String value) {
        if (!Set.of(choices.split("\\|")).contains(value)) {
            throw new IllegalArgumentException(value);
        }
        return value;
    }

    private static List<String> list(String choices, String value) {
        List<String> elements =
                Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        for (String element : elements) {
            if (element.isEmpty()) {
                throw new IllegalArgumentException(value);
            }
            if (!choices.isEmpty()) {
                oneOf(choices, element);
            }
        }
        return elements;
    }

    private static Matcher matcher(Pattern pattern, String value) {
        Matcher matcher = pattern.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(value);
        }
        return matcher;
    }
}
