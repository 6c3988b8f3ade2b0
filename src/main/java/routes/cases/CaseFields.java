package routes.cases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import routes.check.Problems;
import routes.check.YamlNode;

/** Takes apart what a file of cases says, and reports what is of another type than expected. */
final class CaseFields {
    private final String file;
    private final Problems problems;

    CaseFields(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Whether it is a mapping; its unknown fields are reported. */
    boolean mapping(YamlNode node, String expected, Set<String> known) {
        if (node.isScalar() || node.isList()) {
            problems.error(file, node.value(), "this is no mapping; expected " + expected);
            return false;
        }
        node.fields().forEach((name, value) -> {
            if (!known.contains(name)) {
                problems.error(
                        file,
                        value.key(),
                        "'" + name + "' is not known here; " + Problems.oneOf(name, new TreeSet<>(known)));
            }
        });
        return true;
    }

    /** A plain value; empty if it is not there, null, or no plain value, which is reported. */
    Optional<String> text(YamlNode node, String name) {
        return node.has(name) ? plain(node.path(name)) : Optional.empty();
    }

    private Optional<String> plain(YamlNode value) {
        if (!value.isScalar()) {
            problems.error(file, value.value(), "this is a list or mapping; expected a text");
            return Optional.empty();
        }
        return value.scalar().isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    /** A mapping of plain values; null for one without content. */
    Map<String, String> texts(YamlNode node, String name) {
        YamlNode mapping = node.path(name);
        Map<String, String> texts = new LinkedHashMap<>();
        if (node.has(name) && (mapping.isScalar() || mapping.isList())) {
            problems.error(file, mapping.value(), "this is no mapping; expected names with their texts");
        }
        mapping.fields().forEach((key, value) -> texts.put(key, plain(value).orElse(null)));
        return texts;
    }

    /** Empty if it is not there or no list, which is reported. */
    List<YamlNode> list(YamlNode node, String name, String expected) {
        YamlNode list = node.path(name);
        if (node.has(name) && !list.isList()) {
            problems.error(file, list.value(), "this is no list; expected " + expected);
        }
        return list.elements();
    }
}
