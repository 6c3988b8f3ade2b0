package routes.reload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which route calls which, and which files go together; of files that the check has found to be good. */
final class RouteMap {
    /** Where a route begins whose target is only known with the message: anywhere. */
    private static final String ANYWHERE = "*";

    private final UnaryOperator<String> settings;
    private final Map<String, RouteFile> files = new TreeMap<>();
    private final List<Node> nodes = new ArrayList<>();

    /**
     * @param entry the name after {@code direct:}; empty for a route that reads from somewhere
     * @param targets the names after {@code direct:} that it, or its treatment of errors, sends to
     */
    private record Node(String id, String file, String entry, Set<String> targets) {
        boolean isFront() {
            return entry.isEmpty();
        }

        boolean calls(Node other) {
            return !other.isFront() && (targets.contains(other.entry()) || targets.contains(ANYWHERE));
        }
    }

    /** @param settings the text with the values of all settings in it */
    RouteMap(Collection<RouteText> texts, UnaryOperator<String> settings) {
        this.settings = settings;
        Problems problems = new Problems(List.copyOf(texts));
        texts.forEach(text -> YamlReader.read(text, problems).ifPresent(file -> files.put(file.name(), file)));
        files.values().forEach(file -> file.routes().forEach(route -> nodes.add(node(file, route))));
    }

    private Node node(RouteFile file, YamlNode route) {
        Endpoint from = Endpoint.of(route.path("from"));
        String configuration = route.path("routeConfigurationId").asText();
        Set<String> targets = Stream.concat(
                        Walk.endpoints(route.path("from").path("steps")).stream(),
                        configurations()
                                .filter(each -> each.path("id").asText().equals(configuration))
                                .flatMap(each -> Walk.endpoints(each).stream()))
                .map(Walk.Use::endpoint)
                .map(this::target)
                .filter(target -> !target.isEmpty())
                .collect(Collectors.toSet());
        return new Node(route.path("id").asText(), file.name(), from.isDirect() ? direct(from) : "", targets);
    }

    private Stream<YamlNode> configurations() {
        return files.values().stream().flatMap(file -> file.configurations().stream());
    }

    private String target(Endpoint to) {
        boolean anywhere =
                to.scheme().contains("$") || to.isDirect() && to.path().contains("${");
        return anywhere ? ANYWHERE : to.isDirect() ? direct(to) : "";
    }

    private String direct(Endpoint endpoint) {
        return settings.apply(endpoint.path());
    }

    /** The routes that read from somewhere, and from which a record can come to a route of these files. */
    Predicate<String> frontsOf(Set<String> names) {
        Set<String> ids = nodes.stream()
                .filter(Node::isFront)
                .filter(front -> reaches(front, names))
                .map(Node::id)
                .collect(Collectors.toSet());
        Set<String> known = nodes.stream().map(Node::id).collect(Collectors.toSet());
        // A route without an id got one from Camel: it is one of those that stand in no file.
        return id -> ids.contains(id) || ids.contains("") && !known.contains(id);
    }

    private boolean reaches(Node front, Set<String> names) {
        Set<Node> seen = new HashSet<>(Set.of(front));
        Deque<Node> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (names.contains(node.file())) {
                return true;
            }
            nodes.stream().filter(node::calls).filter(seen::add).forEach(open::push);
        }
        return false;
    }

    /**
     * The files that have to be loaded again when these change: themselves, and those whose routes name a route
     * configuration that is another one then; all, if something else that counts for all routes does.
     *
     * @param other the files as they are to be, or as they were
     */
    Set<String> goingWith(Set<String> changed, RouteMap other) {
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

    private Stream<String> ids(String name) {
        return files.containsKey(name)
                ? files.get(name).configurations().stream()
                        .map(each -> each.path("id").asText())
                : Stream.empty();
    }

    private String configuration(String id) {
        return configurations()
                .filter(each -> each.path("id").asText().equals(id))
                .map(RouteMap::said)
                .collect(Collectors.joining());
    }

    /** What is neither a route nor a route configuration, as beans. */
    private String rest(String name) {
        return !files.containsKey(name)
                ? ""
                : files.get(name).content().elements().stream()
                        .filter(entry -> !entry.has("route") && !entry.has("routeConfiguration"))
                        .map(RouteMap::said)
                        .collect(Collectors.joining());
    }

    private static String said(YamlNode node) {
        return node.json(plain -> plain).toString();
    }

    /** Those with route configurations first, then what only others call, last what reads from somewhere. */
    List<RouteText> inOrderOfLoading(Collection<RouteText> texts) {
        return texts.stream()
                .sorted(Comparator.comparingInt((RouteText text) -> rank(text.name()))
                        .thenComparing(RouteText::name))
                .toList();
    }

    private int rank(String name) {
        if (ids(name).findAny().isPresent()) {
            return 0;
        }
        return nodes.stream().anyMatch(node -> node.file().equals(name) && node.isFront()) ? 2 : 1;
    }
}
