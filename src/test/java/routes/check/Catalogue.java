package routes.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that this version of Camel knows, by its own catalogue and the schema of its YAML. */
final class Catalogue {
    private static final String FOLDER = "/org/apache/camel/catalog/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode schema = json("/schema/camelYamlDsl.json").path("items");

    /** The names of one kind, as {@code components}. */
    List<String> names(String kind) {
        try (InputStream list = Catalogue.class.getResourceAsStream(FOLDER + kind + ".properties")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By component, with which its URIs begin, the options of its endpoints. */
    Map<String, Set<String>> components() {
        Map<String, Set<String>> components = new TreeMap<>();
        for (String name : names("components")) {
            JsonNode component = json(FOLDER + "components/" + name + ".json");
            Set<String> options = new TreeSet<>();
            component.path("properties").fieldNames().forEachRemaining(options::add);
            String scheme = component.path("component").path("scheme").asText();
            components.put(scheme, options);
            for (String other : component
                    .path("component")
                    .path("alternativeSchemes")
                    .asText(scheme)
                    .split(",")) {
                components.put(other, options);
            }
        }
        return components;
    }

    /** As they are called, without what they are given. */
    Set<String> simpleFunctions() {
        Set<String> functions = new TreeSet<>();
        json(FOLDER + "languages/simple.json")
                .path("functions")
                .fieldNames()
                .forEachRemaining(name -> functions.add(name.replaceFirst("[.(:].*", "")));
        return functions;
    }

    /** By step, what may stand below it. */
    Map<String, Set<String>> steps() {
        Map<String, Set<String>> steps = new LinkedHashMap<>();
        JsonNode definitions = schema.path("definitions");
        definitions
                .path("org.apache.camel.model.ProcessorDefinition")
                .path("properties")
                .properties()
                .forEach(step -> steps.put(step.getKey(), fields(step.getValue())));
        return steps;
    }

    /** What may stand below a part that steps and routes are made of. */
    Set<String> fields(String definition) {
        return fields(schema.path("definitions").path("org.apache.camel.model." + definition));
    }

    Set<String> entries() {
        Set<String> entries = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(entries::add);
        return entries;
    }

    private Set<String> fields(JsonNode part) {
        Set<String> fields = new TreeSet<>();
        part.path("properties").fieldNames().forEachRemaining(fields::add);
        List<JsonNode> others = new ArrayList<>();
        part.path("oneOf").forEach(others::add);
        part.path("anyOf").forEach(others::add);
        others.forEach(each -> fields.addAll(fields(each)));
        if (part.has("$ref")) {
            fields.addAll(fields(schema.at(part.path("$ref").asText().replaceFirst("^#/items", ""))));
        }
        return fields;
    }

    private static JsonNode json(String resource) {
        try (InputStream text = Catalogue.class.getResourceAsStream(resource)) {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
