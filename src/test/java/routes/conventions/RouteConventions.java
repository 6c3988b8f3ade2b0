package routes.conventions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How YAML routes are written here: every convention has a name, which is also the folder of the files that break it. */
public final class RouteConventions {
    private static final int MOST_LINES = 45;
    private static final int MOST_STEPS = 7;
    private static final Set<String> SCRIPTS =
            Set.of("groovy", "java", "joor", "js", "language", "mvel", "ognl", "python", "script", "spel", "wasm");
    private static final Pattern KAFKA_HEADER = Pattern.compile("\\bkafka\\.[A-Z][A-Z_]*\\b|\\bCamelKafka\\w*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[?!]?([^{}:]+)(:[^{}]*)?}}");
    private static final Pattern BEAN = Pattern.compile("#(?:bean:)?([A-Za-z][\\w-]*)");

    private final Set<String> beans;
    private final Map<String, String> settings;
    private final Set<String> topics;
    private final YamlSchema schema;
    private final Map<String, BiConsumer<RouteFile, Consumer<String>>> ofFiles = new LinkedHashMap<>();
    private final Map<String, BiConsumer<JsonNode, Consumer<String>>> ofRoutes = new LinkedHashMap<>();

    /**
     * @param beans all names that a route may refer to
     * @param settings all that a placeholder may name, with their values
     * @param topics all Kafka topics there are
     */
    public RouteConventions(Set<String> beans, Map<String, String> settings, Set<String> topics) {
        this.beans = beans;
        this.settings = settings;
        this.topics = topics;
        this.schema = new YamlSchema(settings);
        ofFiles.put("camel-schema", (file, problem) -> schema.problems(file.content())
                .forEach(problem));
        ofFiles.put("one-route-per-file", RouteConventions::oneRoute);
        ofFiles.put("file-named-after-route", RouteConventions::fileName);
        ofFiles.put("short-file", RouteConventions::length);
        ofFiles.put("no-kafka-headers", RouteConventions::kafkaHeaders);
        ofFiles.put("known-settings", this::placeholders);
        ofFiles.put("known-beans", this::references);
        ofFiles.put("no-scripts", (file, problem) -> scripts(file.content(), problem));
        ofRoutes.put("verb-noun-id", RouteConventions::routeId);
        ofRoutes.put("description", RouteConventions::description);
        ofRoutes.put("long-form", RouteConventions::longForm);
        ofRoutes.put("send-ids", RouteConventions::sendIds);
        ofRoutes.put("few-steps", RouteConventions::steps);
        ofRoutes.put("one-send-per-branch", RouteConventions::branches);
        ofRoutes.put("no-choice-in-choice", RouteConventions::choices);
        ofRoutes.put("known-topics", this::kafkaTopics);
        ofRoutes.put("send-last", RouteConventions::sendLast);
        ofRoutes.put("group-of-its-own", RouteConventions::group);
        ofRoutes.put("commit-last", RouteConventions::commit);
    }

    /** The names of all conventions. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(ofFiles.keySet());
        names.addAll(ofRoutes.keySet());
        names.addAll(List.of("known-configuration", "known-routes", "unique-ids"));
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
        acrossFiles(files, problems);
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

    private void placeholders(RouteFile file, Consumer<String> problem) {
        Matcher matcher = PLACEHOLDER.matcher(file.withoutComments());
        while (matcher.find()) {
            if (!settings.containsKey(matcher.group(1).strip())) {
                problem.accept(matcher.group() + " is not a setting of application.properties");
            }
        }
    }

    private void references(RouteFile file, Consumer<String> problem) {
        Set<String> named = new TreeSet<>();
        collectReferences(file.content(), named);
        named.removeAll(beans);
        named.forEach(name -> problem.accept("refers to '" + name + "'; there is no bean or thread pool of that name"));
    }

    private static void collectReferences(JsonNode node, Set<String> named) {
        node.properties().forEach(entry -> {
            boolean refers = entry.getKey().equals("ref")
                    || entry.getKey().endsWith("Ref")
                    || entry.getKey().equals("executorService");
            Matcher bean = BEAN.matcher(entry.getValue().asText());
            if (bean.matches()) {
                named.add(bean.group(1));
            } else if (refers && entry.getValue().isTextual()) {
                named.add(entry.getValue().asText());
            }
        });
        node.forEach(child -> collectReferences(child, named));
    }

    private static void scripts(JsonNode node, Consumer<String> problem) {
        node.properties().forEach(entry -> {
            if (SCRIPTS.contains(entry.getKey())) {
                problem.accept("uses the script language '" + entry.getKey() + "'; expected Simple, or a bean");
            } else if (!entry.getKey().equals("parameters")) {
                scripts(entry.getValue(), problem);
            }
        });
        if (node.isArray()) {
            node.forEach(child -> scripts(child, problem));
        }
    }

    private static void routeId(JsonNode route, Consumer<String> problem) {
        String id = route.path("id").asText();
        if (!id.matches("[a-z]+(-[a-z0-9]+)+")) {
            problem.accept("route id '" + id + "': expected verb-noun in kebab-case, as in route-telemetry");
        }
    }

    private static void description(JsonNode route, Consumer<String> problem) {
        if (route.path("description").asText().isBlank()) {
            problem.accept("route " + route.path("id").asText() + " has no description");
        }
    }

    private static void longForm(JsonNode route, Consumer<String> problem) {
        List<JsonNode> endpoints = new ArrayList<>(List.of(route.path("from")));
        Step.of(route).stream().filter(Step::sends).map(Step::body).forEach(endpoints::add);
        for (JsonNode endpoint : endpoints) {
            String uri = endpoint.path("uri").asText();
            if (endpoint.isTextual()) {
                problem.accept("'" + endpoint.asText() + "': expected the long form, with uri and id");
            } else if (uri.contains("?")) {
                problem.accept("uri '" + uri + "': expected its options below parameters");
            }
        }
    }

    private static void sendIds(JsonNode route, Consumer<String> problem) {
        for (Step step : Step.of(route)) {
            Endpoint target = Endpoint.of(step.body());
            if (step.sends() && step.body().isObject() && !namesTarget(step.id(), target)) {
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

    private static void steps(JsonNode route, Consumer<String> problem) {
        int longest = Step.longest(route.path("from").path("steps"));
        if (longest > MOST_STEPS) {
            problem.accept("a message takes up to " + longest + " steps; expected at most " + MOST_STEPS);
        }
    }

    private static void branches(JsonNode route, Consumer<String> problem) {
        Step.of(route).stream()
                .filter(step -> step.kind().equals("choice"))
                .flatMap(choice -> Step.branches(choice.body()).stream())
                .map(branch ->
                        Step.ofBranch(branch).stream().filter(Step::sends).count())
                .filter(sends -> sends > 1)
                .forEach(sends -> problem.accept("a branch sends " + sends + " times; expected once"));
    }

    private static void choices(JsonNode route, Consumer<String> problem) {
        Step.of(route).stream()
                .filter(step -> step.kind().equals("choice") && step.choices() > 0)
                .forEach(step -> problem.accept("choice '" + step.id() + "' stands in another choice"));
    }

    private void kafkaTopics(JsonNode route, Consumer<String> problem) {
        List<Endpoint> endpoints = new ArrayList<>(List.of(Endpoint.of(route.path("from"))));
        Step.of(route).stream()
                .filter(Step::sends)
                .map(step -> Endpoint.of(step.body()))
                .forEach(endpoints::add);
        endpoints.stream()
                .filter(endpoint -> endpoint.isKafka() && !endpoint.isNamedBySetting() && !isTopic(endpoint))
                .forEach(endpoint -> problem.accept("topic '" + endpoint.path() + "' is not in topics.yaml"));
    }

    /** A list of messages with a topic each goes to the endpoint that is named as these topics begin. */
    private boolean isTopic(Endpoint endpoint) {
        boolean sendsList =
                endpoint.parameters().path("batchWithIndividualHeaders").asBoolean();
        String begin = endpoint.path() + ".";
        return topics.contains(endpoint.path())
                || sendsList && topics.stream().anyMatch(topic -> topic.startsWith(begin));
    }

    /** After the first acknowledgement records overtake each other, so a second send would be out of order. */
    private static void sendLast(JsonNode route, Consumer<String> problem) {
        boolean ofRecords = route.path("routeConfigurationId").asText().equals("record");
        Step.of(route).stream()
                .filter(step -> ofRecords && step.sendsToKafka() && step.followed())
                .forEach(step -> problem.accept("a step follows '" + step.id()
                        + "'; after a send to Kafka records overtake each other: expected the send as the last step"));
    }

    private static void group(JsonNode route, Consumer<String> problem) {
        Endpoint from = Endpoint.of(route.path("from"));
        String expected = "rig-streams." + route.path("id").asText();
        String found = from.parameters().path("groupId").asText();
        if (from.isKafka() && !found.equals(expected)) {
            problem.accept("reads Kafka as group '" + found + "'; expected groupId: " + expected);
        }
    }

    /** What makes reading lossless: the batch is committed, and only when every record is done with. */
    private static void commit(JsonNode route, Consumer<String> problem) {
        JsonNode steps = route.path("from").path("steps");
        boolean opens = ref(steps.path(0)).equals("open-batch");
        boolean commits = Set.of("commit-batch", "commit-archived").contains(ref(steps.path(steps.size() - 1)));
        boolean batch = route.path("routeConfigurationId").asText().equals("batch");
        if (Endpoint.of(route.path("from")).isKafka() && !(opens && commits && batch)) {
            problem.accept("reads Kafka; expected routeConfigurationId: batch, open-batch as the first step and"
                    + " commit-batch or commit-archived as the last");
        }
    }

    private static String ref(JsonNode step) {
        return step.path("process").path("ref").asText();
    }

    private static void acrossFiles(List<RouteFile> files, List<Problem> problems) {
        Set<String> configurations = files.stream()
                .flatMap(file -> file.configurations().stream())
                .map(configuration -> configuration.path("id").asText())
                .collect(Collectors.toSet());
        Set<String> directs = files.stream()
                .flatMap(file -> file.routes().stream())
                .map(route -> Endpoint.of(route.path("from")))
                .filter(Endpoint::isDirect)
                .map(Endpoint::path)
                .collect(Collectors.toSet());
        Map<String, String> ids = new HashMap<>();
        for (RouteFile file : files) {
            for (JsonNode route : file.routes()) {
                configuration(route, configurations)
                        .forEach(text -> problems.add(new Problem("known-configuration", file.name(), text)));
                directTargets(route, directs)
                        .forEach(text -> problems.add(new Problem("known-routes", file.name(), text)));
                repeatedIds(route, file, ids)
                        .forEach(text -> problems.add(new Problem("unique-ids", file.name(), text)));
            }
        }
    }

    private static List<String> configuration(JsonNode route, Set<String> known) {
        String named = route.path("routeConfigurationId").asText();
        return known.contains(named)
                ? List.of()
                : List.of("routeConfigurationId '" + named + "' is none of " + new TreeSet<>(known));
    }

    private static List<String> directTargets(JsonNode route, Set<String> known) {
        return Step.of(route).stream()
                .filter(Step::sends)
                .map(step -> Endpoint.of(step.body()))
                .filter(target -> target.isDirect() && !known.contains(target.path()))
                .map(target -> "no route begins with direct:" + target.path())
                .toList();
    }

    private static List<String> repeatedIds(JsonNode route, RouteFile file, Map<String, String> ids) {
        List<String> named = new ArrayList<>(List.of(route.path("id").asText()));
        Step.of(route).stream().map(Step::id).filter(id -> !id.isEmpty()).forEach(named::add);
        return named.stream()
                .filter(id -> ids.putIfAbsent(id, file.name()) != null)
                .map(id -> "id '" + id + "' is used in " + ids.get(id) + " already")
                .toList();
    }
}
