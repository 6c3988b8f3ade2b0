package routes.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.camel.CatalogCamelContext;

/**
 * Holds the options of endpoints against the description that each component carries in its own jar. Camel itself takes
 * {@code lingerMs=abc} without a word and goes on with its default.
 */
final class EndpointCheck {
    private static final String WIDEN = "; routes.allow-components=";
    private static final int LONGEST = 2_000;
    private static final int MOST_REPEATS = 4;
    private static final Pattern NAME = Pattern.compile("[\\w.-]{1,249}");
    private static final Pattern TOPICS = Pattern.compile("[\\w.-]{1,249}(\\s?,\\s?[\\w.-]{1,249})*");
    private static final Pattern TOPIC_PATTERN = Pattern.compile("[\\w.\\\\*+|()\\[\\]^$,-]{1,1000}");
    /** Options of the Kafka component that name a class. */
    private static final Pattern CLASS_OPTION = Pattern.compile(
            "(?i).*(?:class|classes|serializer|partitioner|assignor|jaasConfig)|additionalProperties.*");

    private static final Map<String, String> REASONS = Map.of(
            "exec",
            ": it starts programs",
            "seda",
            ": it takes a record off Kafka before it is handled, and loses it when the process ends");

    private final Surroundings surroundings;
    private final CatalogCamelContext camel;
    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, JsonNode> descriptions;

    /** @param descriptions of components, as far as they have been read */
    EndpointCheck(Surroundings surroundings, CatalogCamelContext camel, Map<String, JsonNode> descriptions) {
        this.surroundings = surroundings;
        this.camel = camel;
        this.descriptions = descriptions;
    }

    void check(RouteFile file, Endpoint endpoint, Problems problems) {
        if (endpoint.uri().asText().isBlank()) {
            problems.errorUnlessSaid(
                    file.name(), endpoint.uri().value(), "the uri is empty; expected one as in kafka:TOPIC");
        } else if (surroundings.allowed().contains(endpoint.scheme())) {
            options(file, endpoint, problems);
        } else if (!Vocabulary.components().contains(endpoint.scheme())) {
            problems.error(file.name(), endpoint.uri().value(), notAllowed(endpoint));
        } else {
            path(endpoint)
                    .ifPresent(
                            wrong -> problems.error(file.name(), endpoint.uri().value(), wrong));
            options(file, endpoint, problems);
        }
    }

    private String notAllowed(Endpoint endpoint) {
        String uri = endpoint.uri().asText();
        if (uri.contains("$")) {
            return "the uri '" + uri
                    + "' has an expression in it: a message could choose where it goes; expected a fixed one,"
                    + " as in kafka:TOPIC";
        }
        Set<String> allowed = new TreeSet<>(Vocabulary.components());
        allowed.addAll(surroundings.allowed());
        String scheme = endpoint.scheme();
        String nearest = Problems.nearest(scheme, allowed);
        return "the component '" + scheme + "' is not allowed" + REASONS.getOrDefault(scheme, "") + "; expected one of "
                + String.join(", ", Vocabulary.components())
                + (nearest.isEmpty() ? WIDEN + scheme + " allows it" : nearest);
    }

    /** What names the endpoint is plain: nothing in it has to be decoded, evaluated or looked up. */
    private Optional<String> path(Endpoint endpoint) {
        String uri = endpoint.uri().asText();
        boolean kafka = endpoint.isKafka();
        boolean pattern = kafka && endpoint.isOn("topicIsPattern");
        String named = endpoint.scheme() + (uri.contains(":") ? ":" : "");
        boolean begins = uri.length() <= LONGEST
                && (uri.startsWith(named) && !uri.startsWith(named + "/") || uri.startsWith(named + "//"));
        String naming = Vocabulary.NAMING.get(endpoint.scheme());
        boolean twice = endpoint.options().containsKey(naming)
                && (uri.contains(":") || !endpoint.parameters().has(naming));
        if (twice) {
            return Optional.of("the uri '" + uri + "' and the option " + naming
                    + " both name the endpoint; expected one of them, the option only below parameters");
        } else if (endpoint.path().isEmpty() && (kafka || endpoint.isDirect())) {
            return Optional.empty(); // said with the ways that records go
        } else if (endpoint.path().contains("${")) {
            return Optional.of("the uri '" + uri
                    + "' has an expression in it: a message could choose where it goes; expected a fixed one, as in"
                    + " kafka:TOPIC");
        } else if (!begins
                || !(pattern ? TOPIC_PATTERN : kafka ? TOPICS : NAME)
                        .matcher(endpoint.path())
                        .matches()) {
            return Optional.of(
                    "the uri '" + uri + "' names '" + endpoint.path() + "'; expected letters, digits, '-', '_' and"
                            + " '.'" + (kafka ? ", or a regular expression with topicIsPattern" : ""));
        }
        return pattern ? unusable(endpoint.path()) : Optional.empty();
    }

    /** Kafka asks it of every topic again and again: it must be one, and be answered at once. */
    private static Optional<String> unusable(String expression) {
        try {
            Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            return Optional.of("'" + expression + "' is not a regular expression: " + e.getDescription()
                    + "; expected one as in rig\\.channels\\..*");
        }
        long repeats = expression.chars().filter(c -> c == '*' || c == '+').count();
        return repeats > MOST_REPEATS || expression.contains(")*") || expression.contains(")+")
                ? Optional.of("'" + expression + "' could take very long; expected at most " + MOST_REPEATS
                        + " of '*' and '+', and none behind ')'")
                : Optional.empty();
    }

    private void options(RouteFile file, Endpoint endpoint, Problems problems) {
        if (endpoint.uri().asText().contains("?") && endpoint.parameters().size() > 0) {
            problems.error(
                    file.name(),
                    endpoint.uri().value(),
                    "options stand both behind '?' and below parameters; expected all of them below parameters");
        }
        endpoint.repeated()
                .forEach(name -> problems.error(
                        file.name(),
                        endpoint.uri().value(),
                        "the option '" + name + "' stands there twice; expected once"));
        JsonNode component = descriptions.computeIfAbsent(endpoint.scheme(), this::description);
        if (!component.isMissingNode()) {
            endpoint.options().forEach((name, option) -> {
                if (isKnown(component, name)) {
                    option(file, endpoint.scheme(), component, name, option, problems);
                } else {
                    Set<String> names = new TreeSet<>();
                    component.path("properties").fieldNames().forEachRemaining(names::add);
                    problems.error(
                            file.name(),
                            option.name(),
                            "the component " + endpoint.scheme() + " has no option '" + name + "'; "
                                    + Problems.oneOf(name, names));
                }
            });
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

    private static boolean isKnown(JsonNode component, String name) {
        JsonNode known = component.path("properties");
        return known.has(name)
                || component.path("component").path("lenientProperties").asBoolean()
                || hasPrefix(known, name);
    }

    private void option(
            RouteFile file, String scheme, JsonNode component, String name, Endpoint.Option option, Problems problems) {
        boolean listed = Vocabulary.options(scheme).contains(name) || name.equals(Vocabulary.NAMING.get(scheme));
        if (!listed && !isAllowed(scheme, name)) {
            problems.error(
                    file.name(),
                    option.name(),
                    "the option '" + name + "' of " + scheme
                            + " is not allowed: a route says where messages go, not how"
                            + " clients log in, which server they ask or what classes they run; expected "
                            + "one of those that docs/routes.md lists" + WIDEN + scheme + "." + name + " allows it");
            return;
        }
        String value = option.text();
        JsonNode known = component.path("properties").path(name);
        boolean later = !listed && (value.contains("${") || value.startsWith("#"));
        Optional<String> expected = later ? Optional.empty() : expected(known, value);
        boolean text = listed && known.path("type").asText().matches("string|object");
        if (text
                && expected.isEmpty()
                && !name.equals(Vocabulary.NAMING.get(scheme))
                && !Vocabulary.Kind.NAME.matches(value)) {
            expected = Optional.of(Vocabulary.Kind.NAME.expected());
        }
        OptionalLong most = listed ? Vocabulary.most(name) : OptionalLong.empty();
        if (expected.isEmpty() && most.isPresent() && Long.parseLong(value) > most.getAsLong()) {
            expected = Optional.of("at most " + most.getAsLong());
        }
        expected.ifPresent(right -> problems.error(
                file.name(),
                option.value(),
                "the option '" + name + "' of " + scheme + " is '" + value + "'; expected " + right));
    }

    private boolean isAllowed(String scheme, String name) {
        Set<String> allowed = surroundings.allowed();
        boolean code = CLASS_OPTION.matcher(name).matches() && allowed.contains(VocabularyCheck.CLASS);
        return code || allowed.contains(scheme) || allowed.contains(scheme + "." + name);
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
                Vocabulary.Kind.TIME.matches(value)
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
