package routes.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds things anywhere in a file. */
public final class Walk {
    /** Steps, and beginnings of routes, that may name their endpoint by a plain text. */
    private static final Set<String> PLAIN =
            Set.of("from", "to", "toD", "wireTap", "poll", "deadLetterUri", "interceptFrom", "interceptSendToEndpoint");

    private Walk() {}

    /**
     * A value under its key.
     *
     * @param parent the key above that one; empty at the top
     */
    record Field(String name, YamlNode value, String parent) {}

    /**
     * An endpoint with what names it.
     *
     * @param kind the step, or {@code from}, or the option
     */
    record Use(String kind, Endpoint endpoint) {}

    /** All fields, at any depth, but not those of an endpoint's {@code parameters}. */
    static List<Field> fields(YamlNode root) {
        List<Field> fields = new ArrayList<>();
        collect(root, "", fields);
        return fields;
    }

    private static void collect(YamlNode node, String parent, List<Field> fields) {
        node.fields().forEach((name, value) -> {
            fields.add(new Field(name, value, parent));
            if (!name.equals("parameters")) {
                collect(value, name, fields);
            }
        });
        node.elements().forEach(element -> collect(element, parent, fields));
    }

    /** All plain texts, at any depth. */
    public static List<YamlNode> texts(YamlNode root) {
        List<YamlNode> texts = new ArrayList<>();
        collectTexts(root, texts);
        return texts;
    }

    private static void collectTexts(YamlNode node, List<YamlNode> texts) {
        if (node.isTextual()) {
            texts.add(node);
        }
        node.forEach(child -> collectTexts(child, texts));
    }

    /** Every endpoint that a part of a file names by a URI. */
    static List<Use> endpoints(YamlNode root) {
        return fields(root).stream()
                .filter(field -> field.value().path("uri").isScalar()
                        || PLAIN.contains(field.name()) && field.value().isTextual())
                .map(field -> new Use(field.name(), Endpoint.of(field.value())))
                .toList();
    }
}
