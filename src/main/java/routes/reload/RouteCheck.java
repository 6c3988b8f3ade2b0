package routes.reload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.Resource;
import routes.settings.ConfigurationException;
import routes.settings.Nearest;

/**
 * Refuses, before anything starts, routes that Camel itself would run without a word though something they name does
 * not exist: a route configuration, which would leave the route without error handling; a channel, which would make a
 * condition false for ever; or a topic, for which the route would wait for ever.
 */
public final class RouteCheck {
    private static final Pattern CHANNEL = Pattern.compile("\\$\\{\\s*channel\\(\\s*['\"]?([^)'\"]*?)['\"]?\\s*\\)");

    private static final Pattern KAFKA = Pattern.compile("kafka:(?://)?([^?,]+)(?:\\?.*)?");
    private static final Pattern OTHER_TOPICS = Pattern.compile("(topicIsPattern|batchWithIndividualHeaders)=true");

    private final Set<String> channels;
    private final UnaryOperator<Set<String>> unknownTopics;

    /**
     * @param channels all names that a condition may use
     * @param unknownTopics says which of the names it is given are no topics
     */
    public RouteCheck(Set<String> channels, UnaryOperator<Set<String>> unknownTopics) {
        this.channels = new TreeSet<>(channels);
        this.unknownTopics = unknownTopics;
    }

    /** @throws ConfigurationException with a sentence for each thing that does not exist, and where it is named */
    public void check(ModelCamelContext context) {
        List<String> problems = new ArrayList<>();
        if (context.getRouteDefinitions().isEmpty()) {
            problems.add("no routes were found; expected files named *.camel.yaml");
        }
        Set<String> configurations = new TreeSet<>();
        context.getRouteConfigurationDefinitions().stream()
                .map(RouteConfigurationDefinition::getId)
                .forEach(configurations::add);
        Map<String, Resource> files = new LinkedHashMap<>();
        for (RouteDefinition route : context.getRouteDefinitions()) {
            configuration(route, configurations, problems);
            if (route.getResource() != null) {
                files.put(route.getResource().getLocation(), route.getResource());
            }
        }
        files.values().forEach(file -> channels(context, file, problems));
        topics(context, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private static void configuration(RouteDefinition route, Set<String> known, List<String> problems) {
        String named = route.getRouteConfigurationId();
        String where = "route " + route.getId() + " in " + location(route.getResource());
        if (named == null) {
            problems.add(where + " names no routeConfigurationId; expected one of " + known
                    + ": without it a failure would be swallowed");
        } else if (!known.contains(named)) {
            problems.add(where + " names routeConfigurationId " + named + ", which does not exist; expected one of "
                    + known);
        }
    }

    private void topics(ModelCamelContext context, List<String> problems) {
        Map<String, String> named = new TreeMap<>();
        for (RouteDefinition route : context.getRouteDefinitions()) {
            String where = "route " + route.getId() + " in " + location(route.getResource());
            topic(context, route.getInput().getEndpointUri()).ifPresent(topic -> named.putIfAbsent(topic, where));
            for (ToDefinition to :
                    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
                topic(context, to.getEndpointUri()).ifPresent(topic -> named.putIfAbsent(topic, where));
            }
        }
        for (String unknown : unknownTopics.apply(named.keySet())) {
            Set<String> others = new TreeSet<>(named.keySet());
            others.remove(unknown);
            problems.add(named.get(unknown) + " names the topic " + unknown + ", which does not exist"
                    + Nearest.to(unknown, others)
                            .map(nearest -> "; the nearest name in the routes is " + nearest)
                            .orElse("")
                    + "; a topic of your own is created with --set kafka.topics=" + unknown);
        }
    }

    /** Empty for what is no Kafka endpoint, for patterns, and where each record of a list carries its own topic. */
    private static Optional<String> topic(ModelCamelContext context, String uri) {
        String resolved = context.resolvePropertyPlaceholders(uri);
        Matcher kafka = KAFKA.matcher(resolved);
        boolean fixed = kafka.matches() && !OTHER_TOPICS.matcher(resolved).find();
        return fixed ? Optional.of(kafka.group(1)) : Optional.empty();
    }

    private void channels(ModelCamelContext context, Resource file, List<String> problems) {
        String[] lines = text(file).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Matcher named = CHANNEL.matcher(lines[i]);
            while (named.find()) {
                String channel = context.resolvePropertyPlaceholders(named.group(1));
                if (!channels.contains(channel)) {
                    problems.add(location(file) + ":" + (i + 1) + ": no channel is named '" + channel + "'"
                            + Nearest.to(channel, channels)
                                    .map(nearest -> "; the nearest name is " + nearest)
                                    .orElse(""));
                }
            }
        }
    }

    private static String text(Resource file) {
        try (InputStream in = file.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigurationException(location(file) + " cannot be read: " + e.getMessage());
        }
    }

    private static String location(Resource file) {
        return file == null ? "an unknown file" : file.getLocation().replaceFirst("^(file|classpath):", "");
    }
}
