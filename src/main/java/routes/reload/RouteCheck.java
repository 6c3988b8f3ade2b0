package routes.reload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import routes.settings.ConfigurationException;
import routes.settings.Nearest;

/**
 * Refuses, before anything starts, routes that Camel itself would run without a word though something they name does
 * not exist: a route configuration, which would leave the route without error handling, or a channel, which would make a
 * condition false for ever.
 */
public final class RouteCheck {
    private static final Pattern CHANNEL = Pattern.compile("\\$\\{\\s*channel\\(\\s*['\"]?([^)'\"]*?)['\"]?\\s*\\)");

    private final Set<String> channels;

    /** @param channels all names that a condition may use */
    public RouteCheck(Set<String> channels) {
        this.channels = new TreeSet<>(channels);
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
