package routes.application;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.kafka.common.TopicPartition;
import routes.archive.ArchiveTap;
import routes.check.RouteLanguage;
import routes.check.RouteText;
import routes.dashboard.HttpServers;
import routes.flow.Flows;
import routes.kafka.KafkaCluster;
import routes.kafka.TopicLog;
import routes.reload.CamelRoutes;
import routes.reload.RouteGate;
import routes.settings.Settings;

/** Camel: its context with the YAML routes, set up by our settings alone. */
final class CamelRuntime implements AutoCloseable {
    private final Settings settings;
    private final Main main = new OwnMain();
    private final RouteGate gate = new RouteGate();

    /** Camel looks for files of settings, profiles and more in the environment by itself, even where it is told not to. */
    private static final class OwnMain extends Main {
        @Override
        protected CamelContext createCamelContext() {
            CamelContext context = super.createCamelContext();
            PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
            properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
            properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
            return context;
        }
    }

    CamelRuntime(Settings settings) {
        this.settings = settings;
        bind("route-gate", gate);
        RouteLanguage.bind(main::bind);
    }

    /** Publishes a bean under the name by which routes and settings refer to it; before {@link #start}. */
    void bind(String name, Object bean) {
        main.bind(name, bean);
    }

    /** Serves metrics and health, and these routes, by our own HTTP servers; before {@link #start}. */
    void serve(HttpServers servers, RoutesBuilder routes) {
        servers.forCamel().forEach(main::addOverrideProperty);
        bind("http", servers.vertx());
        main.configure().addRoutesBuilder(routes);
    }

    /**
     * Loads these routes, which the check has found to be good, and starts them.
     *
     * @throws routes.settings.ConfigurationException if a route or a setting of Camel is not as it must be
     */
    void start(String bootstrapServers, List<RouteText> routes) throws Exception {
        Properties properties = settings.forCamel();
        properties.setProperty("camel.component.kafka.brokers", bootstrapServers);
        // The texts that were checked are handed over below: Camel is to read no file.
        properties.setProperty("camel.main.routesCollectorEnabled", "false");
        main.setPropertyPlaceholderLocations("false");
        main.setInitialProperties(properties);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport support) {
                Flows.register(support.getCamelContext());
            }

            @Override
            public void afterConfigure(BaseMainSupport support) {
                try {
                    CamelRoutes.load(support.getCamelContext(), routes);
                } catch (Exception e) {
                    throw RuntimeCamelException.wrapRuntimeCamelException(e);
                }
            }
        });
        try {
            main.start();
        } catch (RuntimeCamelException e) {
            throw StartFailure.explained(e);
        }
    }

    /** Its routes, to be changed while it runs. */
    CamelRoutes routes() {
        return new CamelRoutes(context(), gate);
    }

    /** Stops a route once what it has begun is finished; does nothing if there is none of this id. */
    void stopRoute(String id) throws Exception {
        if (context().getRoute(id) != null) {
            context().getRouteController().stopRoute(id);
        }
    }

    /**
     * Records that the consumer groups of the running routes have not yet committed; of the archive's, which commits when
     * its files are full, those that it has not yet read. Groups by pattern are left out.
     *
     * @param archive knows how far its routes have read
     */
    long lag(KafkaCluster kafka, ArchiveTap archive) {
        Map<TopicPartition, Long> archived = archive.read();
        long records = 0;
        for (Route route : context().getRoutes()) {
            if (route.getEndpoint() instanceof KafkaEndpoint endpoint && isStarted(route)) {
                KafkaConfiguration consumer = endpoint.getConfiguration();
                for (String topic : topics(consumer)) {
                    records += archive.isFilledBy(route.getId())
                            ? TopicLog.lag(kafka, consumer.getGroupId(), topic, archived, consumer.getConsumersCount())
                            : TopicLog.lag(kafka, consumer.getGroupId(), topic);
                }
            }
        }
        return records;
    }

    private boolean isStarted(Route route) {
        return context().getRouteController().getRouteStatus(route.getId()).isStarted();
    }

    private static List<String> topics(KafkaConfiguration consumer) {
        return consumer.isTopicIsPattern()
                ? List.of()
                : List.of(consumer.getTopic().split("\\s*,\\s*"));
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
    }
}
