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
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.spi.ManagementStrategy;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;
import routes.check.CheckedResource;
import routes.check.RouteText;

/**
 * The routes in Camel, by the file that they came from. Camel gets the text that was checked, never the file: what was
 * checked is what runs.
 */
public final class CamelRoutes {
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
        return texts.stream().<Resource>map(CheckedResource::new).toList();
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
        gate.close(ids::contains);
        for (String id : ids) {
            Route route = context.getRoute(id);
            if (route != null) {
                // Nothing is in hand: Camel's way of stopping a route would only look at that once in a second.
                ServiceHelper.stopService(route.getConsumer());
            }
        }
        for (String id : ids) {
            remove(id);
        }
        for (RouteConfigurationDefinition configuration : List.copyOf(context.getRouteConfigurationDefinitions())) {
            if (isOf(files, configuration.getResource())) {
                context.removeRouteConfiguration(configuration);
            }
        }
        forgetHealthOfFormerConsumers();
    }

    private void remove(String id) throws Exception {
        Route route = context.getRoute(id);
        List<RoutePolicy> policies = route == null ? List.of() : List.copyOf(route.getRoutePolicyList());
        adopt(context.getRouteDefinition(id));
        try {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        } finally {
            adopt(null);
        }
        for (RoutePolicy policy : policies) {
            // Camel has made each a service of the context, and would keep it as one.
            context.removeService(policy);
        }
        RouteDefinition left = context.getRouteDefinition(id);
        if (left != null) {
            context.removeRouteDefinition(left);
        }
    }

    /**
     * Camel lets go of what it keeps for JMX of a route's steps by asking each step for its route. Those of a route
     * configuration have none, since many share them: what was made of them, and the route with it, would be kept for ever.
     *
     * @param route whose steps they are now; null: of none
     */
    private void adopt(RouteDefinition route) {
        for (RouteConfigurationDefinition configuration : context.getRouteConfigurationDefinitions()) {
            for (OnExceptionDefinition onException : configuration.getOnExceptions()) {
                onException.getOutputs().forEach(step -> step.setParent(route == null ? onException : route));
            }
        }
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
        ManagementStrategy management = context.getManagementStrategy();
        List<EventNotifier> before = List.copyOf(management.getEventNotifiers());
        PluginHelper.getRoutesLoader(context).updateRoutes(resources(texts));
        // Camel's HTTP servers begin to listen for events whenever routes start, and never end.
        List.copyOf(management.getEventNotifiers()).stream()
                .filter(listener -> !before.contains(listener))
                .forEach(management::removeEventNotifier);
    }
}
