package routes.cli;

import java.util.HashMap;
import java.util.Map;
import routes.settings.Settings;

/** How a command reaches the Kafka that the settings mean. */
final class ClientSettings {
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
}
