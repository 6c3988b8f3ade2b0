package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.kafka.KafkaCluster;
import routes.kafka.TopicLog;

/** A topic that cannot be written: its batch is not committed, is tried again, and is complete once the topic is back. */
class SinkDownIT {
    private static final String GROUP = "rig-streams.route-telemetry";

    @TempDir
    Path data;

    private TestApplication app;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        app = TestApplication.start(
                data,
                Map.of(
                        "rigs.count", "0",
                        "camel.component.kafka.maxBlockMs", "1000",
                        "camel.component.kafka.metadataMaxAgeMs", "1000"));
        admin = Admin.create(Map.of("bootstrap.servers", app.bootstrapServers()));
    }

    @AfterEach
    void stop() {
        admin.close();
        app.close();
    }

    @Test
    void withoutTheDeadLetterTopicNothingIsCommittedAndNothingIsLost() throws Exception {
        withoutTopic("rig.dead-letters", 8, () -> {
            app.send("rig.telemetry", 0, "R".getBytes(UTF_8), "not json".getBytes(UTF_8));
            app.send("rig.telemetry", 0, "R".getBytes(UTF_8), message(1));
        });

        assertThat(app.settled("rig.dead-letters")).singleElement().satisfies(letter -> assertThat(letter.value())
                .isEqualTo("not json".getBytes(UTF_8)));
        assertThat(seqs(app.settled("rig.activity.drilling"))).startsWith(1L).containsOnly(1L);
    }

    @Test
    void withoutAnOutputTopicNothingIsCommittedDeadLetteredOrReordered() throws Exception {
        withoutTopic("rig.activity.drilling", 4, () -> {
            for (long seq = 1; seq <= 20; seq++) {
                app.send("rig.telemetry", 0, "R".getBytes(UTF_8), message(seq));
            }
        });

        List<Long> firsts =
                seqs(app.settled("rig.activity.drilling")).stream().distinct().toList();
        assertThat(firsts)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(app.settled("rig.dead-letters")).isEmpty();
    }

    @Test
    void whatWasAcknowledgedBeforeTheBatchFailedIsNotSentAgainOnEveryAttempt() throws Exception {
        withoutTopic("rig.activity.drilling", 4, () -> {
            for (long seq = 1; seq <= 10; seq++) {
                app.sendLater("rig.telemetry", 0, "R".getBytes(UTF_8), message(seq, 3));
            }
            for (long seq = 11; seq <= 20; seq++) {
                app.sendLater("rig.telemetry", 0, "R".getBytes(UTF_8), message(seq, 2));
            }
        });

        assertThat(seqs(app.settled("rig.activity.connection")))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
        assertThat(seqs(app.settled("rig.activity.drilling")))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(11, 20).boxed().toList());
    }

    @Test
    void readinessIsRedWhileTheSinkIsDownAndGreenAfterwards() throws Exception {
        app.awaitReadiness(200);
        admin.deleteTopics(List.of("rig.activity.drilling")).all().get();
        app.sendLater("rig.telemetry", 0, "R".getBytes(UTF_8), message(1));

        app.awaitReadiness(503, "batch(es) in a row failed");

        admin.createTopics(List.of(new NewTopic("rig.activity.drilling", Optional.of(4), Optional.empty())))
                .all()
                .get();
        app.awaitReadiness(200);
        assertThat(seqs(app.settled("rig.activity.drilling"))).containsOnly(1L);
    }

    private void withoutTopic(String topic, int partitions, Runnable sends) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
        sends.run();
        try (KafkaCluster kafka = new KafkaCluster(Map.of("bootstrap.servers", app.bootstrapServers()))) {
            Awaitility.await("two failed attempts")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> app.scrape("rig_records_total.*outcome=\"failed\".*") >= 2);
            assertThat(TopicLog.lag(kafka, GROUP, "rig.telemetry"))
                    .as("not committed")
                    .isPositive();
        }
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                .all()
                .get();
    }

    private static List<Long> seqs(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Long> seqs = new ArrayList<>();
        records.forEach(record ->
                seqs.add(Long.parseLong(new String(record.value(), UTF_8).replaceAll(".*\"seq\":(\\d+).*", "$1"))));
        return seqs;
    }

    private static byte[] message(long seq) {
        return message(seq, 2);
    }

    private static byte[] message(long seq, int activity) {
        return ("{\"rig\":\"R\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":" + seq + ",\"activity\":"
                        + activity + ",\"late\":false,\"channels\":{}}")
                .getBytes(UTF_8);
    }
}
