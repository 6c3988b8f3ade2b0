package routes.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import routes.settings.Settings;

/** How a command reaches the Kafka that the settings mean. */
final class ClientSettings {
    /** Camel's name of an option to Kafka's. */
    private static final Map<String, String> OF_A_PRODUCER = Map.of(
            "maxRequestSize", "max.request.size",
            "bufferMemorySize", "buffer.memory",
            "compressionCodec", "compression.type",
            "deliveryTimeoutMs", "delivery.timeout.ms",
            "maxBlockMs", "max.block.ms");

    private ClientSettings() {}

    /**
     * @param bootstrap addresses that replace those of the settings; null for none
     * @return a Kafka client's settings; with the embedded profile and no addresses those of a broker on this machine
     */
    static Map<String, Object> of(Settings settings, String bootstrap) {
        Map<String, Object> client = new HashMap<>(settings.kafkaClient());
        client.putIfAbsent("bootstrap.servers", "127.0.0.1:" + settings.integer("broker.port"));
        if (bootstrap != null) {
            client.put("bootstrap.servers", bootstrap);
        }
        return client;
    }

    /** What a producer needs besides, as the settings have it for the routes' own: sizes, compression, time limits. */
    static Map<String, Object> producer(Settings settings) {
        Properties camel = settings.forCamel();
        Map<String, Object> producer = new HashMap<>();
        OF_A_PRODUCER.forEach((option, name) -> {
            String value = camel.getProperty("camel.component.kafka." + option);
            if (value != null) {
                producer.put(name, value);
            }
        });
        return producer;
    }
}
