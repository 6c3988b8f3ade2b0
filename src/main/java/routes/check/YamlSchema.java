package routes.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds a file against Camel's own description of its YAML. */
final class YamlSchema {
    private static final String CAMEL = "/schema/camelYamlDsl.json";
    /** These only say that alternatives failed; why each did is said by other messages. */
    private static final Set<String> ABOUT_ALTERNATIVES = Set.of("oneOf", "anyOf", "allOf", "not");

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonNode description;
    private final JsonSchema schema;

    YamlSchema() {
        JsonMetaSchema draft = JsonMetaSchema.builder(JsonMetaSchema.getV4())
                .keyword(new NonValidationKeyword("deprecated"))
                .build();
        JsonSchemaFactory factory = JsonSchemaFactory.builder()
                .metaSchema(draft)
                .defaultMetaSchemaIri(draft.getIri())
                .build();
        try (InputStream json = YamlSchema.class.getResourceAsStream(CAMEL)) {
            description = mapper.readTree(json);
            // Most of the schema is about steps that no file has: each part is read when it is first needed.
            schema = factory.getSchema(
                    description,
                    SchemaValidatorsConfig.builder().preloadJsonSchema(false).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void check(RouteFile file, Problems problems) {
        Map<JsonNodePath, List<ValidationMessage>> byPlace = new LinkedHashMap<>();
        schema.validate(file.content().json())
                .forEach(message -> byPlace.computeIfAbsent(message.getInstanceLocation(), place -> new ArrayList<>())
                        .add(message));
        byPlace.forEach((place, messages) -> {
            boolean toldBelow =
                    byPlace.keySet().stream().anyMatch(other -> !other.equals(place) && other.startsWith(place));
            report(file, messages, toldBelow, problems);
        });
    }

    /** Of all that is said of one place only what names the cause. */
    private void report(RouteFile file, List<ValidationMessage> messages, boolean toldBelow, Problems problems) {
        List<ValidationMessage> types = ofType(messages, Set.of("type"), true);
        List<ValidationMessage> direct = ofType(messages, ABOUT_ALTERNATIVES, false);
        direct.removeAll(types);
        direct.removeAll(missingByOneAlternative(direct));
        YamlNode node = find(file.content(), messages.get(0).getInstanceLocation());
        if (!direct.isEmpty()) {
            direct.forEach(message -> {
                boolean field = message.getType().equals("additionalProperties");
                Position at = field ? node.path(property(message)).key() : node.key();
                problems.error(file.name(), at, sentence(message));
            });
        } else if (!toldBelow && !types.isEmpty()) {
            problems.error(file.name(), node.value(), wrongType(types));
        } else if (!toldBelow) {
            problems.error(
                    file.name(),
                    node.key(),
                    "Camel's schema does not allow this: " + messages.get(0).getMessage());
        }
    }

    /** What one alternative or another misses: no more than one of them is wanted, and what keeps it away is told below. */
    private static List<ValidationMessage> missingByOneAlternative(List<ValidationMessage> messages) {
        List<ValidationMessage> missing = ofType(messages, Set.of("required"), true);
        long alternatives = missing.stream()
                .map(message -> message.getEvaluationPath().getParent())
                .distinct()
                .count();
        return alternatives > 1 ? missing : List.of();
    }

    private static List<ValidationMessage> ofType(List<ValidationMessage> all, Set<String> types, boolean wanted) {
        return all.stream()
                .filter(message -> types.contains(message.getType()) == wanted)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String wrongType(List<ValidationMessage> types) {
        Collection<String> expected = types.stream()
                .map(message -> String.valueOf(message.getArguments()[1]))
                .collect(Collectors.toCollection(TreeSet::new));
        String found = String.valueOf(types.get(0).getArguments()[0]);
        boolean unquoted = expected.contains("string")
                && Set.of("integer", "number", "boolean").contains(found);
        return "this is of type " + found + "; expected " + String.join(" or ", expected)
                + (unquoted ? ": put it in quotes" : "");
    }

    private String sentence(ValidationMessage message) {
        return switch (message.getType()) {
            case "additionalProperties" -> unknown(message);
            case "required" -> "'" + property(message) + "' is missing here; expected it below this";
            case "enum" -> message.getInstanceNode() + " is not allowed; expected one of " + message.getSchemaNode();
            default -> "Camel's schema does not allow this: " + message.getMessage();
        };
    }

    private String unknown(ValidationMessage message) {
        Set<String> known = new TreeSet<>();
        siblings(message).path("properties").fieldNames().forEachRemaining(known::add);
        String name = property(message);
        return "'" + name + "' is not known here; "
                + (known.isEmpty() ? "expected nothing of that name" : Problems.oneOf(name, known));
    }

    /** The part of the schema in which the keyword of a message stands. */
    private JsonNode siblings(ValidationMessage message) {
        JsonNodePath place = message.getSchemaLocation().getFragment();
        JsonPointer pointer = JsonPointer.empty();
        for (int i = 0; i < place.getNameCount() - 1; i++) {
            Object element = place.getElement(i);
            pointer = element instanceof Integer index
                    ? pointer.appendIndex(index)
                    : pointer.appendProperty(element.toString());
        }
        return description.at(pointer);
    }

    private static String property(ValidationMessage message) {
        return message.getProperty() == null ? String.valueOf(message.getArguments()[0]) : message.getProperty();
    }

    private static YamlNode find(YamlNode root, JsonNodePath place) {
        YamlNode node = root;
        for (int i = 0; i < place.getNameCount(); i++) {
            Object element = place.getElement(i);
            node = element instanceof Integer index ? node.path(index) : node.path(element.toString());
        }
        return node;
    }
}
