package routes.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts the values of settings in the place of <code>{{key}}</code>, once, before anything else looks at a file: what is
 * checked is what Camel gets. There is no other form of a placeholder: no default, no function, none in another.
 */
final class Placeholders {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEGIN = "{{";
    private static final String END = "}}";
    private static final int LONGEST = 100_000;
    private static final int LONGEST_KEY = 200;

    private final Surroundings surroundings;
    private final Problems problems;
    private final Set<String> used = new TreeSet<>();

    Placeholders(Surroundings surroundings, Problems problems) {
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /** The keys of the settings that were asked for. */
    Set<String> used() {
        return used;
    }

    static String secret(String what) {
        return what
                + " could put a secret into a route, and from there into messages and logs; expected a setting of your"
                + " own, {{my.NAME}}, that is none";
    }

    /** The same file with values, without blanks around its texts. */
    RouteFile resolved(RouteFile file) {
        return new RouteFile(file.name(), file.text(), resolved(file, file.content()));
    }

    private YamlNode resolved(RouteFile file, YamlNode node) {
        if (node.isTextual()) {
            return node.withScalar(scalar(file, node));
        }
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        node.fields().forEach((name, value) -> fields.put(name, resolved(file, value)));
        List<YamlNode> elements =
                node.elements().stream().map(each -> resolved(file, each)).toList();
        return new YamlNode(node.key(), node.value(), node.scalar(), fields, elements, node.isList());
    }

    private JsonNode scalar(RouteFile file, YamlNode node) {
        String text = node.asText().strip();
        // Camel trims as well: an empty setting before a text must not hide how the text begins.
        String value = resolved(file, node, text).strip();
        int control = Problems.control(value);
        if (control >= 0) {
            problems.error(
                    file.name(),
                    node.value(),
                    String.format(
                            "the character U+%04X is not allowed here; expected text without control characters",
                            value.codePointAt(control)));
            return new TextNode("");
        }
        boolean whole = text.startsWith(BEGIN) && text.indexOf(END) == text.length() - END.length();
        return whole ? typed(value) : new TextNode(value);
    }

    /** A number where the schema asks for one. */
    private static JsonNode typed(String value) {
        try {
            JsonNode scalar = JSON.readTree(value);
            return scalar.isNumber() || scalar.isBoolean() ? scalar : new TextNode(value);
        } catch (IOException e) {
            return new TextNode(value); // plain text
        }
    }

    private String resolved(RouteFile file, YamlNode node, String text) {
        StringBuilder resolved = new StringBuilder();
        int from = 0;
        for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, from)) {
            int end = text.indexOf(END, begin);
            String written = end < 0 ? text.substring(begin) : text.substring(begin, end + END.length());
            String key = end < 0 ? "" : written.substring(BEGIN.length(), written.length() - END.length());
            Optional<String> wrong = wrong(key, written);
            if (wrong.isPresent()) {
                problems.error(file.name(), file.find(node, written), wrong.get());
                problems.said(file.name(), node.value());
                return ""; // nothing that was refused is looked at any further
            }
            used.add(key);
            resolved.append(text, from, begin).append(surroundings.setting(key));
            from = end + END.length();
        }
        resolved.append(text, from, text.length());
        if (resolved.length() > LONGEST || from > 0 && resolved.indexOf(BEGIN) >= 0) {
            problems.error(
                    file.name(),
                    node.value(),
                    "with the values of its settings this is longer than " + LONGEST
                            + " characters or has '{{' in it; expected plain values");
            return "";
        }
        return resolved.toString();
    }

    private Optional<String> wrong(String key, String written) {
        boolean named = key.length() <= LONGEST_KEY && key.matches("[A-Za-z][\\w.-]*");
        int colon = key.indexOf(':');
        String plain = (colon < 0 ? key : key.substring(0, colon)).strip().replaceFirst("^[?!]", "");
        if (surroundings.secrets().contains(plain) || surroundings.secrets().contains(key)) {
            return Optional.of(secret(written));
        }
        if (!named) {
            return Optional.of(
                    "'" + written + "' is not the name of a setting; expected {{NAME}} alone, without default,"
                            + " function or another placeholder in it, as a secret could come by them");
        }
        if (key.startsWith("camel.")) {
            return Optional.of("'" + written + "' is a setting of Camel itself; expected one of ours or of your own,"
                    + " {{my.NAME}}");
        }
        if (surroundings.setting(key) == null) {
            Set<String> keys = new TreeSet<>(surroundings.settings().stringPropertyNames());
            keys.removeIf(
                    each -> each.startsWith("camel.") || surroundings.secrets().contains(each));
            return Optional.of(
                    "there is no setting {{" + key + "}}; expected one of application.properties, or one of your"
                            + " own, --set my.NAME=VALUE" + Problems.nearest(key, keys));
        }
        return Optional.empty();
    }
}
