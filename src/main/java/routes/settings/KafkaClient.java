package routes.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Reads what every Kafka client shares out of the settings of Camel's Kafka component, and what of it is for the clients
 * alone: a password that Camel were given would stand in its options, which it logs, shows, and hands to any endpoint.
 */
final class KafkaClient {
    private static final String COMPONENT = "camel.component.kafka.";
    private static final Pattern ADDITIONAL = Pattern.compile("additionalProperties(?:\\.(.+)|\\[(.+)])");
    /** Where Camel's name is not Kafka's in camel case. */
    private static final Map<String, String> RENAMED = Map.of(
            "brokers", "bootstrap.servers",
            "connectionMaxIdleMs", "connections.max.idle.ms",
            "sslEndpointAlgorithm", "ssl.endpoint.identification.algorithm");

    private static final Set<String> CLIENTS = Stream.of(
                    AdminClientConfig.configNames(), ProducerConfig.configNames(), ConsumerConfig.configNames())
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

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
                    String name = kafkaName(option(key));
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

    /** Whether a secret is for the clients: what Kafka knows, and whatever is handed on to them by its own name. */
    static boolean isLogin(String key) {
        return key.startsWith(COMPONENT)
                && (CLIENTS.contains(kafkaName(option(key)))
                        ? Layers.isSecretByName(key)
                        : ADDITIONAL.matcher(option(key)).matches());
    }

    /** Whether it is a login that only Camel knows, and no other client of this program. */
    static boolean isCamelsOwnLogin(String key) {
        return key.startsWith(COMPONENT)
                && (option(key).equals("saslAuthType") || Layers.isSecretByName(key) && !isLogin(key));
    }

    /** Of settings that are {@linkplain #isLogin for the clients}, the name by which Kafka knows each. */
    static Map<String, Object> login(Map<String, String> settings) {
        Map<String, Object> login = new HashMap<>();
        settings.forEach((key, value) -> login.put(kafkaName(option(key)), value));
        return login;
    }

    private static String option(String key) {
        return key.substring(COMPONENT.length()).replaceFirst("^configuration\\.", "");
    }

    private static String kafkaName(String option) {
        Matcher additional = ADDITIONAL.matcher(option);
        if (additional.matches()) {
            return additional.group(1) == null ? additional.group(2) : additional.group(1);
        }
        String dotted = option.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
        return RENAMED.getOrDefault(option, dotted);
    }
}
