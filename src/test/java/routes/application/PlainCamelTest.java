package routes.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import routes.check.BuiltInRoutes;
import routes.check.RouteText;
import routes.flow.FlowContext;
import routes.flow.Flows;
import routes.kafka.RouteMeters;
import routes.settings.Given;
import routes.settings.Settings;

/** Other tools for Camel can open the built-in routes: plain Camel makes them of the YAML, the settings and the beans. */
class PlainCamelTest {
    @Test
    void plainCamelMakesEveryBuiltInRouteOfTheDeclaredBeansOnly() throws Exception {
        List<RouteText> files = BuiltInRoutes.ofThisProgram().texts();
        try (DefaultCamelContext camel = plainCamel()) {
            for (RouteText file : files) {
                PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(file.name(), file.text()));
            }

            camel.start();

            assertThat(camel.getRouteTemplateDefinitions()).isEmpty();
            assertThat(camel.getRouteDefinitions())
                    .extracting(RouteDefinition::getId)
                    .contains("route-telemetry", "slice-message")
                    .containsExactlyInAnyOrderElementsOf(files.stream()
                            .map(file -> file.name().replaceFirst(".*/", "").replace(".camel.yaml", ""))
                            .filter(name -> !name.equals("errors"))
                            .toList());
            assertThat(camel.getRoutes()).hasSameSizeAs(camel.getRouteDefinitions());
        }
    }

    private static DefaultCamelContext plainCamel() {
        Settings settings = Settings.load(new Given("embedded", Map.of(), List.of(), List.of()));
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.disableJMX();
        camel.setAutoStartup(false);
        camel.getPropertiesComponent().setInitialProperties(settings.forCamel());
        camel.getExecutorServiceManager().registerThreadPoolProfile(new ThreadPoolProfile("pipeline"));
        KafkaComponent kafka = camel.getComponent("kafka", KafkaComponent.class);
        kafka.getConfiguration().setBrokers("127.0.0.1:1");
        kafka.setLazyStartProducer(true);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RouteMeters routeMeters = new RouteMeters(meters, Clock.systemUTC());
        RouteBeans.forRecords(settings, RouteBeans.batches(settings), routeMeters, Clock.systemUTC())
                .andFlows(new FlowContext(settings, routeMeters, meters, Clock.systemUTC()))
                .byName()
                .forEach((name, bean) -> camel.getRegistry().bind(name, bean));
        Flows.register(camel);
        return camel;
    }
}
