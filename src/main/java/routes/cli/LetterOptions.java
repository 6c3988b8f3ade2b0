package routes.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import routes.application.Stores;
import routes.cli.ClusterOptions.Reached;
import routes.deadletter.Letter;
import routes.deadletter.StoredValues;
import routes.settings.Settings;

/** The options by which every command about dead letters is told where they are. */
final class LetterOptions {
    @Option(
            names = "--letters",
            paramLabel = "TOPIC",
            defaultValue = Letter.TOPIC,
            description = "The dead-letter topic, as another one that Kafka Connect writes. Default: ${DEFAULT-VALUE}.")
    private String topic;

    @Mixin
    private ClusterOptions cluster;

    String topic() {
        return topic;
    }

    /** @throws routes.settings.ConfigurationException if a setting is unusable */
    Reached open() {
        return cluster.open();
    }

    /** What did not fit into its letter. */
    static StoredValues stored(Settings settings) {
        return new Stores(settings).storedValues();
    }
}
