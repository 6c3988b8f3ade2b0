package routes.reload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds records that would go round for ever, be shared out between routes, or be sent again and again or nowhere. */
final class FlowCheck {
    private final Surroundings surroundings;
    private final Problems problems;
    private final Map<String, YamlNode> byDirect = new HashMap<>();
    private final Map<String, String> groups = new HashMap<>();

    private FlowCheck(Surroundings surroundings, Problems problems) {
        this.surroundings = surroundings;
        this.problems = problems;
    }

    static void check(List<RouteFile> files, Surroundings surroundings, Problems problems) {
        FlowCheck check = new FlowCheck(surroundings, problems);
        files.forEach(file -> file.routes().forEach(check::remember));
        for (RouteFile file : files) {
            for (YamlNode route : file.routes()) {
                check.group(file, route);
                check.sends(file, route);
                check.circle(file, route);
            }
        }
    }

    private void remember(YamlNode route) {
        Endpoint from = Endpoint.of(route.path("from"));
        if (from.isDirect()) {
            byDirect.putIfAbsent(from.path(), route);
        }
    }

    private void group(RouteFile file, YamlNode route) {
        Endpoint from = Endpoint.of(route.path("from"));
        Endpoint.Option group = from.isKafka() ? from.options().get("groupId") : null;
        String first =
                group == null ? null : groups.putIfAbsent(surroundings.resolve(group.text()), RouteFile.named(route));
        if (first != null) {
            problems.error(
                    file.name(),
                    group.value(),
                    "the group " + surroundings.resolve(group.text()) + " is that of " + first
                            + " already, and each of the"
                            + " two would get only a part of the records; expected a group of its own, as in rig-streams."
                            + route.path("id").asText());
        }
    }

    private void sends(RouteFile file, YamlNode route) {
        for (Step step : Step.of(route)) {
            Endpoint to = Endpoint.of(step.body());
            if (step.sendsToKafka() && surroundings.resolve(to.path()).contains(",")) {
                problems.error(
                        file.name(),
                        to.uri().value(),
                        "a send names several topics; expected one, and a route with a group of its own for each other");
            }
            boolean named = to.path().isEmpty() && to.scheme().matches("kafka|direct");
            if (step.sends() && named) {
                problems.error(
                        file.name(),
                        to.uri().value(),
                        "the uri '" + to.uri().asText()
                                + "' names nothing to send to; expected one as in kafka:TOPIC or" + " direct:NAME");
            }
            if (step.kind().equals("loop")) {
                Step.ofBranch(step.body().path("steps")).stream()
                        .filter(Step::sendsToKafka)
                        .forEach(send -> problems.error(
                                file.name(),
                                send.at(),
                                "the Kafka send " + send.named()
                                        + " stands in a loop, and the second of a record's sends"
                                        + " would be out of order; expected one send for each record"));
            }
        }
    }

    /** A route that hands a record, by way of others or not, to itself. */
    private void circle(RouteFile file, YamlNode route) {
        Endpoint from = Endpoint.of(route.path("from"));
        if (!from.isDirect()) {
            return;
        }
        for (Step step : Step.of(route)) {
            Endpoint to = Endpoint.of(step.body());
            if (step.sends() && to.isDirect() && leadsTo(to.path(), from.path(), new HashSet<>())) {
                problems.error(
                        file.name(),
                        to.uri().value(),
                        RouteFile.named(route) + " hands its records to itself by way of direct:" + to.path()
                                + ", for ever; expected a way that ends");
            }
        }
    }

    private boolean leadsTo(String direct, String goal, Set<String> seen) {
        if (direct.equals(goal)) {
            return true;
        }
        List<String> next = new ArrayList<>();
        if (seen.add(direct) && byDirect.containsKey(direct)) {
            Step.of(byDirect.get(direct)).stream()
                    .filter(Step::sends)
                    .map(step -> Endpoint.of(step.body()))
                    .filter(Endpoint::isDirect)
                    .forEach(to -> next.add(to.path()));
        }
        return next.stream().anyMatch(to -> leadsTo(to, goal, seen));
    }
}
