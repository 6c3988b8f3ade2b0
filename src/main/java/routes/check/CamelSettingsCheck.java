package routes.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CatalogCamelContext;

/**
 * Holds what is set for Camel itself against the descriptions in its jars: {@code camel.component.<name>.<option>} and
 * the settings of camel-main. Camel itself takes a wrong name or value at the start only, one at a time, or not at all.
 */
final class CamelSettingsCheck {
    private static final String COMPONENT = "camel.component.";
    private static final String MAIN = "/META-INF/camel-main-configuration-metadata.json";
    /** Nothing describes these: what they stand for is found by their name. */
    private static final Set<String> UNDESCRIBED = Set.of(
            "camel.component.properties.", "camel.dataformat.", "camel.language.", "camel.beans.", "camel.vault.");

    private final Surroundings surroundings;
    private final CatalogCamelContext camel;
    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, JsonNode> components = new HashMap<>();
    private JsonNode main;

    CamelSettingsCheck(Surroundings surroundings, CatalogCamelContext camel) {
        this.surroundings = surroundings;
        this.camel = camel;
    }

    void check(Problems problems) {
        surroundings.camelSettings().forEach((key, source) -> {
            if (key.startsWith(COMPONENT) && UNDESCRIBED.stream().noneMatch(key::startsWith)) {
                component(key, source, problems);
            } else if (UNDESCRIBED.stream().noneMatch(key::startsWith)) {
                ofMain(key, source, problems);
            }
        });
    }

    private void component(String key, String source, Problems problems) {
        String[] parts = key.substring(COMPONENT.length()).split("\\.", 2);
        JsonNode known = components.computeIfAbsent(parts[0], this::optionsOf);
        if (known.isMissingNode()) {
            Set<String> names = new TreeSet<>(surroundings.allowed());
            names.addAll(Vocabulary.components());
            problem(
                    key,
                    source,
                    "there is no component '" + parts[0] + "'; " + Problems.oneOf(parts[0], names),
                    problems);
        } else {
            String name = parts.length < 2 ? "" : parts[1].replaceFirst("^configuration\\.", "");
            option(key, source, known, name, "the component " + parts[0] + " has no option '" + name + "'", problems);
        }
    }

    private JsonNode optionsOf(String component) {
        try {
            String json =
                    component.matches("[a-z][a-z0-9-]*") ? camel.getComponentParameterJsonSchema(component) : null;
            return json == null
                    ? MissingNode.getInstance()
                    : mapper.readTree(json).path("componentProperties");
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the component " + component + " cannot be read", e);
        }
    }

    private void ofMain(String key, String source, Problems problems) {
        if (main == null) {
            main = describedMain();
        }
        option(key, source, main, key, "Camel has no setting of this name", problems);
    }

    private JsonNode describedMain() {
        try (InputStream json = CamelSettingsCheck.class.getResourceAsStream(MAIN)) {
            ObjectNode byName = mapper.createObjectNode();
            mapper.readTree(json)
                    .path("properties")
                    .forEach(option -> byName.set(option.path("name").asText(), option));
            return byName;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void option(String key, String source, JsonNode known, String name, String unknown, Problems problems) {
        String plain = name.replaceFirst("\\[.*", "");
        boolean entry = !plain.equals(name) && known.has(plain);
        if (!known.has(name) && !entry && !ofAMap(known, name)) {
            Set<String> names = new TreeSet<>();
            known.fieldNames().forEachRemaining(names::add);
            problem(key, source, unknown + "; " + Problems.oneOf(name, names), problems);
            return;
        }
        String value = surroundings.setting(key);
        if (known.has(name) && value != null && !value.startsWith("#") && !value.contains("{{")) {
            String found = surroundings.secrets().contains(key) ? "not usable" : "'" + value + "'";
            EndpointCheck.expected(known.path(name), value)
                    .ifPresent(expected ->
                            problem(key, source, "its value is " + found + "; expected " + expected, problems));
        }
    }

    /** {@code additionalProperties.x} and the like. */
    private static boolean ofAMap(JsonNode known, String name) {
        int dot = name.lastIndexOf('.');
        return EndpointCheck.hasPrefix(known, name)
                || dot > 0
                        && known.path(name.substring(0, dot))
                                .path("type")
                                .asText()
                                .equals("object");
    }

    private static void problem(String key, String source, String what, Problems problems) {
        problems.error(source, SettingPlace.of(key, source), key + ": " + what);
    }
}
