package routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.settings.ConfigurationException;

class EmbeddedBrokerIT {
    @TempDir
    Path temp;

    @Test
    void keepsClusterTopicsRecordsAndOffsetsOverARestart() throws Exception {
        Path folder = temp.resolve("new/kafka");
        String clusterId;
        try (EmbeddedBroker broker = start(folder);
                TestBroker tests = new TestBroker(broker.bootstrapServers())) {
            clusterId = broker.clusterId();
            tests.createTopic("kept", 2, Map.of());
            TestClient client = new TestClient(broker.bootstrapServers());
            client.send("kept", List.of("a", "b", "c"));
            assertThat(client.read("kept", "readers", 1)).containsExactly("a");
        }

        try (EmbeddedBroker broker = start(folder);
                TestBroker tests = new TestBroker(broker.bootstrapServers())) {
            assertThat(broker.clusterId()).isEqualTo(clusterId);
            assertThat(tests.partitions("kept")).isEqualTo(2);
            assertThat(new TestClient(broker.bootstrapServers()).read("kept", "readers", 2))
                    .containsExactly("b", "c");
        }
    }

    /** They would use up what files this process may open, and with them end the routes and the archive. */
    @Test
    void connectionsWithoutEndAreClosedAndThoseThatGoMakeRoom() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (EmbeddedBroker broker = start(temp.resolve("kafka"))) {
            int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
            for (int i = 0; i < BrokerConfig.MOST_CONNECTIONS + 20; i++) {
                sockets.add(new Socket("127.0.0.1", port));
            }
            Socket last = sockets.get(sockets.size() - 1);
            last.setSoTimeout(30_000);
            assertThat(last.getInputStream().read()).isNegative();

            for (Socket socket : sockets) {
                socket.close();
            }
            try (TestBroker tests = new TestBroker(broker.bootstrapServers())) {
                tests.createTopic("kept", 1, Map.of());
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void keepsWhatWasAcknowledgedBeforeAKill() throws Exception {
        Path folder = temp.resolve("kafka");
        try (BrokerProcess process = BrokerProcess.broker(folder);
                TestBroker tests = new TestBroker(process.bootstrapServers())) {
            tests.createTopic("kept", 1, Map.of());
            new TestClient(process.bootstrapServers()).send("kept", List.of("a", "b", "c"));
            process.kill();
        }

        try (EmbeddedBroker broker = start(folder)) {
            assertThat(new TestClient(broker.bootstrapServers()).read("kept", "readers", 3))
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            BrokerSettings settings = new BrokerSettings(temp.resolve("kafka"), other.getLocalPort(), false);

            assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("Port " + other.getLocalPort() + " on 127.0.0.1 for the embedded Kafka is in use by"
                            + " another program; stop that program or set another port.");
            assertThat(temp).isEmptyDirectory();
        }
    }

    @Test
    void takesTheNextFreePortIfItMay() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int taken = other.getLocalPort();
            BrokerSettings settings = new BrokerSettings(temp.resolve("kafka"), taken, true);

            try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
                assertThat(broker.port()).isBetween(taken + 1, taken + 20);
                assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + broker.port());
            }
        }
    }

    @Test
    void refusesAFolderThatAnotherProcessRunsIn() throws Exception {
        Path folder = temp.resolve("kafka");
        try (BrokerProcess process = BrokerProcess.broker(folder)) {
            assertThatThrownBy(() -> start(folder))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("The Kafka folder " + folder + " is in use by another broker; stop that one or set"
                            + " another folder (data.dir).");
            try (TestBroker tests = new TestBroker(process.bootstrapServers())) {
                assertThat(tests.newTopic("still-serving", 1)).isNotEmpty();
            }
        }
    }

    @Test
    void refusesAFolderThatAnotherKafkaRunsIn() throws Exception {
        Path folder = temp.resolve("kafka");
        start(folder).close();
        try (BrokerProcess process = BrokerProcess.otherKafka(folder)) {
            assertThat(process.isAlive()).isTrue();
            Map<String, String> before = Folders.content(folder);

            assertThatThrownBy(() -> start(folder))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("is in use by another broker");
            assertThat(Folders.content(folder)).isEqualTo(before);
        }
    }

    @Test
    void refusesAFolderThatThisProcessRunsIn() {
        Path folder = temp.resolve("kafka");
        try (EmbeddedBroker running = start(folder)) {
            assertThatThrownBy(() -> start(folder))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("is in use by another broker");
            assertThat(running.port()).isPositive();
        }
    }

    @Test
    void tellsItsOwnerWhenItCanNoLongerWrite() throws Exception {
        Path folder = temp.resolve("kafka");
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        try (EmbeddedBroker broker = start(folder);
                TestBroker tests = new TestBroker(broker.bootstrapServers())) {
            broker.onFatal(told::complete);
            tests.createTopic("lost", 1, Map.of("segment.bytes", "1000"));
            delete(folder.resolve("lost-0"));

            sendWithoutHope(broker, "lost");

            await().atMost(Duration.ofSeconds(30)).until(told::isDone);
            assertThat(told.join()).hasMessageContaining("Kafka asked to end the process");
        }
    }

    @Test
    void awaitsItsShutdown() {
        EmbeddedBroker broker = start(temp.resolve("kafka"));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                broker.awaitShutdown();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(waiting).isNotDone();

        broker.close();

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void takesTheLargestMessageAndNoTopicUnasked() throws Exception {
        try (EmbeddedBroker broker = start(temp.resolve("kafka"));
                TestBroker tests = new TestBroker(broker.bootstrapServers());
                KafkaProducer<byte[], byte[]> producer = new TestClient(broker.bootstrapServers())
                        .producer(Map.of("max.block.ms", 2000, "max.request.size", 1_048_576))) {
            String topic = tests.newTopic("large", 1);

            assertThat(producer.send(new ProducerRecord<>(topic, new byte[1_000_000]))
                            .get()
                            .offset())
                    .isZero();
            assertThat(producer.send(new ProducerRecord<>("unasked", new byte[1])))
                    .failsWithin(Duration.ofSeconds(10));
            assertThat(tests.admin().listTopics().names().get()).containsExactly(topic);
        }
    }

    private static EmbeddedBroker start(Path folder) {
        return EmbeddedBroker.start(new BrokerSettings(folder, 0, false));
    }

    private static void sendWithoutHope(EmbeddedBroker broker, String topic) {
        try (KafkaProducer<byte[], byte[]> producer = new TestClient(broker.bootstrapServers())
                .producer(Map.of("delivery.timeout.ms", 2000, "request.timeout.ms", 1000, "batch.size", 0))) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>(topic, new byte[500]));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
