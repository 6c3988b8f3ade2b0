package routes.application;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import routes.check.BuiltInRoutes;
import routes.check.RouteCheck;
import routes.check.RouteFile;
import routes.check.RouteText;
import routes.check.Surroundings;
import routes.dashboard.Api;
import routes.kafka.RouteMeters;
import routes.kafka.Topic;
import routes.reload.RouteFolder;
import routes.rig.ChannelCatalogue;
import routes.rig.Recording;
import routes.rig.Source;
import routes.settings.Settings;

/** The files of YAML routes that the settings name, and how they are checked. */
public final class Routes {
    private Routes() {}

    /** Those of the folder {@code routes.dir}, or the built-in ones. */
    public static List<RouteText> texts(Settings settings) {
        return settings.optionalPath("routes.dir")
                .map(folder -> RouteFolder.read(folder, RouteFile.EXTENSION))
                .orElseGet(() -> BuiltInRoutes.ofThisProgram().texts());
    }

    /** A check that needs no cluster: topics are those of the catalogue and of {@code kafka.topics}. */
    public static RouteCheck check(Settings settings) {
        ChannelCatalogue channels = ChannelCatalogue.builtIn();
        MeterRegistry meters = new SimpleMeterRegistry();
        RouteMeters routeMeters = new RouteMeters(meters, Clock.systemUTC());
        // The beans of the fleet are only named here, never called.
        RouteBeans beans = RouteBeans.forRecords(
                        settings, channels, RouteBeans.batches(settings), routeMeters, Clock.systemUTC())
                .andFleet(null, null, () -> true, "none", routeMeters, meters)
                .andArchive(null);
        Set<String> topics = topics(settings);
        return check(settings, beans.byName(), channelNames(channels, Fleets.sources(settings, channels)), named -> {
            Set<String> unknown = new TreeSet<>(named);
            unknown.removeAll(topics);
            return unknown;
        });
    }

    /**
     * @param beans by the name under which routes refer to them
     * @param unknownTopics says which of the names it is given are no topics
     */
    static RouteCheck check(
            Settings settings,
            Map<String, Object> beans,
            Set<String> channels,
            UnaryOperator<Set<String>> unknownTopics) {
        return new RouteCheck(new Surroundings(
                beans,
                settings.forCamel(),
                settings.secrets(),
                settings.own(),
                settings.ofCamel(),
                channels,
                topics(settings),
                unknownTopics,
                Set.copyOf(settings.list("routes.allow-components")),
                Set.of(Api.ROUTE)));
    }

    private static Set<String> topics(Settings settings) {
        return Cluster.catalogue(settings).stream().map(Topic::name).collect(Collectors.toSet());
    }

    /** Those of the catalogue, and whatever a recorded log calls its own. */
    static Set<String> channelNames(ChannelCatalogue channels, List<Source> sources) {
        Set<String> names = new HashSet<>(channels.subsystemByName().keySet());
        sources.stream()
                .filter(Recording.class::isInstance)
                .flatMap(recording -> recording.at(0).stream())
                .forEach(first -> names.addAll(first.names().names()));
        return names;
    }
}
