package routes.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which route hands records to which, with all settings in place: made once, asked by all that is checked of routes. */
public final class RouteGraph {
    private final List<RouteFile> files;
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, Route> byDirect = new HashMap<>();
    private final Map<String, YamlNode> configurations = new HashMap<>();
    private final Map<Route, List<Route>> callers = new IdentityHashMap<>();
    private final Set<Route> sending;
    private final Set<Route> waiting;

    /** A route; equal to itself only. */
    public static final class Route {
        private final RouteFile file;
        private final YamlNode yaml;
        private final Endpoint from;
        private final List<Step> steps;

        private Route(RouteFile file, YamlNode yaml) {
            this.file = file;
            this.yaml = yaml;
            this.from = Endpoint.of(yaml.path("from"));
            this.steps = Step.of(yaml);
        }

        /** The file that it stands in. */
        public RouteFile file() {
            return file;
        }

        public String id() {
            return yaml.path("id").asText();
        }

        /** Where it begins. */
        public Endpoint from() {
            return from;
        }

        YamlNode yaml() {
            return yaml;
        }

        /** Its own list of steps. */
        YamlNode list() {
            return yaml.path("from").path("steps");
        }

        /** All its steps in the order of the file, those of branches among them. */
        List<Step> steps() {
            return steps;
        }

        String configuration() {
            return yaml.path("routeConfigurationId").asText();
        }

        String named() {
            return RouteFile.named(yaml);
        }

        /** Whether it reads from somewhere; another is called. */
        public boolean isFront() {
            return !from.isDirect();
        }
    }

    /** @param files all that run together, with the values of their settings */
    public RouteGraph(List<RouteFile> files) {
        this.files = files;
        for (RouteFile file : files) {
            file.routes().forEach(route -> routes.add(new Route(file, route)));
            file.configurations()
                    .forEach(each -> configurations.putIfAbsent(each.path("id").asText(), each));
        }
        routes.stream()
                .filter(route -> !route.isFront())
                .forEach(route -> byDirect.putIfAbsent(route.from().path(), route));
        for (Route route : routes) {
            route.steps().stream()
                    .filter(step -> !isTap(step))
                    .flatMap(step -> behind(step).stream())
                    .forEach(called -> callers.computeIfAbsent(called, each -> new ArrayList<>())
                            .add(route));
        }
        sending = withCallers(Step::sendsToKafka);
        waiting = withCallers(RouteGraph::isAsynchronous);
    }

    private static boolean isTap(Step step) {
        return step.kind().equals("wireTap");
    }

    /** A wait that goes on in another thread, so that later records overtake. */
    private static boolean isAsynchronous(Step step) {
        String set = step.body().path("asyncDelayed").asText();
        return step.kind().equals("delay") && !set.equals("false")
                || step.kind().equals("throttle") && set.equals("true");
    }

    /** The routes with such a step, and those that call them, by way of others or not. */
    private Set<Route> withCallers(Predicate<Step> wanted) {
        List<Route> with = routes.stream()
                .filter(route -> route.steps().stream().anyMatch(step -> !isTap(step) && wanted.test(step)))
                .toList();
        return closure(with, route -> callers.getOrDefault(route, List.of()));
    }

    private static Set<Route> closure(Collection<Route> begin, Function<Route, Collection<Route>> next) {
        Set<Route> found = Collections.newSetFromMap(new IdentityHashMap<>());
        found.addAll(begin);
        Deque<Route> open = new ArrayDeque<>(begin);
        while (!open.isEmpty()) {
            next.apply(open.pop()).stream().filter(found::add).forEach(open::push);
        }
        return found;
    }

    public List<RouteFile> files() {
        return files;
    }

    /** All routes, in the order of their files. */
    public List<Route> routes() {
        return routes;
    }

    /** The names after {@code direct:} with which a route begins. */
    Set<String> directs() {
        return byDirect.keySet();
    }

    Map<String, YamlNode> configurations() {
        return configurations;
    }

    /** The route that a step hands records to; empty if it hands them to none. */
    Optional<Route> behind(Step step) {
        return step.sends() ? behind(Endpoint.of(step.body())) : Optional.empty();
    }

    Optional<Route> behind(Endpoint endpoint) {
        return endpoint.isDirect() ? Optional.ofNullable(byDirect.get(endpoint.path())) : Optional.empty();
    }

    /** Whether a record that takes this step is sent to Kafka before the next one is taken. */
    boolean reachesKafka(Step step) {
        return step.sendsToKafka() || behind(step).filter(sending::contains).isPresent();
    }

    /** Whether records that take this step wait in another thread. */
    boolean reachesWait(Step step) {
        return isAsynchronous(step)
                || !isTap(step) && behind(step).filter(waiting::contains).isPresent();
    }

    boolean sends(Route route) {
        return sending.contains(route);
    }

    /** The topic that a record of a route comes from, the first of several; empty if it comes from none. */
    public Optional<String> topicOf(String id) {
        List<Route> begin =
                routes.stream().filter(route -> route.id().equals(id)).toList();
        return closure(begin, route -> callers.getOrDefault(route, List.of())).stream()
                .map(Route::from)
                .filter(Endpoint::isKafka)
                .map(from -> from.path().split(",")[0])
                .sorted()
                .findFirst();
    }

    /** The routes that a record can come to from a route, with itself; by its treatment of errors and copies, too. */
    public Set<Route> reachedFrom(Route route) {
        return closure(List.of(route), this::targets);
    }

    private List<Route> targets(Route route) {
        Stream<Step> handlers = Optional.ofNullable(configurations.get(route.configuration())).stream()
                .flatMap(each -> Step.branches(each).stream())
                .flatMap(list -> Step.ofBranch(list).stream());
        Stream<Endpoint> letters = Optional.ofNullable(configurations.get(route.configuration())).stream()
                .map(each -> each.path("errorHandler").path("deadLetterChannel").path("deadLetterUri"))
                .filter(YamlNode::isScalar)
                .map(Endpoint::of);
        return Stream.concat(
                        Stream.concat(route.steps().stream(), handlers).flatMap(step -> behind(step).stream()),
                        letters.flatMap(letter -> behind(letter).stream()))
                .toList();
    }

    /** Whether a record comes from one route to another by steps. */
    boolean leadsTo(Route from, Route to) {
        return closure(List.of(from), route -> route.steps().stream()
                        .flatMap(step -> behind(step).stream())
                        .toList())
                .contains(to);
    }

    /** The routes that these hand records to, by way of others or not. */
    Set<Route> behindAll(Predicate<Route> those) {
        List<Route> next = routes.stream()
                .filter(those)
                .flatMap(route -> route.steps().stream())
                .flatMap(step -> behind(step).stream())
                .toList();
        return closure(next, route -> route.steps().stream()
                .flatMap(step -> behind(step).stream())
                .toList());
    }
}
