package routes.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import routes.json.FieldPath;

/**
 * Reads conditions and texts in Simple: a closed list of functions and operators, no methods, nothing nested. It goes over
 * the text once, and what it accepts Camel reads in the same way.
 */
public final class SimpleParser {
    static final int LONGEST = 8_000;
    static final int MOST_COMPARISONS = 200;
    private static final int LONGEST_NAME = 200;
    /** Functions that take nothing. */
    private static final Set<String> PLAIN =
            Set.of("activity", "body", "late", "rig", "routeId", "seq", "time", "well");

    private static final Set<String> OUTSIDE = Set.of("env", "properties", "propertiesExist", "sys", "sysenv");
    private static final String CHANNEL = "channel";
    /** What a record said, by its place in the JSON. */
    static final String FIELD = "field";

    private static final String HEADER = "header";
    private static final String RESOURCE = "resource:";
    private static final String EXPECTED = "expected one of " + String.join(", ", names());
    /** What Camel takes for more than text outside of functions. */
    private static final List<String> OPERATORS_OF_TEXTS = List.of("~>", " ? ", " ?: ", "}++", "}--");

    private final String text;
    private final Predicate<String> allowed;
    private int at;

    private SimpleParser(String text, Predicate<String> allowed) {
        this.text = text;
        this.allowed = allowed;
    }

    /** The functions that there are, as they are written. */
    public static List<String> names() {
        Set<String> names = new TreeSet<>(PLAIN);
        names.add(CHANNEL + "(NAME)");
        names.add(FIELD + "(PATH)");
        names.add(HEADER + ".NAME");
        return List.copyOf(names);
    }

    /**
     * @param allowed names of functions that are taken besides, whatever they are given
     * @throws SimpleSyntaxException if it is none
     */
    public static Simple.Condition condition(String text, Predicate<String> allowed) {
        return new SimpleParser(text, allowed).condition();
    }

    /** As {@link #condition}, for a text with functions in it. */
    public static Simple.Template template(String text, Predicate<String> allowed) {
        return new SimpleParser(text, allowed).template();
    }

    private Simple.Template template() {
        bounded();
        for (String operator : OPERATORS_OF_TEXTS) {
            if (text.contains(operator)) {
                throw new SimpleSyntaxException(
                        operator,
                        0,
                        "'" + operator.strip() + "' means more than text to Simple; expected it not to be here");
            }
        }
        List<Simple.Operand> parts = new ArrayList<>();
        while (at < text.length()) {
            int next = text.indexOf('$', at);
            if (next > at || next < 0) {
                int end = next < 0 ? text.length() : next;
                parts.add(new Simple.Text(text.substring(at, end)));
                at = end;
            } else {
                parts.add(function());
            }
        }
        return new Simple.Template(parts);
    }

    private Simple.Condition condition() {
        bounded();
        Simple.Condition condition = comparison();
        int comparisons = 1;
        while (!atEnd()) {
            String joint = text.startsWith("&&", at) ? "&&" : "||";
            if (!text.startsWith(joint, at)) {
                throw unexpected("expected '&&', '||' or the end");
            }
            at += joint.length();
            if (!isBlank(at)) {
                throw unexpected("expected a blank after '" + joint + "'");
            }
            if (++comparisons > MOST_COMPARISONS) {
                throw unexpected("expected at most " + MOST_COMPARISONS + " comparisons");
            }
            condition = new Simple.Joined(condition, joint.equals("&&"), comparison());
        }
        return condition;
    }

    private Simple.Condition comparison() {
        Simple.Operand left = left();
        int before = at;
        if (atEnd() || text.startsWith("&&", at) || text.startsWith("||", at)) {
            return new Simple.Truth(left);
        }
        int start = at;
        String symbol = word();
        Simple.Operator operator = Simple.Operator.of(symbol).orElseThrow(() -> {
            at = start;
            return unexpected("expected one of "
                    + Arrays.stream(Simple.Operator.values())
                            .map(Simple.Operator::symbol)
                            .collect(Collectors.joining(", ")));
        });
        // Camel sees an operator only between two blanks.
        if (text.charAt(before - 1) != ' ' || at >= text.length() || text.charAt(at) != ' ') {
            at = start;
            throw unexpected("expected a blank before and after '" + symbol + "'");
        }
        return new Simple.Comparison(left, operator, operand());
    }

    private Simple.Operand left() {
        Simple.Operand left = operand();
        if (left instanceof Simple.Number || left instanceof Simple.Nothing) {
            throw new SimpleSyntaxException(
                    text,
                    0,
                    "a comparison begins with a number or null; expected a function first, as in ${activity} == 2");
        }
        skipBlanks();
        return left;
    }

    private Simple.Operand operand() {
        skipBlanks();
        if (at >= text.length()) {
            throw new SimpleSyntaxException(text, 0, "the condition ends too early; expected a function or a value");
        }
        char first = text.charAt(at);
        if (first == '$') {
            return function();
        }
        if (first == '\'' || first == '"') {
            return quoted(first);
        }
        return value();
    }

    private Simple.Operand quoted(char mark) {
        int end = text.indexOf(mark, at + 1);
        if (end < 0) {
            throw unexpected("expected a second quotation mark");
        }
        String content = text.substring(at + 1, end);
        if (content.contains("$")) {
            throw unexpected("expected plain text in quotation marks, without functions");
        }
        at = end + 1;
        return new Simple.Text(content);
    }

    private Simple.Operand value() {
        int start = at;
        String word = word();
        if (word.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?") || isLong(word)) {
            return new Simple.Number(new BigDecimal(word));
        }
        return switch (word) {
            case "true", "false" -> new Simple.Flag(word.equals("true"));
            case "null" -> new Simple.Nothing();
            default -> {
                at = start;
                throw unexpected(
                        "expected a function as in ${activity}, a number, true, false, null, or a text in quotation"
                                + " marks");
            }
        };
    }

    /** Of 19 digits only some numbers are of 64 bits. */
    private static boolean isLong(String word) {
        return word.matches("-?[0-9]{19}") && new BigInteger(word).bitLength() < Long.SIZE;
    }

    /** What stands there up to the next blank, or to what joins two conditions. */
    private String word() {
        int end = at;
        while (end < text.length() && !isBlank(end) && !text.startsWith("&&", end) && !text.startsWith("||", end)) {
            end++;
        }
        String word = text.substring(at, end);
        at = end;
        return word;
    }

    private Simple.Function function() {
        int end = text.indexOf('}', at);
        if (!text.startsWith("${", at)) {
            throw unexpected("expected '$' only before '{', as in ${rig}");
        }
        if (end < 0) {
            throw unexpected("expected '}' at the end of the function");
        }
        String written = text.substring(at, end + 1);
        String content = written.substring(2, written.length() - 1);
        if (content.contains("{") || content.contains("$")) {
            throw new SimpleSyntaxException(
                    written, 0, "'" + written + "' has a function in a function; expected none, as in ${rig}");
        }
        at = end + 1;
        return function(written, content);
    }

    private Simple.Function function(String written, String content) {
        int letters = 0;
        while (letters < content.length() && Character.isLetter(content.charAt(letters))) {
            letters++;
        }
        String name = content.substring(0, letters);
        String rest = content.substring(letters);
        if (OUTSIDE.contains(name)) {
            throw new SimpleSyntaxException(written, 0, Placeholders.secret(written));
        }
        if (rest.startsWith("(") && rest.endsWith(")")) {
            String argument =
                    unquoted(rest.substring(1, rest.length() - 1).strip()).strip();
            // Camel takes an argument for a text in Simple, which may be that of another file.
            if (argument.regionMatches(true, 0, RESOURCE, 0, RESOURCE.length())) {
                throw new SimpleSyntaxException(
                        written, 0, "'" + written + "' reads another file; expected a name in the brackets");
            }
            if (name.equals(CHANNEL) && isId(argument) || name.equals(FIELD) && isPath(argument, written)) {
                return new Simple.Function(name, argument, written);
            }
        }
        if (name.equals(HEADER) && rest.matches("\\.[A-Za-z_][\\w-]{0,199}")) {
            return new Simple.Function(name, rest.substring(1), written);
        }
        if (rest.isEmpty() && PLAIN.contains(name) || allowed.test(name)) {
            return new Simple.Function(name, rest, written);
        }
        throw refused(written, name, rest);
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && (text.charAt(0) == '\'' || text.charAt(0) == '"')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME && text.chars().noneMatch(c -> "'\"()".indexOf(c) >= 0);
    }

    private static boolean isPath(String text, String written) {
        try {
            FieldPath.parse(text);
            return text.length() <= LONGEST_NAME;
        } catch (IllegalArgumentException e) {
            throw new SimpleSyntaxException(written, Math.max(0, written.indexOf(text)), e.getMessage());
        }
    }

    private static SimpleSyntaxException refused(String written, String name, String rest) {
        Set<String> known = new TreeSet<>(PLAIN);
        known.addAll(List.of(CHANNEL, FIELD, HEADER));
        if (known.contains(name)) {
            return new SimpleSyntaxException(
                    written,
                    2,
                    "'" + written + "' reaches further than a route may; " + EXPECTED
                            + "; routes.allow-components=class allows it");
        }
        String nearest = rest.isEmpty() ? Problems.nearest(name, known) : "";
        return new SimpleSyntaxException(
                written,
                2,
                "the function " + written + " is not allowed; " + EXPECTED
                        + (nearest.isEmpty() ? "; routes.allow-components=" + name + " allows it" : nearest));
    }

    private void bounded() {
        if (text.length() > LONGEST) {
            throw new SimpleSyntaxException(
                    text, 0, "this has " + text.length() + " characters; expected at most " + LONGEST);
        }
        if (text.contains("\\")) {
            throw new SimpleSyntaxException("\\", 0, "'\\' is not allowed in Simple; expected text without it");
        }
    }

    private boolean atEnd() {
        skipBlanks();
        return at >= text.length();
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(at)) {
            at++;
        }
    }

    private boolean isBlank(int index) {
        return index < text.length() && Character.isWhitespace(text.charAt(index));
    }

    private SimpleSyntaxException unexpected(String expected) {
        String rest = text.substring(at);
        return new SimpleSyntaxException(
                rest, 0, (rest.isEmpty() ? "the condition ends here" : "'" + rest + "' stands here") + "; " + expected);
    }
}
