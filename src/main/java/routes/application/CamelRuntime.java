package routes.application;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.GroupLag;
import routes.kafka.SimpleFunctions;
import routes.reload.RouteCheck;
import routes.settings.Settings;

/** Camel: its context with the YAML routes, set up by our settings alone. */
final class CamelRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CamelRuntime.class);

    private final Settings settings;
    private final Main main = new Main();

    CamelRuntime(Settings settings) {
        this.settings = settings;
    }

    /** Publishes a bean under the name by which routes and settings refer to it; before {@link #start}. */
    void bind(String name, Object bean) {
        main.bind(name, bean);
    }

    /** Serves Java routes over HTTP on a port; before {@link #start}. */
    void serve(int port, RoutesBuilder routes) {
        main.addOverrideProperty("camel.server.enabled", "true");
        main.addOverrideProperty("camel.server.port", Integer.toString(port));
        main.configure().addRoutesBuilder(routes);
    }

    /**
     * Checks the routes, loads them, and starts them; logs what the check warns of.
     *
     * @throws routes.settings.ConfigurationException if a route or a setting of Camel is not as it must be
     */
    void start(String bootstrapServers, int observePort, RouteCheck check) throws Exception {
        check.require(Routes.texts(settings)).forEach(warning -> LOG.warn("{}", warning));
        Properties properties = settings.forCamel();
        properties.setProperty("camel.management.port", Integer.toString(observePort));
        properties.setProperty("camel.component.kafka.brokers", bootstrapServers);
        properties.setProperty("camel.main.routesIncludePattern", routes());
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(properties);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport support) {
                SimpleFunctions.register(support.getCamelContext());
            }
        });
        try {
            main.start();
        } catch (RuntimeCamelException e) {
            throw StartFailure.explained(e);
        }
    }

    private String routes() {
        return settings.optionalPath("routes.dir")
                .map(folder -> "file:" + folder.toAbsolutePath() + "/**/*.camel.yaml")
                .orElse("classpath:routes/*.camel.yaml,classpath:routes/rigs/*.camel.yaml");
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
     * @param archived by partition how far the archive has read
     */
    long lag(GroupLag lag, Map<TopicPartition, Long> archived)
            throws ExecutionException, TimeoutException, InterruptedException {
        long records = 0;
        for (Route route : context().getRoutes()) {
            if (route.getEndpoint() instanceof KafkaEndpoint kafka && isStarted(route)) {
                KafkaConfiguration consumer = kafka.getConfiguration();
                for (String topic : topics(consumer)) {
                    records += route.getId().equals("archive-telemetry")
                            ? lag.records(consumer.getGroupId(), topic, archived, consumer.getConsumersCount())
                            : lag.records(consumer.getGroupId(), topic);
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
