package routes.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import routes.check.RouteGraph.Route;

/** Finds records that would go round for ever, be shared out between routes, or be sent nowhere. */
final class FlowCheck {
    private static final Set<String> OWN = Set.of("rig.fleet", "rig.redrives");
    /** In which whoever runs the rigs, or a redrive, holds its place. */
    private static final Pattern OWN_GROUPS = Pattern.compile("rig-streams\\.(fleet\\..*|redrive)");

    private final RouteGraph graph;
    private final Problems problems;
    private final Map<String, String> groups = new HashMap<>();

    private FlowCheck(RouteGraph graph, Problems problems) {
        this.graph = graph;
        this.problems = problems;
    }

    static void check(RouteGraph graph, Problems problems) {
        FlowCheck check = new FlowCheck(graph, problems);
        for (Route route : graph.routes()) {
            check.group(route);
            route.steps().stream().filter(Step::sends).forEach(step -> check.send(route, step));
        }
        // What treats failures sends as well.
        graph.files().forEach(file -> file.configurations()
                .forEach(each -> Walk.endpoints(each).forEach(use -> check.target(file, use.endpoint()))));
    }

    private void group(Route route) {
        Endpoint.Option group = route.from().isKafka() ? route.from().options().get("groupId") : null;
        if (group != null && OWN_GROUPS.matcher(group.text()).matches()) {
            problems.error(
                    route.file().name(),
                    group.value(),
                    "the group " + group.text() + " is the program's own: who is in it takes the place of the rigs or"
                            + " of a redrive; expected one as in rig-streams." + route.id());
        }
        String first = group == null ? null : groups.putIfAbsent(group.text(), route.named());
        if (first != null) {
            problems.error(
                    route.file().name(),
                    group.value(),
                    "the group " + group.text() + " is that of " + first
                            + " already, and each of the"
                            + " two would get only a part of the records; expected a group of its own, as in rig-streams."
                            + route.id());
        }
    }

    private void send(Route route, Step step) {
        Endpoint to = Endpoint.of(step.body());
        target(route.file(), to);
        // A route that hands a record, by way of others or not, to itself.
        boolean circle = !route.isFront()
                && graph.behind(step).filter(next -> graph.leadsTo(next, route)).isPresent();
        if (circle) {
            problems.error(
                    route.file().name(),
                    to.uri().value(),
                    route.named() + " hands its records to itself by way of direct:" + to.path()
                            + ", for ever; expected a way that ends");
        }
    }

    private void target(RouteFile file, Endpoint to) {
        if (to.isKafka() && to.path().contains(",")) {
            problems.error(
                    file.name(),
                    to.uri().value(),
                    "a send names several topics; expected one, and a route with a group of its own for each other");
        }
        if (to.isKafka() && (OWN.contains(to.path()) || to.path().startsWith("__"))) {
            problems.error(
                    file.name(),
                    to.uri().value(),
                    "the topic " + to.path()
                            + " is the program's own, or Kafka's, and holds what a restart begins from;"
                            + " expected a topic for messages");
        }
        if (to.path().isEmpty() && (to.isKafka() || to.isDirect())) {
            problems.error(
                    file.name(),
                    to.uri().value(),
                    "the uri '" + to.uri().asText() + "' names nothing to send to; expected one as in kafka:TOPIC or"
                            + " direct:NAME");
        }
    }
}
