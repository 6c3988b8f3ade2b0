package routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.kafka.Topic;
import routes.kafka.Topics;

class DiskBudgetIT {
    private static final long CAP = 64_000_000;
    private static final long WRITTEN = 5 * CAP;
    private static final int RECORD = 20_000;
    private static final List<Topic> TOPICS = List.of(topic("disk.much", 2, 3), topic("disk.little", 2, 1));

    @TempDir
    Path folder;

    @Test
    void keepsTheDiskBelowTheCapAndTheNewestRecords() throws Exception {
        DiskBudget budget = new DiskBudget(CAP, DiskBudget.DEFAULT_RETENTION_CAP, TOPICS);
        try (EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(folder, 0, false));
                Topics topics = Topics.connect(Map.of("bootstrap.servers", broker.bootstrapServers()), TOPICS, budget);
                TestBroker tests = new TestBroker(broker.bootstrapServers())) {
            assertThat(topics.createMissing().matches()).isTrue();

            long written = write(broker);

            assertThat(written).isGreaterThan(4 * CAP);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> onDisk(folder) <= CAP
                            && TOPICS.stream().allMatch(topic -> kept(tests, topic) <= own(budget, topic)));
            // Deleted to the cap, and not to nothing: each partition still has about what is set aside for it.
            for (Topic topic : TOPICS) {
                assertThat(kept(tests, topic)).isBetween(own(budget, topic) / 3, own(budget, topic));
            }
        }
    }

    private static long kept(TestBroker tests, Topic topic) {
        return tests.records(topic.name()) * RECORD;
    }

    private static long own(DiskBudget budget, Topic topic) {
        return budget.bytesPerPartition(topic) * topic.partitions();
    }

    private static long write(EmbeddedBroker broker) {
        byte[] value = new byte[RECORD];
        new Random(42).nextBytes(value);
        long written = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                new TestClient(broker.bootstrapServers()).producer(Map.of("batch.size", 500_000, "linger.ms", 5))) {
            for (int i = 0; written < WRITTEN; i++) {
                for (Topic topic : TOPICS) {
                    producer.send(new ProducerRecord<>(topic.name(), i % topic.partitions(), null, value));
                    written += RECORD;
                }
            }
        }
        return written;
    }

    /** Bytes allocated, as the user's own tool counts them: Kafka's indexes of active segments are sparse. */
    private static long onDisk(Path folder) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "-sk", folder.toString()).start();
        String out = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        du.waitFor();
        return Long.parseLong(out.split("\\s", 2)[0]) * 1024;
    }

    private static Topic topic(String name, int partitions, double share) {
        return new Topic(name, partitions, Optional.of(Duration.ofDays(1)), "rigs", share, "a test");
    }
}
