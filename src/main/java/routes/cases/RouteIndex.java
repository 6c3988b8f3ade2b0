package routes.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import routes.check.Endpoint;
import routes.check.RouteFile;
import routes.check.RouteGraph;
import routes.check.Step;
import routes.check.YamlNode;

/** The routes that run together, by what cases ask of them. */
final class RouteIndex {
    private final List<RouteFile> files;
    private final RouteGraph graph;

    RouteIndex(List<RouteFile> files) {
        this.files = files;
        this.graph = new RouteGraph(files);
    }

    List<RouteFile> files() {
        return files;
    }

    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        files.forEach(file -> ids.addAll(file.routeIds()));
        ids.remove("");
        return ids;
    }

    /** The ids of all steps. */
    Set<String> steps() {
        Set<String> ids = new TreeSet<>();
        routes().forEach(route -> Step.of(route).forEach(step -> ids.add(step.id())));
        ids.remove("");
        return ids;
    }

    private List<YamlNode> routes() {
        List<YamlNode> routes = new ArrayList<>();
        files.forEach(file -> routes.addAll(file.routes()));
        return routes;
    }

    private Optional<Endpoint> from(String id) {
        return routes().stream()
                .filter(route -> route.path("id").asText().equals(id))
                .findFirst()
                .map(route -> Endpoint.of(route.path("from")));
    }

    /** Whether the route reads Kafka, and so as all routes do that do not ask for single records. */
    boolean readsBatches(String id) {
        return from(id).filter(Endpoint::isKafka)
                .filter(from -> !from.parameters().path("batching").asText().equals("false"))
                .isPresent();
    }

    /** Whether the route handles what it is given; another one begins by itself, as with a timer. */
    boolean needsInput(String id) {
        return from(id).filter(from -> from.isKafka() || from.isDirect()).isPresent();
    }

    /** The topic that the route's records come from, by way of other routes or not; empty if from none. */
    Optional<String> topic(String id) {
        return graph.topicOf(id);
    }
}
