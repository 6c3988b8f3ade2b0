package routes.conventions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Camel's own description of its YAML. */
final class YamlSchema {
    private static final String CAMEL = "/schema/camelYamlDsl.json";

    private final YAMLMapper yaml = new YAMLMapper();
    private final Map<String, String> settings;
    private final JsonSchema schema;

    YamlSchema(Map<String, String> settings) {
        this.settings = settings;
        JsonMetaSchema draft = JsonMetaSchema.builder(JsonMetaSchema.getV4())
                .keyword(new NonValidationKeyword("deprecated"))
                .build();
        JsonSchemaFactory factory = JsonSchemaFactory.builder()
                .metaSchema(draft)
                .defaultMetaSchemaIri(draft.getIri())
                .build();
        try (InputStream json = YamlSchema.class.getResourceAsStream(CAMEL)) {
            schema = factory.getSchema(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> problems(JsonNode content) {
        return schema.validate(resolved(content)).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** With the values of settings in the place of placeholders: a number, where the schema asks for one. */
    private JsonNode resolved(JsonNode node) {
        if (node.isObject()) {
            ObjectNode copy = yaml.createObjectNode();
            node.properties().forEach(entry -> copy.set(entry.getKey(), resolved(entry.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = yaml.createArrayNode();
            node.forEach(element -> copy.add(resolved(element)));
            return copy;
        }
        String text = node.asText();
        boolean placeholder = text.startsWith("{{") && text.endsWith("}}");
        String value = placeholder ? settings.get(text.substring(2, text.length() - 2)) : null;
        return value == null ? node : scalar(value);
    }

    private JsonNode scalar(String value) {
        try {
            JsonNode scalar = yaml.readTree(value);
            return scalar.isValueNode() ? scalar : new TextNode(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
