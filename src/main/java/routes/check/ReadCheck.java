package routes.check;

import java.util.HashSet;
import java.util.Set;
import routes.check.RouteGraph.Route;

/** Finds what asks a record before it is read. */
final class ReadCheck {
    private static final Set<String> TELEMETRY = Set.of("read-telemetry", "read-telemetry-or-skip");
    private static final Set<String> JSON = Set.of("read-json", "read-json-or-skip");

    private final SimpleTexts texts;
    private final Set<String> functions;
    private final Set<String> readers;
    private final Set<String> beans;
    private final Problems problems;

    private ReadCheck(
            SimpleTexts texts, Set<String> functions, Set<String> readers, Set<String> beans, Problems problems) {
        this.texts = texts;
        this.functions = functions;
        this.readers = readers;
        this.beans = beans;
        this.problems = problems;
    }

    /** @param beans those there are; a step of another name is somebody else's to report */
    static void check(RouteGraph graph, SimpleTexts texts, Set<String> beans, Problems problems) {
        Set<String> telemetry = Set.of("activity", "channel", "late", "rig", "seq", "time", "well");
        Set<String> any = new HashSet<>(TELEMETRY);
        any.addAll(JSON);
        new ReadCheck(texts, telemetry, TELEMETRY, beans, problems).check(graph);
        new ReadCheck(texts, Set.of(SimpleParser.FIELD), any, beans, problems).check(graph);
    }

    private void check(RouteGraph graph) {
        Set<Route> read = graph.behindAll(route -> route.steps().stream().anyMatch(this::reads));
        graph.routes().stream().filter(route -> !read.contains(route)).forEach(route -> unread(route, route.list()));
    }

    private boolean reads(Step step) {
        return step.kind().equals("process") && reads(step.body());
    }

    private boolean reads(YamlNode process) {
        String ref = process.path("ref").asText();
        return readers.contains(ref) || !ref.isEmpty() && !beans.contains(ref);
    }

    private void unread(Route route, YamlNode steps) {
        for (YamlNode step : steps) {
            if (reads(step.path("process"))) {
                return;
            }
            if (!readInside(step)) {
                Walk.texts(step).stream().filter(this::asks).forEach(text -> problem(route, text.value()));
                // Camel would fail at a record that is no JSON, and try it again as if that could pass.
                Walk.fields(step).stream()
                        .filter(field ->
                                readers.containsAll(JSON) && field.name().equals("unmarshal"))
                        .forEach(field -> problem(route, field.value().key()));
            }
        }
    }

    private boolean asks(YamlNode text) {
        return texts.functions(text).anyMatch(function -> functions.contains(function.name()));
    }

    private void problem(Route route, Position at) {
        problems.error(
                route.file().name(),
                at,
                route.named() + " asks what the message says before it is read; expected a step process with ref: "
                        + (readers.containsAll(JSON) ? "read-json or " : "")
                        + "read-telemetry or read-telemetry-or-skip before this one");
    }

    /** A block of steps that reads by itself. */
    private boolean readInside(YamlNode step) {
        return Step.branches(step).stream()
                .flatMap(branch -> Step.ofBranch(branch).stream())
                .anyMatch(this::reads);
    }
}
