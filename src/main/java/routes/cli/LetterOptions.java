package routes.cli;

import com.fasterxml.jackson.databind.util.ClassUtil;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import routes.application.Stores;
import routes.cli.ClusterOptions.Reached;
import routes.deadletter.Letter;
import routes.deadletter.LetterException;
import routes.deadletter.StoredValues;
import routes.kafka.Patience;
import routes.kafka.TopicFailure;
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
        return new Access(kafka.settings(), Patience.with(kafka.client()), topic);
    }

    /**
     * Where the letters are.
     *
     * @param client settings of a Kafka client
     * @param topic the dead-letter topic
     */
    record Access(Settings settings, Map<String, Object> client, String topic) {
        /** What did not fit into its letter. */
        StoredValues stored() {
            return new Stores(settings).storedValues();
        }

        /**
         * @throws CommandFailedException with one sentence, if Kafka or the letters do not give what is asked
         * @throws routes.settings.UnreachableException if Kafka does not answer
         */
        <T> T ask(Supplier<T> question) {
            try {
                return question.get();
            } catch (LetterException e) {
                throw new CommandFailedException(e.getMessage(), e);
            } catch (TimeoutException e) {
                throw TopicFailure.of(e, String.valueOf(client.get("bootstrap.servers")));
            } catch (KafkaException e) {
                throw new CommandFailedException(
                        "Kafka at " + client.get("bootstrap.servers") + " does not do it: " + innermost(e), e);
            }
        }

        private static String innermost(Throwable problem) {
            Throwable cause = ClassUtil.getRootCause(problem);
            return cause.getMessage() == null ? cause.toString() : cause.getMessage();
        }
    }
}
