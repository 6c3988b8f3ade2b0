package routes.cli;

import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import routes.application.Stores;
import routes.cli.ClusterOptions.Reached;
import routes.deadletter.Letter;
import routes.deadletter.StoredValues;
import routes.kafka.KafkaCluster;
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

    /** @throws routes.settings.ConfigurationException if a setting is unusable */
    Access open() {
        Reached kafka = cluster.open();
        return new Access(kafka.settings(), kafka.client(), topic);
    }

    /**
     * Where the letters are.
     *
     * @param client settings of a Kafka client
     * @param topic the dead-letter topic
     */
    record Access(Settings settings, Map<String, Object> client, String topic) {
        KafkaCluster cluster() {
            return new KafkaCluster(client);
        }

        /** What did not fit into its letter. */
        StoredValues stored() {
            return new Stores(settings).storedValues();
        }
    }
}
