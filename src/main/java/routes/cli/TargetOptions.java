package routes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import routes.application.Routes;
import routes.check.ReadTopics;
import routes.check.RouteFile;
import routes.check.RouteText;
import routes.deadletter.RedriveTargets;
import routes.reload.RouteFolder;
import routes.settings.ConfigurationException;
import routes.settings.Settings;

/** The options by which a redrive is told where it may send to. */
final class TargetOptions {
    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "Letters are sent only to topics that a route of this folder reads. Default: a route of the"
                    + " running instance with this data.dir, or, without one, of routes.dir or the built-in ones.")
    private Path routes;

    @Option(
            names = "--allow-topic",
            paramLabel = "NAME",
            description = "Letters are sent to this topic, too, whatever it is. May be repeated.")
    private Set<String> allowed = new LinkedHashSet<>();

    RedriveTargets targets(Settings settings) {
        if (routes != null) {
            return of(texts(), settings, "the routes in " + routes);
        }
        return ofInstance(settings)
                .orElseGet(() -> of(
                        Routes.texts(settings),
                        settings,
                        settings.optionalPath("routes.dir")
                                .map(folder -> "the routes in " + folder)
                                .orElse("the built-in routes")));
    }

    private List<RouteText> texts() {
        List<RouteText> texts = RouteFolder.read(routes, RouteFile.EXTENSION);
        if (texts.isEmpty()) {
            throw new ConfigurationException(
                    "no routes were found in " + routes + " (--routes); expected files named *.camel.yaml");
        }
        return texts;
    }

    private RedriveTargets of(List<RouteText> texts, Settings settings, String asked) {
        return new RedriveTargets(ReadTopics.of(texts, settings.forCamel()), asked, allowed);
    }

    /** Empty if none runs: one that was killed still says where it was. */
    private Optional<RedriveTargets> ofInstance(Settings settings) {
        return InstanceOptions.known(settings).flatMap(instance -> {
            try {
                return Optional.of(
                        new RedriveTargets(read(instance.routes().path("routes")), "the routes that run", allowed));
            } catch (CommandFailedException noneRuns) {
                return Optional.empty();
            }
        });
    }

    private static ReadTopics read(JsonNode running) {
        ReadTopics topics = new ReadTopics();
        running.forEach(route -> {
            if (route.path("topic").isTextual()) {
                topics.add(
                        route.path("topic").asText(),
                        route.path("topicIsPattern").asBoolean());
            }
        });
        return topics;
    }
}
