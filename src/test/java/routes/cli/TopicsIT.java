package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.broker.BrokerSettings;
import routes.broker.EmbeddedBroker;
import routes.kafka.TopicCatalogue;

class TopicsIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aFreshClusterLacksEveryTopicUntilTheyAreCreated(@TempDir Path folder) throws Exception {
        int topics = TopicCatalogue.builtIn().topics().size();
        try (EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(folder, 0, false))) {
            String kafka = broker.bootstrapServers();

            assertThat(execute("topics", "list", "--bootstrap", kafka)).isEqualTo(1);
            assertThat(taken().lines().filter(line -> line.contains(" missing ")))
                    .hasSize(topics);

            assertThat(execute("topics", "create", "--bootstrap", kafka)).isZero();
            assertThat(taken().lines().filter(line -> line.contains(" created ")))
                    .hasSize(topics);

            assertThat(execute("topics", "list", "--bootstrap", kafka, "--json"))
                    .isZero();
            JsonNode report = new ObjectMapper().readTree(taken());
            assertThat(report.get("bootstrapServers").asText()).isEqualTo(kafka);
            assertThat(report.get("topics"))
                    .hasSize(topics)
                    .allMatch(topic -> topic.get("state").asText().equals("ok"));
            assertThat(report.get("extra")).isEmpty();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aClusterThatIsNotThereIsOneSentence() {
        int code = execute("topics", "list", "--bootstrap", "127.0.0.1:1", "--set", "kafka.wait=2s");

        assertThat(code).isEqualTo(69);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("Kafka at 127.0.0.1:1 cannot be reached or does not answer");
    }

    private String taken() {
        String text = out.toString();
        out.getBuffer().setLength(0);
        return text;
    }

    private int execute(String... arguments) {
        return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
