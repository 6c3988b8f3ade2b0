package routes.application;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.FreePort;
import routes.broker.BrokerSettings;
import routes.broker.EmbeddedBroker;
import routes.kafka.Topics;
import routes.settings.Given;
import routes.settings.Settings;

/** Readiness follows the connections of the consumers to a broker that runs elsewhere. */
class BrokerGoneIT {
    @TempDir
    Path data;

    @TempDir
    Path folder;

    @Test
    void readinessIsRedWhileTheBrokerIsGoneAndGreenAfterwards() throws Exception {
        int port = FreePort.next();
        Map<String, String> settings = new HashMap<>(Map.of(
                "rigs.count", "0",
                "broker.embedded", "false",
                "kafka.bootstrap", "127.0.0.1:" + port));
        EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(folder, port, false));
        try {
            createTopics(settings);
            try (TestApplication app = TestApplication.start(data, settings)) {
                app.awaitReadiness(200);

                broker.close();
                app.awaitReadiness(503, "KafkaConsumer is not ready");

                broker = EmbeddedBroker.start(new BrokerSettings(folder, port, false));
                app.awaitReadiness(200);
            }
        } finally {
            broker.close();
        }
    }

    private static void createTopics(Map<String, String> settings) {
        List<Given.Choice> choices = settings.entrySet().stream()
                .map(entry -> new Given.Choice(entry.getKey(), entry.getValue(), "--set"))
                .toList();
        Settings loaded = Settings.load(new Given("embedded", Map.of(), List.of(), choices));
        try (Topics topics = Cluster.topics(loaded, loaded.kafkaClient())) {
            topics.createMissing();
        }
    }
}
