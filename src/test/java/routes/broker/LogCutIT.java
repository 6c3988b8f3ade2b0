package routes.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The fault itself: what the broker has after the end of a log was cut off. */
@Timeout(120)
class LogCutIT {
    @TempDir
    Path temp;

    @Test
    void afterACleanStopTheRecordsAreGoneAndTheirOffsetsAreGivenAgain() throws Exception {
        Path folder = temp.resolve("kafka");
        try (EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(folder, 0, false));
                TestBroker tests = new TestBroker(broker.bootstrapServers())) {
            fill(tests);
        }

        assertCut(folder);
    }

    @Test
    void afterAKillTheSame() throws Exception {
        Path folder = temp.resolve("kafka");
        try (BrokerProcess process = BrokerProcess.broker(folder);
                TestBroker tests = new TestBroker(process.bootstrapServers())) {
            fill(tests);
            process.kill();
        }

        assertCut(folder);
    }

    /** In segments of the least size, so that the cut takes whole ones, too. */
    private static void fill(TestBroker tests) throws Exception {
        tests.createTopic("cut", 1, Map.of("segment.bytes", "1024"));
        TestClient client = new TestClient(tests.bootstrapServers());
        for (int i = 0; i < 20; i++) {
            client.send("cut", values("old", 5 * i, 5 * i + 5));
        }
    }

    private static List<String> values(String what, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> what + " " + i).toList();
    }

    private static void assertCut(Path folder) throws Exception {
        assertThat(LogCut.end(folder, "cut", 0)).isEqualTo(100);

        int end = (int) LogCut.last(folder, "cut", 0, 40);

        assertThat(end).isBetween(56, 60);
        try (EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(folder, 0, false));
                TestBroker tests = new TestBroker(broker.bootstrapServers())) {
            assertThat(tests.records("cut")).isEqualTo(end);
            TestClient client = new TestClient(broker.bootstrapServers());
            client.send("cut", values("new", 0, 50));
            List<String> expected = new ArrayList<>(values("old", 0, end));
            expected.addAll(values("new", 0, 50));
            assertThat(client.read("cut", "readers", end + 50)).isEqualTo(expected);
            assertThat(epochAt(broker, end))
                    .as("the epoch of what was given an offset again")
                    .isGreaterThan(epochAt(broker, end - 1));
        }
    }

    private static int epochAt(EmbeddedBroker broker, long offset) {
        TopicPartition partition = new TopicPartition("cut", 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> consumer.poll(Duration.ofMillis(200)).records(partition).stream()
                                    .findFirst()
                                    .flatMap(ConsumerRecord::leaderEpoch),
                            Optional::isPresent)
                    .orElseThrow();
        }
    }
}
