package routes.reload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds names that nothing has, and names that two things have. */
final class ReferenceCheck {
    static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[?!]?([^{}:]+)(:[^{}]*)?}}");
    private static final Pattern BEAN = Pattern.compile("#(?:bean:)?([A-Za-z][\\w-]*)");
    private static final Pattern CHANNEL =
            Pattern.compile("\\$(?:simple)?\\{\\s*channel\\(\\s*['\"]?([^)'\"]*?)['\"]?\\s*\\)");

    private final Surroundings surroundings;

    /** A place in a file. */
    private record Mention(RouteFile file, YamlNode node) {}

    ReferenceCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * @param files all that run together
     * @param complete false if some file could not be read: then what a file has to provide is not asked for
     */
    void check(List<RouteFile> files, boolean complete, Problems problems) {
        for (RouteFile file : files) {
            placeholders(file, problems);
            channels(file, problems);
        }
        beans(files, problems);
        ids(files, problems);
        configurations(files, complete, problems);
        directs(files, complete, problems);
        topics(files, problems);
    }

    private void placeholders(RouteFile file, Problems problems) {
        for (YamlNode text : Walk.texts(file.content())) {
            Matcher named = PLACEHOLDER.matcher(text.asText());
            while (named.find()) {
                String key = named.group(1).strip();
                boolean optional = named.group(2) != null || named.group().startsWith("{{?");
                if (!optional
                        && surroundings.setting(key) == null
                        && !surroundings.secrets().contains(key)) {
                    problems.error(
                            file.name(),
                            file.find(text, named.group()),
                            "there is no setting {{" + key + "}}; expected one of application.properties, or"
                                    + " one of your own, --set my.NAME=VALUE"
                                    + Problems.nearest(
                                            key, surroundings.settings().stringPropertyNames()));
                }
            }
        }
    }

    private void channels(RouteFile file, Problems problems) {
        for (YamlNode text : Walk.texts(file.content())) {
            Matcher named = CHANNEL.matcher(text.asText());
            while (named.find()) {
                String channel = surroundings.resolve(named.group(1));
                if (!surroundings.channels().contains(channel)) {
                    Position begin = file.find(text, named.group());
                    int inside = named.start(1) - named.start();
                    problems.error(
                            file.name(),
                            new Position(begin.line(), begin.column() + inside),
                            "no channel is named '" + channel + "'; expected one of the channel catalogue, as the"
                                    + " condition would be false for ever"
                                    + Problems.nearest(channel, surroundings.channels()));
                }
            }
        }
    }

    private void beans(List<RouteFile> files, Problems problems) {
        Set<String> known = new TreeSet<>(surroundings.beans().keySet());
        known.addAll(surroundings.threadPools());
        for (RouteFile file : files) {
            file.content().forEach(entry -> entry.path("beans")
                    .forEach(bean -> known.add(bean.path("name").asText())));
        }
        for (RouteFile file : files) {
            for (YamlNode text : Walk.texts(file.content())) {
                Matcher bean = BEAN.matcher(text.asText());
                if (bean.matches()) {
                    bean(file, text, bean.group(1), known, problems);
                }
            }
            for (Walk.Field field : Walk.fields(file.content())) {
                boolean refers = field.name().equals("ref")
                        || field.name().endsWith("Ref")
                        || field.name().equals("executorService");
                boolean plain =
                        field.value().isTextual() && !field.value().asText().matches(".*[#{].*");
                if (refers && plain) {
                    bean(file, field.value(), field.value().asText(), known, problems);
                }
            }
        }
    }

    private static void bean(RouteFile file, YamlNode at, String name, Set<String> known, Problems problems) {
        if (!known.contains(name)) {
            problems.error(
                    file.name(),
                    file.find(at, name),
                    "there is no bean or thread pool named '" + name + "'; " + Problems.oneOf(name, known));
        }
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

    private void directs(List<RouteFile> files, boolean complete, Problems problems) {
        Map<String, Mention> consumers = new LinkedHashMap<>();
        for (RouteFile file : files) {
            for (YamlNode route : file.routes()) {
                Endpoint from = Endpoint.of(route.path("from"));
                if (from.isDirect()) {
                    Mention first = consumers.putIfAbsent(name(from), new Mention(file, route));
                    if (first != null) {
                        problems.error(
                                file.name(),
                                from.uri().value(),
                                "direct:" + name(from) + " begins " + RouteFile.named(first.node()) + " in "
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

    private void targets(RouteFile file, Set<String> consumers, Problems problems) {
        for (Walk.Use use : Walk.endpoints(file.content())) {
            Endpoint to = use.endpoint();
            boolean fixed = !name(to).contains("${") && !name(to).contains("{{");
            if (to.isDirect() && fixed && !consumers.contains(name(to))) {
                problems.error(
                        file.name(),
                        to.uri().value(),
                        "no route begins with direct:" + name(to) + "; expected exactly one"
                                + Problems.nearest(name(to), consumers));
            }
        }
    }

    private String name(Endpoint direct) {
        return surroundings.resolve(direct.path());
    }

    private void topics(List<RouteFile> files, Problems problems) {
        Map<String, List<Mention>> named = new LinkedHashMap<>();
        Map<YamlNode, YamlNode> routes = new HashMap<>();
        for (RouteFile file : files) {
            for (YamlNode route : file.routes()) {
                for (Walk.Use use : Walk.endpoints(route)) {
                    for (String topic : topics(use.endpoint())) {
                        routes.put(use.endpoint().uri(), route);
                        named.computeIfAbsent(topic, name -> new ArrayList<>())
                                .add(new Mention(file, use.endpoint().uri()));
                    }
                }
            }
        }
        for (String unknown : surroundings.unknownTopics().apply(named.keySet())) {
            for (Mention mention : named.get(unknown)) {
                problems.error(
                        mention.file().name(),
                        mention.file().find(mention.node(), unknown),
                        RouteFile.named(routes.get(mention.node())) + " names the topic " + unknown + missing(unknown));
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
    private List<String> topics(Endpoint endpoint) {
        String path = surroundings.resolve(endpoint.path());
        boolean others = !endpoint.isKafka()
                || path.isEmpty()
                || path.contains("${")
                || path.contains("{{")
                || isOn(endpoint, "topicIsPattern")
                || isOn(endpoint, "batchWithIndividualHeaders");
        return others ? List.of() : List.of(path.split(","));
    }

    private static boolean isOn(Endpoint endpoint, String option) {
        Endpoint.Option found = endpoint.options().get(option);
        return found != null && found.text().equals("true");
    }
}
