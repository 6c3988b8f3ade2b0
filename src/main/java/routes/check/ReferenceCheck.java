package routes.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds names that nothing has, and names that two things have. */
final class ReferenceCheck {
    private final Surroundings surroundings;

    /** Where a route, or what treats the failures of routes, names a topic. */
    private record Mention(RouteFile file, String by, YamlNode uri) {}

    /** A place in a file. */
    private record Place(RouteFile file, YamlNode node) {}

    ReferenceCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * @param complete false if some file could not be read: then what a file has to provide is not asked for
     */
    void check(RouteGraph graph, boolean complete, Problems problems) {
        ids(graph.files(), problems);
        reserved(graph, problems);
        configurations(graph.files(), complete, problems);
        directs(graph.files(), complete, problems);
        topics(graph, problems);
    }

    private void reserved(RouteGraph graph, Problems problems) {
        graph.routes().stream()
                .filter(route -> surroundings.reserved().contains(route.id()))
                .forEach(route -> problems.error(
                        route.file().name(),
                        route.yaml().path("id").value(),
                        "the id '" + route.id()
                                + "' is that of a route of the program's own, which would be gone; expected"
                                + " an id of its own"));
    }

    private static void ids(List<RouteFile> files, Problems problems) {
        Map<String, RouteFile> used = new HashMap<>();
        for (RouteFile file : files) {
            for (YamlNode route : file.routes()) {
                List<YamlNode> ids = new ArrayList<>(List.of(route.path("id")));
                Step.of(route).forEach(step -> ids.add(step.body().path("id")));
                ids.stream().filter(id -> !id.asText().isEmpty()).forEach(id -> once(file, id, used, problems));
            }
            for (YamlNode configuration : file.configurations()) {
                once(file, configuration.path("id"), "route configuration ", used, problems);
            }
        }
    }

    private static void once(RouteFile file, YamlNode id, Map<String, RouteFile> used, Problems problems) {
        once(file, id, "", used, problems);
    }

    private static void once(RouteFile file, YamlNode id, String kind, Map<String, RouteFile> used, Problems problems) {
        RouteFile first = used.putIfAbsent(kind + id.asText(), file);
        if (first != null) {
            problems.error(
                    file.name(),
                    id.value(),
                    "the id '" + id.asText() + "' is used already, in " + first.name() + "; expected an id of its own");
        }
    }

    private static void configurations(List<RouteFile> files, boolean complete, Problems problems) {
        Set<String> known = new TreeSet<>();
        files.forEach(file -> file.configurations()
                .forEach(configuration -> known.add(configuration.path("id").asText())));
        for (RouteFile file : files) {
            file.configurations().stream()
                    .filter(configuration -> configuration.path("id").asText().isEmpty())
                    .forEach(configuration -> problems.error(
                            file.name(),
                            configuration.key(),
                            "this route configuration has no id, and would count for the program's own routes;"
                                    + " expected one that routes name"));
            for (YamlNode route : file.routes()) {
                YamlNode named = route.path("routeConfigurationId");
                if (!named.isScalar()) {
                    problems.error(
                            file.name(),
                            route.key(),
                            RouteFile.named(route) + " names no routeConfigurationId; expected one of "
                                    + String.join(", ", known) + ": without it a failure would be swallowed");
                } else if (complete && !known.contains(named.asText())) {
                    problems.error(
                            file.name(),
                            named.value(),
                            RouteFile.named(route) + " names the routeConfigurationId '" + named.asText()
                                    + "', which does not exist; expected one of " + String.join(", ", known)
                                    + Problems.nearest(named.asText(), known));
                }
            }
        }
    }

    private static void directs(List<RouteFile> files, boolean complete, Problems problems) {
        Map<String, Place> consumers = new LinkedHashMap<>();
        for (RouteFile file : files) {
            for (YamlNode route : file.routes()) {
                Endpoint from = Endpoint.of(route.path("from"));
                if (from.isDirect()) {
                    Place first = consumers.putIfAbsent(from.path(), new Place(file, route));
                    if (first != null) {
                        problems.error(
                                file.name(),
                                from.uri().value(),
                                "direct:" + from.path() + " begins " + RouteFile.named(first.node()) + " in "
                                        + first.file().name()
                                        + " already; expected exactly one route to begin with it");
                    }
                }
            }
        }
        if (complete) {
            files.forEach(file -> targets(file, consumers.keySet(), problems));
        }
    }

    private static void targets(RouteFile file, Set<String> consumers, Problems problems) {
        for (Walk.Use use : Walk.endpoints(file.content())) {
            Endpoint to = use.endpoint();
            if (to.isDirect() && !to.path().contains("${") && !consumers.contains(to.path())) {
                problems.error(
                        file.name(),
                        to.uri().value(),
                        "no route begins with direct:" + to.path() + "; expected exactly one"
                                + Problems.nearest(to.path(), consumers));
            }
        }
    }

    private void topics(RouteGraph graph, Problems problems) {
        Map<String, List<Mention>> named = new LinkedHashMap<>();
        graph.routes().forEach(route -> mentions(route.file(), route.named(), route.yaml(), named));
        graph.files().forEach(file -> file.configurations()
                .forEach(each ->
                        mentions(file, "route configuration " + each.path("id").asText(), each, named)));
        for (String unknown : surroundings.unknownTopics().apply(named.keySet())) {
            for (Mention mention : named.get(unknown)) {
                problems.error(
                        mention.file().name(),
                        mention.file().find(mention.uri(), unknown),
                        mention.by() + " names the topic " + unknown + missing(unknown));
            }
        }
    }

    private static void mentions(RouteFile file, String by, YamlNode yaml, Map<String, List<Mention>> named) {
        for (Walk.Use use : Walk.endpoints(yaml)) {
            for (String topic : topics(use.endpoint())) {
                named.computeIfAbsent(topic, name -> new ArrayList<>())
                        .add(new Mention(file, by, use.endpoint().uri()));
            }
        }
    }

    private String missing(String topic) {
        if (surroundings.topics().contains(topic)) {
            return ", which the cluster no longer has; expected it, since the catalogue or kafka.topics names it; "
                    + "topics create makes it again";
        }
        return ", which does not exist; expected one of the catalogue or of kafka.topics"
                + Problems.nearest(topic, surroundings.topics())
                + "; a topic of your own is created with --set kafka.topics=" + topic;
    }

    /** None for what is no Kafka endpoint, for patterns, and where each record of a list carries its own topic. */
    private static List<String> topics(Endpoint endpoint) {
        String path = endpoint.path();
        boolean others = !endpoint.isKafka()
                || path.isEmpty()
                || path.contains("${")
                || endpoint.isOn("topicIsPattern")
                || endpoint.isOn("batchWithIndividualHeaders");
        return others
                ? List.of()
                : Stream.of(path.split(","))
                        .map(String::strip)
                        .filter(Vocabulary.Kind.NAME::matches)
                        .toList();
    }
}
