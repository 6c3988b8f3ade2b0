package routes.check;

import java.util.List;
import java.util.Set;

/** Warns of what works but will be hard to find, to follow or to keep lossless. */
final class ConventionCheck {
    private static final Set<String> COMMITS = Set.of("commit-batch", "commit-archived");

    private static final Set<String> LOSSLESS = Set.of(
            "allowManualCommit",
            "autoCommitEnable",
            "autoOffsetReset",
            "batching",
            "breakOnFirstError",
            "enableIdempotence",
            "pollOnError",
            "requestRequiredAcks");

    private final Surroundings surroundings;

    ConventionCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void check(List<RouteFile> files, Set<String> used, Problems problems) {
        for (RouteFile file : files) {
            oneRoute(file, problems);
            for (YamlNode route : file.routes()) {
                names(file, route, problems);
                kafka(file, route, problems);
                lossless(file, route, problems);
                for (Step step : Step.of(route)) {
                    if (step.sends() && step.id().isEmpty()) {
                        problems.warning(
                                file.name(),
                                step.at(),
                                "this step has no id; expected to-<target>: metrics and dead letters name it by that");
                    }
                }
            }
        }
        unused(used, problems);
    }

    private static void oneRoute(RouteFile file, Problems problems) {
        List<YamlNode> routes = file.routes();
        if (routes.size() > 1) {
            problems.warning(
                    file.name(),
                    routes.get(1).key(),
                    "this is the second of " + routes.size() + " routes in one file; expected one, in a file named"
                            + " after it");
        } else if (routes.size() == 1) {
            String id = routes.get(0).path("id").asText();
            String name = file.name().replaceFirst(".*[/\\\\]", "");
            if (!id.isEmpty() && !name.equals(id + RouteFile.EXTENSION)) {
                problems.warning(
                        file.name(),
                        routes.get(0).path("id").value(),
                        "the file is not named after its route; expected " + id + RouteFile.EXTENSION);
            }
        }
    }

    private static void names(RouteFile file, YamlNode route, Problems problems) {
        if (route.path("id").asText().isEmpty()) {
            problems.warning(
                    file.name(), route.key(), "this route has no id; expected verb-noun, as in route-telemetry");
        }
        if (route.path("description").asText().isBlank()) {
            problems.warning(
                    file.name(),
                    route.key(),
                    RouteFile.named(route) + " has no description; expected one line that says what it is for");
        }
    }

    /** What stands on the component, so that nothing is lost or out of order, an endpoint can take back. */
    private void lossless(RouteFile file, YamlNode route, Problems problems) {
        for (Walk.Use use : Walk.endpoints(route)) {
            if (use.endpoint().isKafka()) {
                use.endpoint().options().forEach((name, option) -> {
                    String set = surroundings.setting("camel.component.kafka." + name);
                    boolean other = set != null && !set.equals(option.text());
                    if (LOSSLESS.contains(name) && other) {
                        problems.warning(
                                file.name(),
                                option.name(),
                                "without " + name + "=" + set
                                        + ", as the application sets it for all routes, records may"
                                        + " be lost or out of order; expected it not to be set here");
                    }
                });
            }
        }
    }

    private static void kafka(RouteFile file, YamlNode route, Problems problems) {
        Endpoint from = Endpoint.of(route.path("from"));
        if (!from.isKafka()) {
            return;
        }
        YamlNode steps = route.path("from").path("steps");
        boolean opens = ref(steps.path(0)).equals("open-batch");
        boolean commits = COMMITS.contains(ref(steps.path(steps.size() - 1)));
        if (!(opens && commits && route.path("routeConfigurationId").asText().equals("batch"))) {
            problems.warning(
                    file.name(),
                    from.uri().value(),
                    RouteFile.named(route)
                            + " reads Kafka and may lose or repeat records; expected routeConfigurationId:"
                            + " batch, open-batch as the first step and commit-batch as the last");
        }
        if (!from.options().containsKey("groupId")) {
            problems.warning(
                    file.name(),
                    from.uri().value(),
                    RouteFile.named(route) + " reads Kafka without a group of its own, and would begin anew with each"
                            + " start; expected groupId: rig-streams."
                            + route.path("id").asText());
        }
    }

    private static String ref(YamlNode step) {
        return step.path("process").path("ref").asText();
    }

    private void unused(Set<String> used, Problems problems) {
        surroundings.ownSettings().forEach((key, source) -> {
            if (!used.contains(key)) {
                problems.warning(
                        source,
                        Position.START,
                        key + " is set but no route refers to {{" + key + "}}"
                                + "; expected it to be used, or not to be set");
            }
        });
    }
}
