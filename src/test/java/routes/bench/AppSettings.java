package routes.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import routes.settings.Given;
import routes.settings.Settings;

/** The application's settings as shipped, for a broker elsewhere; and the settings of its Kafka clients. */
final class AppSettings {
    private static final String KAFKA = "camel.component.kafka.";

    private AppSettings() {}

    /** @param different what is not as shipped */
    static Settings load(String bootstrapServers, Map<String, String> different) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("kafka.bootstrap", bootstrapServers);
        all.put("kafka.replication", "1");
        all.put("kafka.min-isr", "1");
        all.put("rigs.count", "0");
        all.put("observe.port", "0");
        all.put("api.port", "0");
        all.putAll(different);
        List<Given.Choice> choices = new ArrayList<>();
        all.forEach((key, value) -> choices.add(new Given.Choice(key, value, "--set")));
        return Settings.load(new Given("kafka", Map.of(), List.of(), choices));
    }

    /** What Camel makes of them for a consumer; a group is still to be named. */
    static Properties consumer(Settings settings) throws Exception {
        return client(settings, KafkaConfiguration::createConsumerProperties);
    }

    /** What Camel makes of them for a producer. */
    static Properties producer(Settings settings) throws Exception {
        return client(settings, KafkaConfiguration::createProducerProperties);
    }

    private interface Kind {
        Properties of(KafkaConfiguration configuration);
    }

    private static Properties client(Settings settings, Kind kind) throws Exception {
        Map<String, Object> options = new LinkedHashMap<>();
        settings.forCamel().forEach((key, value) -> {
            if (key.toString().startsWith(KAFKA)) {
                options.put(key.toString().substring(KAFKA.length()), value);
            }
        });
        // Needs the running application, and changes no setting of the clients.
        options.remove("kafkaClientFactory");
        // Camel's own business, of which it would warn here.
        options.remove("allowManualCommit");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            KafkaComponent component = new KafkaComponent(context);
            PropertyBindingSupport.build()
                    .withCamelContext(context)
                    .withTarget(component)
                    .withProperties(options)
                    .withMandatory(true)
                    .bind();
            context.addComponent("kafka", component);
            KafkaConfiguration configuration =
                    context.getEndpoint("kafka:" + Rule.IN, KafkaEndpoint.class).getConfiguration();
            Properties client = kind.of(configuration);
            client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, configuration.getBrokers());
            return client;
        }
    }
}
