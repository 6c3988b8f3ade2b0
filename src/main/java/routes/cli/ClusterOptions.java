package routes.cli;

import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import routes.kafka.KafkaCluster;
import routes.settings.Settings;

/** The options by which every command that asks a cluster is told where it is. */
final class ClusterOptions {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Where Kafka is, if not where the settings say.")
    private String bootstrap;

    @Mixin
    private SettingsOptions settings;

    /** Keeps Kafka's clients from logging, too. Throws {@link routes.settings.ConfigurationException} as the settings do. */
    Reached open() {
        Settings loaded = settings.load();
        Logging.keepKafkaQuiet();
        return new Reached(loaded, ClientSettings.of(loaded, bootstrap));
    }

    /** @param client settings of a Kafka client */
    record Reached(Settings settings, Map<String, Object> client) {
        KafkaCluster cluster() {
            return new KafkaCluster(client);
        }
    }
}
