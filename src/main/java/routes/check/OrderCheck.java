package routes.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import routes.check.RouteGraph.Route;
import routes.kafka.Pipeline;

/** Finds what brings records out of order, or sends one more than once. */
final class OrderCheck {
    private static final String PAIR = ", and a second pair of routes for what else is to be done";

    private final RouteGraph graph;
    private final Problems problems;

    private OrderCheck(RouteGraph graph, Problems problems) {
        this.graph = graph;
        this.problems = problems;
    }

    static void check(RouteGraph graph, Problems problems) {
        OrderCheck check = new OrderCheck(graph, problems);
        for (Route route : graph.routes()) {
            Stream.of(handledOneByOne(route))
                    .flatMap(List::stream)
                    .flatMap(list -> Step.ofBranch(list).stream())
                    .forEach(step -> check.ofARecord(route, step));
            route.steps().forEach(step -> check.anywhere(route, step));
        }
    }

    /** Where single records go through: a route behind {@code direct:}, and what stands in a split. */
    private static List<YamlNode> handledOneByOne(Route route) {
        if (isOfRecords(route)) {
            return List.of(route.list());
        }
        return route.steps().stream()
                .filter(step -> step.kind().equals("split"))
                .map(step -> step.body().path("steps"))
                .toList();
    }

    private static boolean isOfRecords(Route route) {
        return !route.isFront() || route.configuration().equals("record");
    }

    /** After the first acknowledgement records go on in other threads and overtake each other. */
    private void ofARecord(Route route, Step step) {
        boolean sends = !step.kind().equals("wireTap") && graph.reachesKafka(step);
        if (sends && step.followed()) {
            YamlNode next = step.next().orElseThrow();
            String kind = next.fields().keySet().stream().findFirst().orElse("a step");
            YamlNode body = next.path(kind);
            String named =
                    body.path("id").asText().isEmpty() ? kind : body.path("id").asText();
            error(
                    route,
                    body.key(),
                    "the step '" + named + "' comes after the Kafka send " + step.named() + " of " + route.named()
                            + " and would be out of order: a record goes on in another thread once it is acknowledged;"
                            + " expected the send as the last step" + PAIR);
        }
        if (step.kind().equals("split") && inside(step).isPresent()) {
            error(
                    route,
                    step.at(),
                    "the split " + step.named() + " makes several sends of one record of " + route.named()
                            + ", and those after the first would be out of order; expected a bean that makes a list of"
                            + " them, for one endpoint with batchWithIndividualHeaders");
        }
    }

    private void anywhere(Route route, Step step) {
        switch (step.kind()) {
            case "loop" ->
                sendsIn(step)
                        .forEach(send -> error(
                                route,
                                send.at(),
                                "the Kafka send " + send.named()
                                        + " stands in a loop, and the second of a record's sends"
                                        + " would be out of order; expected one send for each record"));
            case "wireTap" -> tap(route, step);
            case "split" -> split(route, step);
            case "doTry" -> attempt(route, step);
            default -> wait(route, step);
        }
    }

    private void tap(Route route, Step step) {
        if (graph.reachesKafka(step)) {
            error(
                    route,
                    step.at(),
                    "the wireTap " + step.named()
                            + " sends to Kafka from other threads: its copies come out of order, and"
                            + " nothing waits for them, so that they are lost when the process ends; expected a send as the"
                            + " last step" + PAIR);
        }
    }

    private void split(Route route, Step step) {
        Optional<Step> send = inside(step);
        boolean parallel = step.body().path("parallelProcessing").asText().equals("true");
        boolean ordered = step.body().path("executorService").asText().equals(Pipeline.NAME);
        if (send.isPresent() && parallel && !ordered) {
            error(
                    route,
                    step.at(),
                    "the split " + step.named()
                            + " hands records to several threads, which overtake each other; expected"
                            + " executorService: pipeline");
        } else if (send.isPresent() && !parallel && !isOfRecords(route)) {
            problems.warning(
                    route.file().name(),
                    step.at(),
                    "the split " + step.named()
                            + " waits for the acknowledgement of each record before the next; expected"
                            + " parallelProcessing: true with executorService: pipeline");
        }
    }

    private void attempt(Route route, Step step) {
        boolean catches = step.body().has("doCatch");
        Step.ofBranch(step.body().path("steps")).stream()
                .filter(inner -> catches && graph.reachesKafka(inner))
                .forEach(send -> error(
                        route,
                        send.at(),
                        "the Kafka send " + send.named()
                                + " stands in a doTry, whose doCatch would take its failure for"
                                + " handled, and the record would be lost; expected the send after the doTry"));
        Step.ofBranch(step.body().path("doFinally").path("steps")).stream()
                .filter(graph::reachesKafka)
                .forEach(send -> error(
                        route,
                        send.at(),
                        "the Kafka send " + send.named()
                                + " stands in a doFinally, and is made of records that have failed"
                                + " as well; expected the send after the doTry"));
        if (catches && isOfRecords(route)) {
            problems.warning(
                    route.file().name(),
                    step.at(),
                    "what fails in the doTry " + step.named()
                            + " is neither tried again nor dead-lettered, but ends in its"
                            + " doCatch; expected no doTry, as routeConfigurationId: record treats failures");
        }
    }

    private void wait(Route route, Step step) {
        boolean batch = route.from().isKafka()
                && step.choices() == 0
                && route.list().elements().stream().anyMatch(each -> each.path(step.kind()) == step.body());
        boolean sends = graph.sends(route) && !batch;
        // A route behind it that waits and sends is named itself.
        if (graph.reachesWait(step) && !graph.reachesKafka(step) && sends) {
            error(
                    route,
                    step.at(),
                    "the step " + step.named()
                            + " waits in another thread, and later records overtake the one that waits;"
                            + " expected asyncDelayed: false there");
        } else if (Set.of("delay", "throttle").contains(step.kind())) {
            problems.warning(
                    route.file().name(),
                    step.at(),
                    "the step " + step.named() + " holds up all records behind it, and a batch that takes longer than"
                            + " camel.component.kafka.maxPollIntervalMs is read again; expected short waits only");
        }
    }

    private Optional<Step> inside(Step block) {
        return sendsIn(block).findFirst();
    }

    private Stream<Step> sendsIn(Step block) {
        return Step.ofBranch(block.body().path("steps")).stream().filter(graph::reachesKafka);
    }

    private void error(Route route, Position at, String message) {
        problems.error(route.file().name(), at, message);
    }
}
