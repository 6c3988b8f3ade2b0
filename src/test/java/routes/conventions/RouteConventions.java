package routes.conventions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import routes.check.Endpoint;
import routes.check.RouteFile;
import routes.check.Step;
import routes.check.YamlNode;

/** How YAML routes are written here: every convention has a name, which is also the folder of the files that break it. */
public final class RouteConventions {
    private static final int MOST_LINES = 45;
    private static final int MOST_STEPS = 7;
    private static final Pattern KAFKA_HEADER = Pattern.compile("\\bkafka\\.[A-Z][A-Z_]*\\b|\\bCamelKafka\\w*");

    private final Map<String, BiConsumer<RouteFile, Consumer<String>>> ofFiles = new LinkedHashMap<>();
    private final Map<String, BiConsumer<YamlNode, Consumer<String>>> ofRoutes = new LinkedHashMap<>();

    public RouteConventions() {
        ofFiles.put("one-route-per-file", RouteConventions::oneRoute);
        ofFiles.put("file-named-after-route", RouteConventions::fileName);
        ofFiles.put("short-file", RouteConventions::length);
        ofFiles.put("no-kafka-headers", RouteConventions::kafkaHeaders);
        ofRoutes.put("verb-noun-id", RouteConventions::routeId);
        ofRoutes.put("long-form", RouteConventions::longForm);
        ofRoutes.put("send-ids", RouteConventions::sendIds);
        ofRoutes.put("few-steps", RouteConventions::steps);
        ofRoutes.put("one-send-per-branch", RouteConventions::branches);
        ofRoutes.put("no-choice-in-choice", RouteConventions::choices);
        ofRoutes.put("group-of-its-own", RouteConventions::group);
        ofRoutes.put("commit-last", RouteConventions::commit);
    }

    /** The names of all conventions. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(ofFiles.keySet());
        names.addAll(ofRoutes.keySet());
        return names;
    }

    /** @param files all that run together */
    public List<Problem> problems(List<RouteFile> files) {
        List<Problem> problems = new ArrayList<>();
        for (RouteFile file : files) {
            ofFiles.forEach(
                    (name, check) -> check.accept(file, text -> problems.add(new Problem(name, file.name(), text))));
            ofRoutes.forEach((name, check) -> file.routes()
                    .forEach(route -> check.accept(route, text -> problems.add(new Problem(name, file.name(), text)))));
        }
        return problems;
    }

    private static void oneRoute(RouteFile file, Consumer<String> problem) {
        int routes = file.routes().size();
        int configurations = file.configurations().size();
        boolean configures = configurations > 0 && file.content().size() == configurations;
        if (!configures && (routes != 1 || file.content().size() != 1)) {
            problem.accept("has " + routes + " routes among " + file.content().size()
                    + " entries; expected one route, or route configurations only");
        }
    }

    private static void fileName(RouteFile file, Consumer<String> problem) {
        for (String id : file.routeIds()) {
            if (!file.name().equals(id + RouteFile.EXTENSION)) {
                problem.accept("expected the name " + id + RouteFile.EXTENSION + " for route " + id);
            }
        }
        if (!file.name().endsWith(RouteFile.EXTENSION)) {
            problem.accept("expected a name that ends in " + RouteFile.EXTENSION);
        }
    }

    private static void length(RouteFile file, Consumer<String> problem) {
        long lines = file.text().lines().count();
        if (!file.routes().isEmpty() && lines > MOST_LINES) {
            problem.accept("has " + lines + " lines; expected at most " + MOST_LINES);
        }
    }

    private static void kafkaHeaders(RouteFile file, Consumer<String> problem) {
        Matcher matcher = KAFKA_HEADER.matcher(file.withoutComments());
        while (matcher.find()) {
            problem.accept("names camel-kafka's header " + matcher.group()
                    + "; that name differs between versions of Camel: leave it to a bean");
        }
    }

    private static void routeId(YamlNode route, Consumer<String> problem) {
        String id = route.path("id").asText();
        if (!id.matches("[a-z]+(-[a-z0-9]+)+")) {
            problem.accept("route id '" + id + "': expected verb-noun in kebab-case, as in route-telemetry");
        }
    }

    private static void longForm(YamlNode route, Consumer<String> problem) {
        List<YamlNode> endpoints = new ArrayList<>(List.of(route.path("from")));
        Step.of(route).stream().filter(Step::sends).map(Step::body).forEach(endpoints::add);
        for (YamlNode endpoint : endpoints) {
            String uri = endpoint.path("uri").asText();
            if (endpoint.isTextual()) {
                problem.accept("'" + endpoint.asText() + "': expected the long form, with uri and id");
            } else if (uri.contains("?")) {
                problem.accept("uri '" + uri + "': expected its options below parameters");
            }
        }
    }

    private static void sendIds(YamlNode route, Consumer<String> problem) {
        for (Step step : Step.of(route)) {
            Endpoint target = Endpoint.of(step.body());
            if (step.sends() && !step.body().isTextual() && !namesTarget(step.id(), target)) {
                problem.accept("the step to " + target.scheme() + ":" + target.path() + " has the id '" + step.id()
                        + "'; expected to-<target>, the target's name or its end");
            }
        }
    }

    /** {@code to-drilling} for {@code rig.activity.drilling}. */
    private static boolean namesTarget(String id, Endpoint target) {
        if (!id.startsWith("to-") || id.length() == 3) {
            return false;
        }
        String name = id.substring(3);
        String dashed = target.path().replace('.', '-');
        return target.isNamedBySetting() || dashed.equals(name) || dashed.endsWith("-" + name);
    }

    private static void steps(YamlNode route, Consumer<String> problem) {
        int longest = Step.longest(route.path("from").path("steps"));
        if (longest > MOST_STEPS) {
            problem.accept("a message takes up to " + longest + " steps; expected at most " + MOST_STEPS);
        }
    }

    private static void branches(YamlNode route, Consumer<String> problem) {
        Step.of(route).stream()
                .filter(step -> step.kind().equals("choice"))
                .flatMap(choice -> Step.branches(choice.body()).stream())
                .map(branch ->
                        Step.ofBranch(branch).stream().filter(Step::sends).count())
                .filter(sends -> sends > 1)
                .forEach(sends -> problem.accept("a branch sends " + sends + " times; expected once"));
    }

    private static void choices(YamlNode route, Consumer<String> problem) {
        Step.of(route).stream()
                .filter(step -> step.kind().equals("choice") && step.choices() > 0)
                .forEach(step -> problem.accept("choice '" + step.id() + "' stands in another choice"));
    }

    private static void group(YamlNode route, Consumer<String> problem) {
        Endpoint from = Endpoint.of(route.path("from"));
        String expected = "rig-streams." + route.path("id").asText();
        String found = from.parameters().path("groupId").asText();
        if (from.isKafka() && !found.equals(expected)) {
            problem.accept("reads Kafka as group '" + found + "'; expected groupId: " + expected);
        }
    }

    /** What makes reading lossless: the batch is committed, and only when every record is done with. */
    private static void commit(YamlNode route, Consumer<String> problem) {
        YamlNode steps = route.path("from").path("steps");
        boolean opens = ref(steps.path(0)).equals("open-batch");
        boolean commits = Set.of("commit-batch", "commit-archived").contains(ref(steps.path(steps.size() - 1)));
        boolean batch = route.path("routeConfigurationId").asText().equals("batch");
        if (Endpoint.of(route.path("from")).isKafka() && !(opens && commits && batch)) {
            problem.accept("reads Kafka; expected routeConfigurationId: batch, open-batch as the first step and"
                    + " commit-batch or commit-archived as the last");
        }
    }

    private static String ref(YamlNode step) {
        return step.path("process").path("ref").asText();
    }
}
