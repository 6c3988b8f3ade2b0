package routes.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Reads what every Kafka client shares out of the settings of Camel's Kafka component. */
final class KafkaClient {
    private static final String COMPONENT = "camel.component.kafka.";
    private static final String ADDITIONAL = "additionalProperties.";
    /** Where Camel's name is not Kafka's in camel case. */
    private static final Map<String, String> RENAMED = Map.of(
            "brokers", "bootstrap.servers",
            "connectionMaxIdleMs", "connections.max.idle.ms",
            "sslEndpointAlgorithm", "ssl.endpoint.identification.algorithm");

    private KafkaClient() {}

    /**
     * The settings that an admin client knows too; a producer's and a consumer's own are left out.
     *
     * @param wait how long an answer may take
     */
    static Map<String, Object> of(Properties camel, Duration wait) {
        Map<String, Object> client = new HashMap<>();
        camel.stringPropertyNames().stream()
                .filter(key -> key.startsWith(COMPONENT))
                .sorted()
                .forEach(key -> {
                    String name = kafkaName(key.substring(COMPONENT.length()));
                    if (AdminClientConfig.configNames().contains(name)) {
                        client.put(name, camel.getProperty(key));
                    }
                });
        // Kafka refuses less than a single request may take.
        long request =
                Long.parseLong(String.valueOf(client.getOrDefault(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 0)));
        client.putIfAbsent(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(Math.max(request, wait.toMillis())));
        return client;
    }

    private static String kafkaName(String option) {
        if (option.startsWith(ADDITIONAL)) {
            return option.substring(ADDITIONAL.length());
        }
        String dotted = option.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
        return RENAMED.getOrDefault(option, dotted);
    }
}
