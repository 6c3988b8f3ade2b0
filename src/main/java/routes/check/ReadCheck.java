package routes.check;

import java.util.Set;
import routes.check.RouteGraph.Route;

/** Finds conditions on what has not been read. */
final class ReadCheck {
    private static final Set<String> TELEMETRY = Set.of("activity", "channel", "late", "rig", "seq", "time", "well");
    private static final Set<String> READERS = Set.of("read-telemetry", "read-telemetry-or-skip");

    private final SimpleTexts texts;
    private final Set<String> beans;
    private final Problems problems;

    private ReadCheck(SimpleTexts texts, Set<String> beans, Problems problems) {
        this.texts = texts;
        this.beans = beans;
        this.problems = problems;
    }

    /** @param beans those there are; a step of another name is somebody else's to report */
    static void check(RouteGraph graph, SimpleTexts texts, Set<String> beans, Problems problems) {
        ReadCheck check = new ReadCheck(texts, beans, problems);
        Set<Route> read = graph.behindAll(route -> route.steps().stream().anyMatch(check::reads));
        graph.routes().stream()
                .filter(route -> !read.contains(route))
                .forEach(route -> check.unread(route, route.list()));
    }

    private boolean reads(Step step) {
        return step.kind().equals("process") && reads(step.body());
    }

    private boolean reads(YamlNode process) {
        String ref = process.path("ref").asText();
        return READERS.contains(ref) || !ref.isEmpty() && !beans.contains(ref);
    }

    private void unread(Route route, YamlNode steps) {
        for (YamlNode step : steps) {
            if (reads(step.path("process"))) {
                return;
            }
            for (YamlNode text : Walk.texts(step)) {
                boolean asks = texts.functions(text).anyMatch(function -> TELEMETRY.contains(function.name()));
                if (asks && !readInside(step)) {
                    problems.error(
                            route.file().name(),
                            text.value(),
                            route.named() + " asks what the message says before it is read; expected a step"
                                    + " process with ref: read-telemetry or read-telemetry-or-skip before this one");
                }
            }
        }
    }

    /** A block of steps that reads by itself. */
    private boolean readInside(YamlNode step) {
        return Step.branches(step).stream()
                .flatMap(branch -> Step.ofBranch(branch).stream())
                .anyMatch(this::reads);
    }
}
