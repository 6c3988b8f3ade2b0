package routes.reload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.CatalogCamelContext;

/**
 * Holds the options of endpoints against the description that each component carries in its own jar. Camel itself takes
 * {@code lingerMs=abc} without a word and goes on with its default.
 */
final class EndpointCheck {
    /** Milliseconds, or Camel's own notation; Camel's parser takes some of what is neither. */
    private static final Pattern DURATION = Pattern.compile("-?\\d+|(?=\\d)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?");

    private final Surroundings surroundings;
    private final CatalogCamelContext camel;
    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, JsonNode> descriptions = new HashMap<>();

    EndpointCheck(Surroundings surroundings, CatalogCamelContext camel) {
        this.surroundings = surroundings;
        this.camel = camel;
    }

    void check(RouteFile file, Problems problems) {
        for (Walk.Use use : Walk.endpoints(file.content())) {
            Endpoint endpoint = use.endpoint();
            if (endpoint.uri().asText().contains("?") && endpoint.parameters().size() > 0) {
                problems.error(
                        file.name(),
                        endpoint.uri().value(),
                        "options stand both behind '?' and below parameters; expected all of them below parameters");
            }
            JsonNode component =
                    descriptions.computeIfAbsent(surroundings.resolve(endpoint.scheme()), this::description);
            if (!component.isMissingNode()) {
                endpoint.options().forEach((name, option) -> option(file, component, name, option, problems));
            }
        }
    }

    /** Missing for a component that there is not: others say so. */
    private JsonNode description(String scheme) {
        try {
            String json = scheme.matches("[a-z][a-z0-9-]*") ? camel.getComponentParameterJsonSchema(scheme) : null;
            return json == null ? MissingNode.getInstance() : mapper.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the component " + scheme + " cannot be read", e);
        }
    }

    private void option(RouteFile file, JsonNode component, String name, Endpoint.Option option, Problems problems) {
        JsonNode known = component.path("properties");
        String scheme = component.path("component").path("scheme").asText();
        if (!known.has(name)) {
            boolean open = component.path("component").path("lenientProperties").asBoolean() || hasPrefix(known, name);
            if (!open) {
                Set<String> names = new TreeSet<>();
                known.fieldNames().forEachRemaining(names::add);
                problems.error(
                        file.name(),
                        option.name(),
                        "the component " + scheme + " has no option '" + name + "'; " + Problems.oneOf(name, names));
            }
            return;
        }
        String value = surroundings.resolve(option.text());
        boolean later = value.contains("{{") || value.contains("${") || value.startsWith("#");
        if (!later) {
            expected(known.path(name), value)
                    .ifPresent(expected -> problems.error(
                            file.name(),
                            option.value(),
                            "the option '" + name + "' of " + scheme + " is '" + value + "'; expected " + expected));
        }
    }

    static boolean hasPrefix(JsonNode known, String name) {
        for (JsonNode option : known) {
            if (option.has("prefix") && name.startsWith(option.path("prefix").asText())) {
                return true;
            }
        }
        return false;
    }

    /** What would have been right; empty if the value is. */
    static Optional<String> expected(JsonNode option, String value) {
        return switch (option.path("type").asText()) {
            case "integer" -> parses(value, Long::parseLong) ? Optional.empty() : Optional.of("a whole number");
            case "number" -> parses(value, Double::parseDouble) ? Optional.empty() : Optional.of("a number");
            case "boolean" -> value.matches("(?i)true|false") ? Optional.empty() : Optional.of("true or false");
            case "duration" ->
                DURATION.matcher(value).matches()
                        ? Optional.empty()
                        : Optional.of("a time in milliseconds, or as in 500ms, 5s or 1m30s");
            case "enum" -> oneOf(option.path("enum"), value);
            default -> Optional.empty();
        };
    }

    private static Optional<String> oneOf(JsonNode values, String value) {
        Set<String> names = new TreeSet<>();
        values.forEach(name -> names.add(name.asText()));
        boolean known = names.stream().anyMatch(name -> plain(name).equals(plain(value)));
        return known
                ? Optional.empty()
                : Optional.of("one of " + String.join(", ", names) + Problems.nearest(value, names));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    private interface Parser {
        Object parse(String value);
    }

    private static boolean parses(String value, Parser parser) {
        try {
            parser.parse(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
