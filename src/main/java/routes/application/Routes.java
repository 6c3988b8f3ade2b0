package routes.application;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import routes.check.RouteCheck;
import routes.check.RouteFile;
import routes.check.RouteText;
import routes.check.Surroundings;
import routes.dashboard.Api;
import routes.flow.FlowContext;
import routes.flow.Flows;
import routes.kafka.RouteMeters;
import routes.kafka.Topic;
import routes.reload.RouteFolder;
import routes.settings.Settings;

/** The files of YAML routes that the settings name, and how they are checked. */
public final class Routes {
    private Routes() {}

    /** Those of the folder {@code routes.dir}, or the built-in ones. */
    public static List<RouteText> texts(Settings settings) {
        return settings.optionalPath("routes.dir")
                .map(folder -> RouteFolder.read(folder, RouteFile.EXTENSION))
                .orElseGet(() -> Flows.routes(settings).texts());
    }

    /** A check that needs no cluster: topics are those of the catalogue and of {@code kafka.topics}. */
    public static RouteCheck check(Settings settings) {
        MeterRegistry meters = new SimpleMeterRegistry();
        RouteMeters routeMeters = new RouteMeters(meters, Clock.systemUTC());
        RouteBeans beans = RouteBeans.forRecords(settings, RouteBeans.batches(settings), routeMeters, Clock.systemUTC())
                .andFlows(new FlowContext(settings, routeMeters, meters, Clock.systemUTC()));
        Set<String> topics = topics(settings);
        return check(settings, beans.byName(), named -> {
            Set<String> unknown = new TreeSet<>(named);
            unknown.removeAll(topics);
            return unknown;
        });
    }

    /**
     * @param beans by the name under which routes refer to them
     * @param unknownTopics says which of the names it is given are no topics
     */
    static RouteCheck check(Settings settings, Map<String, Object> beans, UnaryOperator<Set<String>> unknownTopics) {
        return new RouteCheck(new Surroundings(
                beans,
                settings.forCamel(),
                settings.secrets(),
                settings.own(),
                settings.ofCamel(),
                Flows.chosen(settings).stream()
                        .flatMap(flow -> flow.channels(settings).stream())
                        .collect(Collectors.toSet()),
                topics(settings),
                unknownTopics,
                Set.copyOf(settings.list("routes.allow-components")),
                Set.of(Api.ROUTE),
                Flows::register));
    }

    private static Set<String> topics(Settings settings) {
        return Flows.topics(settings).stream().map(Topic::name).collect(Collectors.toSet());
    }
}
