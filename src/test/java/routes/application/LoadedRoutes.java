package routes.application;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import routes.check.RouteCheck;
import routes.check.RouteFile;
import routes.check.RouteText;
import routes.flow.FlowContext;
import routes.kafka.BatchInHand;
import routes.kafka.CommitPolicy;
import routes.kafka.ConsumerTroubles;
import routes.kafka.KafkaClients;
import routes.kafka.RouteMeters;
import routes.settings.Given;
import routes.settings.Settings;

/** The built-in routes as the application loads them, with its settings and beans; none is started. */
public final class LoadedRoutes implements AutoCloseable {
    private static final List<Given.Choice> NOTHING_STARTED = List.of(
            new Given.Choice("camel.main.autoStartup", "false", "test"),
            new Given.Choice("camel.main.jmxEnabled", "false", "test"),
            new Given.Choice("camel.component.kafka.lazyStartProducer", "true", "test"));

    private final Settings settings = Settings.load(new Given("embedded", Map.of(), List.of(), NOTHING_STARTED));
    private final CamelRuntime camel = new CamelRuntime(settings);

    public LoadedRoutes() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RouteMeters routeMeters = new RouteMeters(meters, Clock.systemUTC());
        RouteBeans beans = RouteBeans.forRecords(settings, RouteBeans.batches(settings), routeMeters, Clock.systemUTC())
                .andFlows(new FlowContext(settings, routeMeters, meters, Clock.systemUTC()));
        beans.byName().forEach(camel::bind);
        camel.bind(
                "kafka-clients",
                new KafkaClients(meters, new CommitPolicy(500, Duration.ofSeconds(1)), new ConsumerTroubles(meters)));
        camel.bind("batch-in-hand", new BatchInHand());
        List<RouteText> texts = Routes.texts(settings);
        RouteCheck check = Routes.check(settings, beans.byName(), topics -> Set.of());
        check.require(texts);
        camel.start(
                "127.0.0.1:1",
                check.resolved(texts).stream().map(RouteFile::forCamel).toList());
    }

    /** The ids of all routes that Camel has. */
    public Set<String> ids() {
        return context().getRouteDefinitions().stream()
                .map(RouteDefinition::getId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private ModelCamelContext context() {
        return (ModelCamelContext) camel.context();
    }

    @Override
    public void close() {
        camel.close();
    }
}
