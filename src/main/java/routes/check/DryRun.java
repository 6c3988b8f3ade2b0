package routes.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteDefinitionHelper;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Has Camel itself make every route, in a context of its own that never starts: no consumer, no producer, no connection.
 */
final class DryRun implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext(false);

    DryRun(Surroundings surroundings) {
        context.disableJMX();
        context.getCamelContextExtension().setName("check");
        context.setAutoStartup(false);
        RouteLanguage.bind(context.getRegistry()::bind);
        surroundings.beans().forEach((name, bean) -> context.getRegistry().bind(name, bean));
        properties(surroundings.settings());
        context.build();
        for (String pool : surroundings.threadPools()) {
            context.getExecutorServiceManager().registerThreadPoolProfile(profile(pool));
        }
        surroundings.functions().accept(context);
        context.init();
    }

    private void properties(Properties settings) {
        PropertiesComponent properties = new PropertiesComponent();
        properties.setCamelContext(context);
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        properties.setInitialProperties(settings);
        context.setPropertiesComponent(properties);
    }

    private static ThreadPoolProfile profile(String name) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(1);
        profile.setMaxPoolSize(1);
        return profile;
    }

    DefaultCamelContext context() {
        return context;
    }

    void check(List<RouteFile> files, Problems problems) {
        for (RouteFile file : files) {
            List<RouteDefinition> before = new ArrayList<>(context.getRouteDefinitions());
            try {
                RouteText text = file.forCamel();
                PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(text.name(), text.text()));
            } catch (Exception e) {
                problems.error(file.name(), place(file, e, Position.START), sentence(e));
                context.getRouteDefinitions().retainAll(before);
            }
        }
        // All files first: a route needs its configuration.
        for (RouteDefinition route : context.getRouteDefinitions()) {
            RouteFile file = fileOf(route, files);
            try {
                make(route);
            } catch (Exception e) {
                problems.error(file.name(), place(file, e, begin(file, route.getId())), sentence(e));
            }
        }
    }

    private void make(RouteDefinition route) throws Exception {
        RouteDefinitionHelper.prepareRoute(context, route);
        route.markPrepared();
        RouteDefinitionHelper.forceAssignIds(context, route.getInput());
        RouteDefinitionHelper.forceAssignIds(context, route);
        context.getCamelContextExtension().createRoute(route.getRouteId());
        try {
            context.getModelReifierFactory().createRoute(context, route);
        } finally {
            context.getCamelContextExtension().createRoute(null);
        }
    }

    private static RouteFile fileOf(RouteDefinition route, List<RouteFile> files) {
        String location = route.getResource() == null ? "" : route.getResource().getLocation();
        return files.stream()
                .filter(file ->
                        location.endsWith(file.name()) || file.routeIds().contains(route.getId()))
                .findFirst()
                .orElse(files.get(0));
    }

    private static Position begin(RouteFile file, String id) {
        return file.routes().stream()
                .filter(route -> route.path("id").asText().equals(id))
                .map(YamlNode::key)
                .findFirst()
                .orElse(Position.START);
    }

    /** As near to the cause as what Camel says allows. */
    private static Position place(RouteFile file, Throwable failure, Position otherwise) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<Position> found = Optional.empty();
            if (cause instanceof ExpressionIllegalSyntaxException syntax) {
                found = Walk.texts(file.content()).stream()
                        .filter(text -> text.asText().equals(syntax.getExpression()))
                        .map(YamlNode::value)
                        .findFirst();
            } else if (cause instanceof ResolveEndpointFailedException unresolved) {
                String uri = unresolved.getUri().replace("://", ":");
                found = Walk.endpoints(file.content()).stream()
                        .map(Walk.Use::endpoint)
                        .filter(end -> !end.path().isEmpty() && uri.startsWith(end.scheme() + ":" + end.path()))
                        .map(end -> end.uri().value())
                        .findFirst();
            }
            if (found.isPresent()) {
                return found.get();
            }
        }
        return otherwise;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String sentence(Throwable failure) {
        Throwable root = root(failure);
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return "Camel cannot make this route: "
                + message.lines().findFirst().orElse("").strip()
                + "; expected what Camel's documentation allows";
    }

    @Override
    public void close() {
        context.stop();
    }
}
