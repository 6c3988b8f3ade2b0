package routes.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import routes.check.Problems;
import routes.check.RouteFile;
import routes.check.YamlNode;

/** Reads a file of cases, and reports all that is wrong with it. */
final class CaseReader {
    private final RouteFile file;
    private final RouteIndex routes;
    private final UnaryOperator<String> settings;
    private final CaseFields fields;
    private final CaseValues values;
    private final Problems problems;

    /**
     * @param routes those that run together
     * @param settings replaces {@code {{key}}} by its value
     */
    CaseReader(RouteFile file, RouteIndex routes, UnaryOperator<String> settings, Problems problems) {
        this.file = file;
        this.routes = routes;
        this.settings = settings;
        this.problems = problems;
        this.fields = new CaseFields(file.name(), problems);
        this.values = new CaseValues(file.name(), fields, problems);
    }

    /** @param own the id of the route that the file stands beside; empty if that file has none or several */
    List<RouteCase> read(Optional<String> own) {
        List<RouteCase> cases = new ArrayList<>();
        if (fields.mapping(file.content(), "the key 'cases'", Set.of("cases"))) {
            YamlNode list = file.content().path("cases");
            if (list.elements().isEmpty()) {
                problems.error(
                        file.name(),
                        file.content().has("cases")
                                ? list.key()
                                : file.content().value(),
                        "there are no cases; expected 'cases' with a list of them, each with name, input and output");
            }
            Set<String> names = new LinkedHashSet<>();
            list.elements().forEach(element -> one(element, own, names).ifPresent(cases::add));
        }
        return cases;
    }

    private Optional<RouteCase> one(YamlNode element, Optional<String> own, Set<String> names) {
        Set<String> known = Set.of("name", "route", "input", "fail", "failure", "output");
        if (!fields.mapping(element, "a case with name, input and output", known)) {
            return Optional.empty();
        }
        String name = fields.text(element, "name").orElse("");
        if (name.isBlank()) {
            problems.error(
                    file.name(), element.value(), "this case has no name; expected a few words that say what it shows");
        } else if (!names.add(name)) {
            problems.error(
                    file.name(),
                    element.path("name").value(),
                    "there is a case '" + name + "' already; expected a name of its own");
        }
        Optional<String> route = route(element, own);
        List<InputRecord> input = input(element);
        if (route.isPresent() && input.isEmpty() && routes.needsInput(route.get()) && !element.has("input")) {
            problems.error(
                    file.name(),
                    element.value(),
                    "this case has no input; expected a list of records, as route " + route.get()
                            + " does nothing without");
        }
        return Optional.of(new RouteCase(
                file.name(),
                element.value(),
                name,
                route.orElse(""),
                input,
                failing(element),
                fields.text(element, "failure"),
                output(element, input.size())));
    }

    private Optional<String> route(YamlNode element, Optional<String> own) {
        if (!element.has("route")) {
            if (own.isEmpty()) {
                problems.error(
                        file.name(),
                        element.value(),
                        "this case names no route; expected route: with an id, as the file beside this one has not exactly"
                                + " one route");
            }
            return own;
        }
        return fields.text(element, "route").filter(id -> {
            boolean known = routes.ids().contains(id);
            if (!known) {
                problems.error(
                        file.name(),
                        element.path("route").value(),
                        "there is no route '" + id + "'; " + Problems.oneOf(id, routes.ids()));
            }
            return known;
        });
    }

    private List<InputRecord> input(YamlNode element) {
        List<InputRecord> records = new ArrayList<>();
        for (YamlNode record : fields.list(element, "input", "a list of records")) {
            Set<String> known = CaseValues.and("topic", "key", "headers");
            if (fields.mapping(record, "a record with key and json, text, base64 or file", known)) {
                Map<String, byte[]> headers = new LinkedHashMap<>();
                fields.texts(record, "headers").forEach((name, value) -> headers.put(name, CaseValues.utf8(value)));
                records.add(new InputRecord(
                        fields.text(record, "topic").map(settings),
                        CaseValues.utf8(fields.text(record, "key").orElse(null)),
                        values.bytes(record).orElse(null),
                        headers));
            }
        }
        return records;
    }

    private Set<String> failing(YamlNode element) {
        Set<String> steps = new LinkedHashSet<>();
        YamlNode given = element.path("fail");
        List<YamlNode> named = given.isList() ? given.elements() : element.has("fail") ? List.of(given) : List.of();
        for (YamlNode step : named) {
            steps.add(step.asText());
            if (!routes.steps().contains(step.asText())) {
                problems.error(
                        file.name(),
                        step.value(),
                        "there is no step with the id '" + step.asText() + "'; "
                                + Problems.oneOf(step.asText(), routes.steps()));
            }
        }
        return steps;
    }

    private Map<String, List<ExpectedRecord>> output(YamlNode element, int inputs) {
        Map<String, List<ExpectedRecord>> output = new LinkedHashMap<>();
        YamlNode given = element.path("output");
        if (!element.has("output") || given.isScalar() || given.isList()) {
            problems.error(
                    file.name(),
                    element.has("output") ? given.value() : element.value(),
                    "this case does not say what comes out; expected output: with a list of records for each topic, or"
                            + " output: {} if nothing does");
            return output;
        }
        given.fields().forEach((topic, records) -> {
            List<ExpectedRecord> expected = new ArrayList<>();
            for (YamlNode record : fields.list(given, topic, "a list of records")) {
                values.expected(record, inputs).ifPresent(expected::add);
            }
            output.put(settings.apply(topic), expected);
        });
        return output;
    }
}
