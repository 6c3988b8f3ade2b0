package routes.docs;

import static routes.docs.Markdown.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import routes.check.SimpleParser;
import routes.check.Vocabulary;

/** The tables of {@code docs/routes.md}, made of the YAML routes that the program carries. */
final class RoutesPart {
    static final Path ROUTES = Path.of("src/main/resources/routes");
    private static final String PAGE = "docs/routes.md";
    private static final YAMLMapper YAML = new YAMLMapper();

    private RoutesPart() {}

    static List<GeneratedPart> parts() {
        List<List<String>> routes = definitions("route").stream()
                .map(route -> List.of(
                        code(route.at("/id").asText()),
                        code(route.at("/from/uri").asText()),
                        sends(route),
                        code(route.at("/routeConfigurationId").asText()),
                        Markdown.text(route.at("/description").asText())))
                .toList();
        List<List<String>> configurations = definitions("routeConfiguration").stream()
                .map(configuration -> List.of(
                        code(configuration.at("/id").asText()),
                        Markdown.text(configuration.at("/description").asText())))
                .toList();
        return List.of(
                new GeneratedPart(
                        PAGE,
                        "routes",
                        Markdown.table(List.of("Route", "Reads", "Sends to", "Errors", "What it does"), routes)),
                new GeneratedPart(PAGE, "what routes may use", mayUse()),
                new GeneratedPart(
                        PAGE,
                        "route configurations",
                        Markdown.table(List.of("routeConfigurationId", "For"), configurations)));
    }

    private static String mayUse() {
        Set<String> described = Set.of("id", "description", "note");
        List<List<String>> rows = new ArrayList<>();
        Vocabulary.steps()
                .forEach(step -> rows.add(List.of(
                        "step",
                        code(step),
                        codes(Vocabulary.fields(step).stream()
                                .filter(field -> !described.contains(field))
                                .toList()))));
        Vocabulary.components()
                .forEach(component -> rows.add(List.of("component", code(component), options(component))));
        Vocabulary.languages().forEach(language -> rows.add(List.of("language", code(language), "")));
        SimpleParser.names().forEach(function -> rows.add(List.of("function", code("${" + function + "}"), "")));
        return Markdown.table(List.of("Kind", "Name", "What it may have, besides `id` and `description`"), rows);
    }

    private static String options(String component) {
        return Vocabulary.options(component).stream()
                .map(option -> code(option)
                        + Vocabulary.most(option).stream()
                                .mapToObj(most -> String.format(Locale.ROOT, " (at most %,d)", most))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(", "));
    }

    private static String codes(Collection<String> names) {
        return names.stream().map(Markdown::code).collect(Collectors.joining(", "));
    }

    private static String sends(JsonNode route) {
        return route.findValues("to").stream()
                .map(to -> code(to.at("/uri").asText()))
                .collect(Collectors.joining(", "));
    }

    /** All routes, or all route configurations, in the order of their files. */
    static List<JsonNode> definitions(String kind) {
        List<JsonNode> definitions = new ArrayList<>();
        for (Path file : Pages.under(ROUTES, ".camel.yaml")) {
            parse(file).forEach(entry -> {
                if (entry.has(kind)) {
                    definitions.add(entry.get(kind));
                }
            });
        }
        return definitions;
    }

    private static JsonNode parse(Path file) {
        try {
            return YAML.readTree(Pages.read(file));
        } catch (JsonProcessingException e) {
            throw new AssertionError(file + " is no YAML", e);
        }
    }
}
