package routes.reload;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import routes.check.RouteFile;
import routes.check.RouteGraph;
import routes.check.RouteGraph.Route;
import routes.check.RouteText;
import routes.check.YamlNode;

/** Which routes wait and which files are loaded when some change; of files that the check has found to be good. */
final class SwapPlan {
    private final Map<String, RouteFile> files = new TreeMap<>();
    private final RouteGraph graph;

    /** @param resolved all that run together, with the values of their settings */
    SwapPlan(List<RouteFile> resolved) {
        resolved.forEach(file -> files.put(file.name(), file));
        graph = new RouteGraph(resolved);
    }

    /** The routes that read from somewhere, and from which a record can come to a route of these files. */
    Predicate<String> frontsOf(Set<String> names) {
        Set<String> ids = graph.routes().stream()
                .filter(Route::isFront)
                .filter(front -> graph.reachedFrom(front).stream()
                        .anyMatch(route -> names.contains(route.file().name())))
                .map(Route::id)
                .collect(Collectors.toSet());
        Set<String> known = graph.routes().stream().map(Route::id).collect(Collectors.toSet());
        // A route without an id got one from Camel: it is one of those that stand in no file.
        return id -> ids.contains(id) || ids.contains("") && !known.contains(id);
    }

    /**
     * The files that have to be loaded again when these change: themselves, and those whose routes name a route
     * configuration that is another one then; all, if something else that counts for all routes does.
     *
     * @param other the files as they are to be, or as they were
     */
    Set<String> goingWith(Set<String> changed, SwapPlan other) {
        Set<String> going = new HashSet<>(changed);
        if (changed.stream().anyMatch(name -> !rest(name).equals(other.rest(name)))) {
            going.addAll(files.keySet());
        }
        Set<String> differing = changed.stream()
                .flatMap(name -> Stream.concat(ids(name), other.ids(name)))
                .filter(id -> !configuration(id).equals(other.configuration(id)))
                .collect(Collectors.toSet());
        files.values().stream()
                .filter(file -> file.routes().stream()
                        .anyMatch(route -> differing.contains(
                                route.path("routeConfigurationId").asText())))
                .forEach(file -> going.add(file.name()));
        return going;
    }

    private Stream<YamlNode> configurations() {
        return files.values().stream().flatMap(file -> file.configurations().stream());
    }

    private Stream<String> ids(String name) {
        return files.containsKey(name)
                ? files.get(name).configurations().stream()
                        .map(each -> each.path("id").asText())
                : Stream.empty();
    }

    private String configuration(String id) {
        return configurations()
                .filter(each -> each.path("id").asText().equals(id))
                .map(SwapPlan::said)
                .collect(Collectors.joining());
    }

    /** What is neither a route nor a route configuration, as beans. */
    private String rest(String name) {
        return !files.containsKey(name)
                ? ""
                : files.get(name).content().elements().stream()
                        .filter(entry -> !entry.has("route") && !entry.has("routeConfiguration"))
                        .map(SwapPlan::said)
                        .collect(Collectors.joining());
    }

    private static String said(YamlNode node) {
        return node.json().toString();
    }

    /** What Camel gets of these files: those with route configurations first, last what reads from somewhere. */
    List<RouteText> inOrderOfLoading(Set<String> names) {
        return files.values().stream()
                .filter(file -> names.contains(file.name()))
                .sorted(Comparator.comparingInt((RouteFile file) -> rank(file.name()))
                        .thenComparing(RouteFile::name))
                .map(RouteFile::forCamel)
                .toList();
    }

    private int rank(String name) {
        if (ids(name).findAny().isPresent()) {
            return 0;
        }
        return graph.routes().stream().anyMatch(route -> route.file().name().equals(name) && route.isFront()) ? 2 : 1;
    }
}
