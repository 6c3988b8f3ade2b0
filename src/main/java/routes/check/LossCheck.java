package routes.check;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.kafka.KafkaConstants;
import routes.check.RouteGraph.Route;

/** Finds where a record, its key or its failure would be lost without a word. */
final class LossCheck {
    private static final String KEY = KafkaConstants.KEY;
    private static final String KAFKA_FAILED = "org.apache.kafka.common.KafkaException";
    private static final String SWALLOWED = ", and what has failed would be lost; expected ";

    private final RouteGraph graph;
    private final Problems problems;

    private LossCheck(RouteGraph graph, Problems problems) {
        this.graph = graph;
        this.problems = problems;
    }

    static void check(RouteGraph graph, Problems problems) {
        LossCheck check = new LossCheck(graph, problems);
        graph.routes().forEach(check::route);
        graph.files().forEach(file -> file.configurations().forEach(each -> check.configuration(file, each)));
    }

    private void route(Route route) {
        for (Step step : route.steps()) {
            if (step.kind().equals("removeHeaders") && dropsKey(step.body())) {
                problems.error(
                        route.file().name(),
                        step.at(),
                        "the step " + step.named() + " removes the record's key, " + KEY
                                + ", and with it its partition and"
                                + " its order; expected names of your own headers, or excludePattern: kafka.*");
            }
        }
        if (route.from().isKafka()) {
            Set<YamlNode> split = route.steps().stream()
                    .filter(step -> step.kind().equals("split"))
                    .flatMap(step -> Step.ofBranch(step.body().path("steps")).stream())
                    .map(Step::body)
                    .collect(Collectors.toSet());
            route.steps().stream()
                    .filter(step -> step.kind().equals("stop") && !split.contains(step.body()))
                    .forEach(step -> problems.error(
                            route.file().name(),
                            step.at(),
                            "the stop " + step.named() + " ends a batch of " + route.named()
                                    + " before it is committed, and it is read again for ever; expected it in the route of"
                                    + " one record"));
        }
    }

    private static boolean dropsKey(YamlNode removeHeaders) {
        String pattern = removeHeaders.isScalar()
                ? removeHeaders.asText()
                : removeHeaders.path("pattern").asText();
        return matches(pattern) && !matches(removeHeaders.path("excludePattern").asText());
    }

    /** As Camel does: a name, its begin and '*', or a regular expression. */
    private static boolean matches(String pattern) {
        String begin = pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return pattern.endsWith("*") && KEY.regionMatches(true, 0, begin, 0, begin.length())
                || pattern.equalsIgnoreCase(KEY);
    }

    private void configuration(RouteFile file, YamlNode configuration) {
        YamlNode channel = configuration.path("errorHandler").path("deadLetterChannel");
        boolean letters = configuration.path("errorHandler").has("deadLetterChannel");
        if (letters) {
            deadLetters(file, channel);
        }
        Stream.of(channel, configuration.path("errorHandler").path("defaultErrorHandler"))
                .map(handler -> handler.path("redeliveryPolicy"))
                .forEach(policy -> redelivery(file, policy));
        boolean redelivers = !configuration
                .path("errorHandler")
                .path("defaultErrorHandler")
                .path("redeliveryPolicy")
                .path("maximumRedeliveries")
                .asText()
                .matches("0?");
        if ((letters || redelivers) && !leavesSendsAlone(configuration)) {
            problems.error(
                    file.name(),
                    configuration.path("errorHandler").key(),
                    "the route configuration '" + configuration.path("id").asText()
                            + "' tries a failed Kafka send again, which later records overtake, or dead-letters it, which"
                            + " floods the letters while Kafka is down; expected an onException of " + KAFKA_FAILED
                            + " with handled: {constant: \"false\"} and maximumRedeliveries: 0, as in errors.camel.yaml");
        }
        configuration.path("onException").forEach(entry -> onException(file, entry.path("onException")));
    }

    private void deadLetters(RouteFile file, YamlNode channel) {
        YamlNode uri = channel.path("deadLetterUri");
        Endpoint letters = Endpoint.of(uri);
        boolean kept =
                letters.isDirect() ? graph.behind(letters).map(graph::sends).orElse(true) : letters.isKafka();
        if (!kept) {
            problems.error(
                    file.name(),
                    uri.value(),
                    "the deadLetterUri '" + uri.asText() + "' does not send to Kafka" + SWALLOWED
                            + "direct:send-dead-letter, or a route of your own that sends to a topic");
        }
        YamlNode swallows = channel.path("deadLetterHandleNewException");
        if (!swallows.asText().equals("false")) {
            problems.error(
                    file.name(),
                    swallows.isScalar() ? swallows.value() : channel.key(),
                    "a dead letter that cannot be sent would count as sent" + SWALLOWED
                            + "deadLetterHandleNewException: false");
        }
    }

    private void redelivery(RouteFile file, YamlNode policy) {
        YamlNode waits = policy.path("asyncDelayedRedelivery");
        if (waits.asText().equals("true")) {
            problems.error(
                    file.name(),
                    waits.value(),
                    "a record that is tried again in another thread is overtaken by later ones; expected"
                            + " asyncDelayedRedelivery: false");
        }
    }

    private static boolean leavesSendsAlone(YamlNode configuration) {
        for (YamlNode entry : configuration.path("onException")) {
            YamlNode on = entry.path("onException");
            boolean ofKafka = Walk.texts(on.path("exception")).stream()
                    .anyMatch(name -> name.asText().equals(KAFKA_FAILED));
            boolean once = on.path("redeliveryPolicy")
                    .path("maximumRedeliveries")
                    .asText()
                    .equals("0");
            if (ofKafka && once && on.has("handled")) {
                return true;
            }
        }
        return false;
    }

    private void onException(RouteFile file, YamlNode on) {
        for (String name : Set.of("handled", "continued")) {
            YamlNode value = on.path(name);
            if (on.has(name) && !value.path("constant").asText().equals("false")) {
                problems.error(
                        file.name(),
                        value.key(),
                        "'" + name
                                + "' takes a failure for success: the record, or the dead letter of it that cannot be"
                                + " sent, would count as done" + SWALLOWED + name + ": {constant: \"false\"}, or none");
            }
        }
        redelivery(file, on.path("redeliveryPolicy"));
    }
}
