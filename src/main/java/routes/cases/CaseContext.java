package routes.cases;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import routes.check.RouteFile;
import routes.check.RouteLanguage;
import routes.check.RouteText;
import routes.check.YamlNode;
import routes.flow.Flows;
import routes.kafka.BatchInHand;

/**
 * Camel with all routes and their settings, but without a connection, a port or a timer: every route begins with what a
 * case gives it, and all that would leave ends in the {@link Outlet}.
 */
final class CaseContext implements AutoCloseable {
    /** What of Camel's own settings counts for the routes themselves; the others are for servers. */
    private static final Set<String> KEPT = Set.of(
            "camel.main.",
            "camel.threadpool.",
            "camel.component.kafka.",
            "camel.component.direct.",
            "camel.component.log.",
            "camel.component.properties.");

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final Main main = new Main();
    private final CaseSteps steps = new CaseSteps();
    private final CountedPools pools = new CountedPools();
    private final List<RouteFile> files;
    private final List<Made> made = new ArrayList<>();

    /** A route as its file has it, and as Camel has it. */
    private record Made(RouteFile file, YamlNode yaml, RouteDefinition route) {}

    /**
     * @param settings as for the application
     * @param beans by name
     * @throws RuntimeException if Camel cannot make the routes of these
     */
    CaseContext(List<RouteFile> routes, Properties settings, Map<String, ?> beans, Outlet outlet) {
        files = routes;
        beans.forEach(main::bind);
        RouteLanguage.bind(main::bind);
        main.bind("kafka-clients", new CaseClients(outlet));
        main.bind("batch-in-hand", new BatchInHand());
        main.bind("case-steps", steps);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(withoutServers(settings));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport support) {
                ExtendedCamelContext camel = support.getCamelContext().getCamelContextExtension();
                ComponentResolver real = PluginHelper.getComponentResolver(camel);
                camel.addContextPlugin(ComponentResolver.class, NotedComponent.resolver(real, outlet));
                support.getCamelContext().getExecutorServiceManager().setThreadPoolFactory(pools);
                Flows.register(support.getCamelContext());
            }

            @Override
            public void afterConfigure(BaseMainSupport support) {
                // A route whose configuration comes after it goes without.
                routes.stream()
                        .sorted(Comparator.comparing(
                                file -> file.configurations().isEmpty()))
                        .forEach(file -> load(file));
            }
        });
        main.start();
    }

    private static Properties withoutServers(Properties settings) {
        Properties kept = new Properties();
        settings.stringPropertyNames().stream()
                .filter(key -> !key.startsWith("camel.") || KEPT.stream().anyMatch(key::startsWith))
                .forEach(key -> kept.setProperty(key, settings.getProperty(key)));
        kept.setProperty("camel.main.name", "cases");
        kept.setProperty("camel.main.jmxEnabled", "false");
        kept.setProperty("camel.main.routesIncludePattern", "false");
        kept.setProperty("camel.main.autoStartup", "true");
        kept.setProperty("camel.component.kafka.brokers", "127.0.0.1:1");
        return kept;
    }

    private void load(RouteFile file) {
        try {
            int before = camel().getRouteDefinitions().size();
            RouteText text = file.forCamel();
            PluginHelper.getRoutesLoader(camel()).loadRoutes(ResourceHelper.fromString(text.name(), text.text()));
            List<RouteDefinition> all = camel().getRouteDefinitions();
            for (int i = before; i < all.size(); i++) {
                made.add(new Made(file, file.routes().get(i - before), all.get(i)));
                begin(all.get(i));
            }
        } catch (Exception e) {
            throw new IllegalStateException(file.name() + " was found good and cannot be loaded", e);
        }
    }

    /** What would read a topic or a clock begins with {@code direct:} instead. */
    private void begin(RouteDefinition route) {
        route.setAutoStartup("true");
        if (!route.getInput().getEndpointUri().startsWith("direct:")) {
            route.getInput().setUri("direct:case-" + made.size());
        }
    }

    private ModelCamelContext camel() {
        return (ModelCamelContext) main.getCamelContext();
    }

    /** Where a route begins. */
    DefaultConsumer consumer(String route) {
        return (DefaultConsumer) camel().getRoute(route).getConsumer();
    }

    CaseSteps steps() {
        return steps;
    }

    /** The ways through all routes, and which of them no record has taken so far. */
    Branches branches() {
        Branches branches = new Branches(steps);
        made.forEach(one -> branches.add(one.file(), one.yaml(), one.route(), deadLetters(one.route())));
        return branches;
    }

    private boolean deadLetters(RouteDefinition route) {
        return files.stream()
                .flatMap(file -> file.configurations().stream())
                .filter(configuration -> configuration.path("id").asText().equals(route.getRouteConfigurationId()))
                .anyMatch(configuration -> configuration.path("errorHandler").has("deadLetterChannel"));
    }

    /** Waits until nothing is on its way any more; false if it does not come to that. */
    boolean settled() {
        long until = System.nanoTime() + AT_MOST.toNanos();
        while (pools.tasks() > 0 || camel().getInflightRepository().size() > 0) {
            if (System.nanoTime() > until) {
                return false;
            }
            LockSupport.parkNanos(200_000);
        }
        return true;
    }

    @Override
    public void close() {
        main.stop();
    }
}
