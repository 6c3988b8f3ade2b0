package routes.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares values as {@link JsonReader} makes them, exactly: whole numbers as 64 bits, others as decimals, and a text is
 * never a number. What cannot be compared is neither equal nor more nor less. No value is null here.
 */
public final class JsonValues {
    private static final String NUMBER = "-?\\d{1,300}(?:\\.\\d{1,300})?";
    private static final Pattern RANGE = Pattern.compile("\\s*(" + NUMBER + ")\\.\\.(" + NUMBER + ")\\s*");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonValues() {}

    /** What another function of a condition gave, as a value of JSON; null stays null. */
    public static Object of(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            return new BigDecimal(value.toString());
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        boolean known = value == null
                || value instanceof Long
                || value instanceof BigDecimal
                || value instanceof Boolean
                || value instanceof List<?>;
        return known ? value : value.toString();
    }

    /** As a person reads it: a text without quotation marks, objects and lists as JSON. */
    public static String text(Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written", e);
        }
    }

    public static boolean equal(Object one, Object other) {
        return one instanceof Number && other instanceof Number
                ? compare((Number) one, (Number) other) == 0
                : one.equals(other);
    }

    public static boolean equalIgnoringCase(Object one, Object other) {
        return one instanceof String text && other instanceof String second
                ? text.equalsIgnoreCase(second)
                : equal(one, other);
    }

    /** @param wanted of the sign that says which is more */
    public static boolean ordered(Object one, Object other, IntPredicate wanted) {
        if (one instanceof Number number && other instanceof Number second) {
            return wanted.test(compare(number, second));
        }
        return one instanceof String text && other instanceof String second && wanted.test(text.compareTo(second));
    }

    private static int compare(Number one, Number other) {
        return one instanceof Long whole && other instanceof Long second
                ? Long.compare(whole, second)
                : decimal(one).compareTo(decimal(other));
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) number;
    }

    /** Whether a text has this part, or a list this element. */
    public static boolean contains(Object one, Object part) {
        return one instanceof List<?> list
                ? list.stream().anyMatch(element -> element != null && equal(element, part))
                : one instanceof String text && part instanceof String second && text.contains(second);
    }

    /** @param list of texts or numbers with commas between them */
    public static Predicate<Object> oneOf(String list) {
        Set<String> texts = new HashSet<>(Arrays.asList(list.split(",")));
        List<BigDecimal> numbers = texts.stream()
                .map(String::strip)
                .filter(text -> text.matches(NUMBER))
                .map(BigDecimal::new)
                .toList();
        return value -> value instanceof Number number
                ? numbers.stream().anyMatch(each -> compare(number, each) == 0)
                : texts.contains(value.toString());
    }

    /**
     * @param range as {@code 2..5.5}, with both ends
     * @return empty if it is none
     */
    public static Optional<Predicate<Object>> between(String range) {
        Matcher ends = RANGE.matcher(range);
        if (!ends.matches()) {
            return Optional.empty();
        }
        BigDecimal least = new BigDecimal(ends.group(1));
        BigDecimal most = new BigDecimal(ends.group(2));
        return Optional.of(
                value -> value instanceof Number number && compare(number, least) >= 0 && compare(number, most) <= 0);
    }
}
