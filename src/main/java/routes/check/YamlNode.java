package routes.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A value in a file of YAML, with its place.
 *
 * @param key where its key stands, or the value itself if it has none
 * @param value where the value begins
 * @param scalar the value if it is a plain one, otherwise a missing node
 * @param fields in the order of the file; empty if it is no mapping
 * @param elements empty if it is no list
 * @param isList whether it is a list, which may be empty
 */
public record YamlNode(
        Position key,
        Position value,
        JsonNode scalar,
        Map<String, YamlNode> fields,
        List<YamlNode> elements,
        boolean isList)
        implements Iterable<YamlNode> {
    private static final YamlNode MISSING =
            new YamlNode(Position.START, Position.START, MissingNode.getInstance(), Map.of(), List.of(), false);

    /** The value under a key; a missing one, without content, if there is none. */
    public YamlNode path(String name) {
        return fields.getOrDefault(name, MISSING);
    }

    /** The element of a list, counted from 0; a missing one if there is none. */
    public YamlNode path(int index) {
        return index >= 0 && index < elements.size() ? elements.get(index) : MISSING;
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** The number of elements or fields. */
    public int size() {
        return fields.size() + elements.size();
    }

    /** The plain value as text; empty if it is none. */
    public String asText() {
        return scalar.isMissingNode() || scalar.isNull() ? "" : scalar.asText();
    }

    public boolean asBoolean() {
        return scalar.asBoolean();
    }

    public boolean isTextual() {
        return scalar.isTextual();
    }

    /** Whether it is plain: neither a mapping nor a list. */
    public boolean isScalar() {
        return !scalar.isMissingNode();
    }

    /** The elements of a list, the values of a mapping. */
    @Override
    public Iterator<YamlNode> iterator() {
        Collection<YamlNode> children = fields.isEmpty() ? elements : fields.values();
        return children.iterator();
    }

    /** The same at the same place, with another plain value. */
    YamlNode withScalar(JsonNode other) {
        return new YamlNode(key, value, other, fields, elements, isList);
    }

    /** The same as Jackson has it. */
    public JsonNode json() {
        if (isScalar()) {
            return scalar;
        }
        if (isList) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            elements.forEach(element -> array.add(element.json()));
            return array;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, field) -> object.set(name, field.json()));
        return object;
    }
}
