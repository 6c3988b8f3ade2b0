package routes.reload;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes in Camel, by the file that they came from. Camel gets the text that was checked, never the file: what was
 * checked is what runs.
 */
public final class CamelRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(CamelRoutes.class);
    /** How long a consumer may take to notice that it is to pause: its poll and a batch. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ModelCamelContext context;
    private final RouteGate gate;
    /** Routes that somebody has stopped: they stay so when their file changes. */
    private final Set<String> keptStopped = new HashSet<>();

    private Predicate<String> held = id -> false;

    /** @param gate the one that Camel has for all its routes */
    public CamelRoutes(CamelContext context, RouteGate gate) {
        this.context = (ModelCamelContext) context;
        this.gate = gate;
        this.context
                .getCamelContextExtension()
                .getContextPlugin(Model.class)
                .addModelLifecycleStrategy(new ModelLifecycleStrategySupport() {
                    @Override
                    public void onAddRouteDefinition(RouteDefinition route) {
                        if (keptStopped.contains(route.getId())) {
                            route.setAutoStartup("false");
                        }
                    }
                });
    }

    /** Makes the routes of a context that has yet to be started. */
    public static void load(CamelContext context, Collection<RouteText> texts) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(resources(texts));
    }

    private static List<Resource> resources(Collection<RouteText> texts) {
        return texts.stream()
                .map(text -> ResourceHelper.fromString(text.name(), text.text()))
                .toList();
    }

    /** The ids of the routes of these files. */
    Set<String> ids(Set<String> files) {
        return context.getRouteDefinitions().stream()
                .filter(route -> isOf(files, route.getResource()))
                .map(RouteDefinition::getRouteId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOf(Set<String> files, Resource resource) {
        return resource != null && files.contains(resource.getLocation());
    }

    /**
     * Has everything end that the routes of these files, and those before them, have begun; keeps new things waiting until
     * {@link #release}.
     *
     * @param before routes that a record passes before it comes to these files
     * @return the routes that have not ended what they had begun within {@code patience}; if there are any, none waits
     *     any more
     */
    List<String> hold(Set<String> files, Predicate<String> before, Duration patience) throws InterruptedException {
        Set<String> own = ids(files);
        held = before.or(own::contains);
        gate.hold(held);
        if (gate.awaitIdle(held, patience)) {
            return List.of();
        }
        List<String> busy = gate.busy(held);
        release();
        return busy;
    }

    /** Lets what waits go on. */
    void release() {
        gate.release(held);
    }

    /** Stops and removes the routes, and the route configurations, of these files; for routes that are held. */
    void unload(Set<String> files) throws Exception {
        Set<String> ids = ids(files);
        ids.forEach(this::noteStopped);
        stopConsumers(ids);
        for (String id : ids) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
            RouteDefinition left = context.getRouteDefinition(id);
            if (left != null) {
                context.removeRouteDefinition(left);
            }
        }
        for (RouteConfigurationDefinition configuration : List.copyOf(context.getRouteConfigurationDefinitions())) {
            if (isOf(files, configuration.getResource())) {
                context.removeRouteConfiguration(configuration);
            }
        }
        forgetHealthOfFormerConsumers();
    }

    private void noteStopped(String id) {
        Route route = context.getRoute(id);
        boolean stopped =
                route != null && context.getRouteController().getRouteStatus(id).isStopped();
        if (stopped && (route.isAutoStartup() || keptStopped.contains(id))) {
            keptStopped.add(id);
        } else {
            keptStopped.remove(id);
        }
    }

    /** Those that poll for batches pause first, so that none is begun while they are told to stop. */
    private void stopConsumers(Set<String> ids) throws InterruptedException {
        List<Consumer> consumers = ids.stream()
                .map(context::getRoute)
                .filter(route -> route != null && !isCalled(route))
                .map(Route::getConsumer)
                .toList();
        consumers.forEach(ServiceHelper::suspendService);
        gate.pass(ids::contains);
        awaitPaused(consumers);
        if (!gate.awaitIdle(ids::contains, PAUSE)) {
            LOG.warn("{}: a batch does not end; it is not committed and will be read again", gate.busy(ids::contains));
        }
        consumers.forEach(ServiceHelper::stopService);
    }

    private static boolean isCalled(Route route) {
        return route.getEndpoint().getEndpointUri().startsWith("direct:");
    }

    private static void awaitPaused(List<Consumer> consumers) throws InterruptedException {
        long until = System.nanoTime() + PAUSE.toNanos();
        for (Consumer consumer : consumers) {
            while (consumer instanceof KafkaConsumer kafka && !kafka.isKafkaPaused() && System.nanoTime() < until) {
                Thread.sleep(5);
            }
        }
    }

    /** Camel keeps a health check for each consumer there ever was, and with it the whole route. */
    private void forgetHealthOfFormerConsumers() {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        ConsumersHealthCheckRepository former =
                HealthCheckHelper.getHealthCheckRepository(context, "consumers", ConsumersHealthCheckRepository.class);
        if (registry != null && former != null) {
            ConsumersHealthCheckRepository fresh = new ConsumersHealthCheckRepository();
            fresh.setEnabled(former.isEnabled());
            registry.unregister(former);
            registry.register(fresh);
        }
    }

    /** Makes the routes and starts them, in the order given. */
    void load(List<RouteText> texts) throws Exception {
        PluginHelper.getRoutesLoader(context).updateRoutes(resources(texts));
    }
}
