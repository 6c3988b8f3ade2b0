package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.broker.BrokerProcess;
import routes.broker.TestBroker;

/** A broker that answers no more, its connections open. */
class FrozenBrokerIT {
    @TempDir
    private static Path folder;

    private static BrokerProcess broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        broker = BrokerProcess.broker(folder.resolve("kafka"));
        try (TestBroker filled = new TestBroker(broker.bootstrapServers());
                Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            filled.createTopic("played", 1, Map.of());
            for (int i = 0; i < 1_000; i++) {
                producer.send(new ProducerRecord<>("played", new byte[10]));
            }
        }
    }

    @AfterAll
    static void end() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "topics list, 4",
        "topics create, 4",
        "deadletters list, 4",
        "deadletters show 0:0, 4",
        "deadletters redrive --all, 4",
        "replay rig.telemetry, 4",
        "audit, 4",
        "tap rig.telemetry, 30"
    })
    void everyCommandEndsAfterKafkaWaitWithTheSameSentence(String command, int wait) throws Exception {
        signal("STOP");
        long frozen = System.nanoTime();

        int code = execute(command, wait);

        assertEndedWithTheSentence(code, frozen, wait);
        assertThat(err.toString()).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay played --rate 20/s", "tap played --from earliest"})
    void whatIsUnderWayEndsInTheSameWay(String command) throws Exception {
        signal("CONT");
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> execute(command, 5));
        await().atMost(Duration.ofSeconds(30)).until(() -> (out.toString() + err).contains("played"));
        long frozen = System.nanoTime();
        signal("STOP");

        assertEndedWithTheSentence(code.get(60, TimeUnit.SECONDS), frozen, 5);
    }

    private void assertEndedWithTheSentence(int code, long frozen, int wait) {
        assertThat(err.toString().lines().reduce("", (former, line) -> line))
                .startsWith("Kafka at " + broker.bootstrapServers() + " cannot be reached or does not answer;"
                        + " check the address and that it runs (");
        assertThat(code).isEqualTo(69);
        assertThat(Duration.ofNanos(System.nanoTime() - frozen))
                .isBetween(Duration.ofSeconds(wait - 1), Duration.ofSeconds(wait + 5));
    }

    private int execute(String command, int wait) {
        return Commands.execute(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                (command + " --bootstrap " + broker.bootstrapServers() + " --set data.dir=" + folder.resolve("data")
                                + " --set kafka.wait=" + wait + "s")
                        .split(" "));
    }

    private static void signal(String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(broker.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
