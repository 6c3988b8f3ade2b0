package routes.reload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds steps at a place where records are no longer in order, and conditions on what has not been read. */
final class OrderCheck {
    private static final Pattern TELEMETRY =
            Pattern.compile("\\$(?:simple)?\\{\\s*(?:channel\\(|(?:activity|rig|well|seq|late)\\s*})");
    private static final Set<String> READERS = Set.of("read-telemetry", "read-telemetry-or-skip");

    private final Map<String, YamlNode> byDirect = new HashMap<>();
    private final Set<String> beans;
    private final List<YamlNode> routes = new ArrayList<>();

    private OrderCheck(List<RouteFile> files, Set<String> beans) {
        this.beans = beans;
        for (RouteFile file : files) {
            for (YamlNode route : file.routes()) {
                Endpoint from = Endpoint.of(route.path("from"));
                routes.add(route);
                if (from.isDirect()) {
                    byDirect.putIfAbsent(from.path(), route);
                }
            }
        }
    }

    /** @param beans those there are; a step of another name is somebody else's to report */
    static void check(List<RouteFile> files, Set<String> beans, Problems problems) {
        OrderCheck check = new OrderCheck(files, beans);
        for (RouteFile file : files) {
            for (YamlNode route : file.routes()) {
                check.sends(file, route, problems);
                check.conditions(file, route, problems);
            }
        }
    }

    /** After the first acknowledgement records go on in other threads and overtake each other. */
    private void sends(RouteFile file, YamlNode route, Problems problems) {
        for (YamlNode list : lists(route)) {
            for (Step step : Step.ofBranch(list)) {
                if (step.followed() && !step.kind().equals("wireTap") && reachesKafka(step, new HashSet<>())) {
                    YamlNode next = step.next().get();
                    String kind = next.fields().keySet().stream().findFirst().orElse("a step");
                    YamlNode body = next.path(kind);
                    String named = body.path("id").asText().isEmpty()
                            ? kind
                            : body.path("id").asText();
                    problems.error(
                            file.name(),
                            body.key(),
                            "the step '" + named + "' comes after the Kafka send " + step.named() + " of "
                                    + RouteFile.named(route) + " and would be out of order: a record goes on in another"
                                    + " thread once it is acknowledged; expected the send as the last step, and a second"
                                    + " pair of routes for what else is to be done");
                }
            }
        }
    }

    /** Where single records go through: a route behind {@code direct:}, and what stands in a split. */
    private static List<YamlNode> lists(YamlNode route) {
        boolean ofRecords = Endpoint.of(route.path("from")).isDirect()
                || route.path("routeConfigurationId").asText().equals("record");
        if (ofRecords) {
            return List.of(route.path("from").path("steps"));
        }
        return Step.of(route).stream()
                .filter(step -> step.kind().equals("split"))
                .map(step -> step.body().path("steps"))
                .toList();
    }

    private boolean reachesKafka(Step step, Set<String> seen) {
        if (step.sendsToKafka()) {
            return true;
        }
        Endpoint to = Endpoint.of(step.body());
        return step.sends()
                && to.isDirect()
                && seen.add(to.path())
                && byDirect.containsKey(to.path())
                && Step.of(byDirect.get(to.path())).stream()
                        .anyMatch(inner -> !inner.kind().equals("wireTap") && reachesKafka(inner, seen));
    }

    private void conditions(RouteFile file, YamlNode route, Problems problems) {
        if (!readsBefore(route, new HashSet<>())) {
            unread(file, route, route.path("from").path("steps"), problems);
        }
    }

    /** Whether a route that hands records to this one reads them. */
    private boolean readsBefore(YamlNode route, Set<String> seen) {
        Endpoint from = Endpoint.of(route.path("from"));
        return from.isDirect()
                && seen.add(from.path())
                && callers(from.path())
                        .anyMatch(
                                caller -> Step.of(caller).stream().anyMatch(this::reads) || readsBefore(caller, seen));
    }

    private Stream<YamlNode> callers(String direct) {
        return routes.stream().filter(route -> Step.of(route).stream()
                .filter(Step::sends)
                .map(step -> Endpoint.of(step.body()))
                .anyMatch(to -> to.isDirect() && to.path().equals(direct)));
    }

    private boolean reads(Step step) {
        return step.kind().equals("process") && reads(step.body());
    }

    private boolean reads(YamlNode process) {
        String ref = process.path("ref").asText();
        return READERS.contains(ref) || !ref.isEmpty() && !beans.contains(ref);
    }

    private void unread(RouteFile file, YamlNode route, YamlNode steps, Problems problems) {
        for (YamlNode step : steps) {
            if (reads(step.path("process"))) {
                return;
            }
            for (YamlNode text : Walk.texts(step)) {
                if (TELEMETRY.matcher(text.asText()).find() && !readInside(step)) {
                    problems.error(
                            file.name(),
                            text.value(),
                            RouteFile.named(route) + " asks what the message says before it is read; expected a step"
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
