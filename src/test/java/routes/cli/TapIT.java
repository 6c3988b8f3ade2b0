package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;

@ExtendWith(BrokerExtension.class)
class TapIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private TestBroker broker;
    private Producer<byte[], byte[]> producer;

    @BeforeEach
    void connect(TestBroker broker) {
        this.broker = broker;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void disconnect() {
        producer.close(Duration.ofSeconds(5));
    }

    @Test
    void earliestPrintsWhatIsThereUpToTheNumberAskedFor() throws Exception {
        String topic = broker.newTopic("tap", 1);
        send(topic, "a", "first");
        send(topic, "b", "second");
        send(topic, "c", "third");

        int code = tap(topic, "--from", "earliest", "--max", "2", "--for", "30s", "--full");

        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(topic + "/0@0 ")
                .contains(" key=a 5 B ")
                .endsWith(" first");
    }

    @Test
    void latestPrintsOnlyWhatComesAfterwards() throws Exception {
        String topic = broker.newTopic("tap", 2);
        send(topic, "a", "before");

        CompletableFuture<Integer> tap = inBackground(topic, "--max", "1", "--for", "60s");
        awaitTapping(2);
        send(topic, "a", "after");

        assertThat(tap.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(out.toString().lines()).singleElement().asString().endsWith(" after");
    }

    @Test
    void aTopicThatAppearsLaterIsReadFromItsBeginning() throws Exception {
        String family = "tap-" + UUID.randomUUID();

        CompletableFuture<Integer> tap = inBackground(family + "\\..*", "--max", "1", "--for", "60s");
        awaitTapping(0);
        broker.createTopic(family + ".late", 1, Map.of());
        send(family + ".late", "k", "new");

        assertThat(tap.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(out.toString()).startsWith(family + ".late/0@0 ");
    }

    @Test
    void thePatternIsForTheWholeNameAndTheTimeEndsIt() throws Exception {
        String topic = broker.newTopic("tap", 1);
        send(topic, "a", "unseen");

        int code = tap(topic.substring(0, topic.length() - 1), "--from", "earliest", "--for", "1s");

        assertThat(code).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("tapping 0 partitions");
    }

    private void send(String topic, String key, String value) throws Exception {
        producer.send(new ProducerRecord<>(
                        topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)))
                .get(30, TimeUnit.SECONDS);
    }

    private void awaitTapping(int partitions) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> err.toString().contains("tapping " + partitions + " partition"));
    }

    private CompletableFuture<Integer> inBackground(String... arguments) {
        return CompletableFuture.supplyAsync(() -> tap(arguments));
    }

    private int tap(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tap", "--bootstrap", broker.bootstrapServers()));
        command.addAll(List.of(arguments));
        return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), command.toArray(String[]::new));
    }
}
