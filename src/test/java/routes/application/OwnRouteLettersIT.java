package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static routes.application.TestApplication.header;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.OwnRoutes;
import routes.cli.Commands;
import routes.deadletter.OriginalHeaders;

/** A route of a user's own reads a topic with more partitions than the letters have, changes each record, and then fails. */
class OwnRouteLettersIT {
    private static final int PARTITIONS = 16;
    private static final String SECRET = "{\"rig\":\"RIG-007\",\"secret\":4711}";

    @TempDir
    private Path data;

    @TempDir
    private Path routes;

    private TestApplication app;

    @BeforeEach
    void addTheRoutes() throws Exception {
        OwnRoutes.copyBuiltIn(routes);
        Files.writeString(
                routes.resolve("rigs/read-wide.camel.yaml"),
                """
                - route:
                    id: read-wide
                    description: Reads my.wide in batches for wide-message, and commits what is acknowledged
                    routeConfigurationId: batch
                    from:
                      uri: kafka:my.wide
                      parameters:
                        groupId: rig-streams.read-wide
                      steps:
                        - process:
                            id: open-wide-batch
                            ref: open-batch
                        - split:
                            id: split-wide-batch
                            simple: "${body}"
                            parallelProcessing: true
                            executorService: pipeline
                            steps:
                              - to:
                                  id: to-wide-message
                                  uri: direct:wide-message
                        - process:
                            id: commit-wide-batch
                            ref: commit-batch
                """);
        Files.writeString(
                routes.resolve("rigs/wide-message.camel.yaml"),
                """
                - route:
                    id: wide-message
                    description: Changes each message, and cannot decide about it
                    routeConfigurationId: record
                    from:
                      uri: direct:wide-message
                      steps:
                        - setHeader:
                            id: change-header
                            name: a
                            constant: changed
                        - setHeader:
                            id: add-header
                            name: added
                            constant: added
                        - setBody:
                            id: change-body
                            simple: "changed ${body}"
                        - choice:
                            id: choose-wide
                            when:
                              - simple: "${mandatoryBodyAs(Integer)} == 3"
                                steps:
                                  - to:
                                      id: to-flagged-wide
                                      uri: kafka:rig.flagged
                """);
    }

    private void start(int failedMax) throws Exception {
        app = TestApplication.start(
                data,
                Map.of(
                        "routes.allow-components", "mandatoryBodyAs",
                        "rigs.count", "0",
                        "archive.enabled", "false",
                        "routes.dir", routes.toString(),
                        "kafka.topics", "my.wide:" + PARTITIONS,
                        "deadletters.failed-max", Integer.toString(failedMax),
                        "deadletters.redelivery-delay", "1ms",
                        "deadletters.redelivery-delay-max", "1ms"));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void theLetterIsTheRecordAsItWasReadAndSaysNothingOfItsContent() throws Exception {
        start(1000);
        Header[] own = {
            new RecordHeader("a", "1".getBytes(UTF_8)),
            new RecordHeader("nul", null),
            new RecordHeader("A", new byte[0])
        };
        app.send("my.wide", 3, "k".getBytes(UTF_8), SECRET.getBytes(UTF_8), own);

        ConsumerRecord<byte[], byte[]> letter = letter(3, 0);
        assertThat(letter.key()).isEqualTo("k".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo(SECRET.getBytes(UTF_8));
        assertThat(OriginalHeaders.read(
                        letter.headers().lastHeader("dlq.original-headers").value()))
                .containsExactly(own);
        assertThat(letter.headers().lastHeader("added")).isNull();
        assertThat(header(letter, "__connect.errors.exception.message"))
                .contains("Exception: ")
                .doesNotContain("4711")
                .doesNotContain("Exchange[");
        assertThat(header(letter, "__connect.errors.exception.stacktrace")).doesNotContain("4711");
        assertThat(redrive(letter)).isZero();
        assertThat(app.settled("my.wide"))
                .filteredOn(record -> record.partition() == 3)
                .hasSize(2)
                .allSatisfy(record -> assertThat(Arrays.copyOf(record.headers().toArray(), own.length))
                        .isEqualTo(own));
    }

    /** Only the routes that run read the topic: the built-in ones do not. */
    private int redrive(ConsumerRecord<?, ?> letter) {
        return Commands.execute(
                "deadletters",
                "redrive",
                letter.partition() + ":" + letter.offset(),
                "--bootstrap",
                app.bootstrapServers(),
                "--set",
                "data.dir=" + data);
    }

    @Test
    void aSourceWithMorePartitionsThanTheLettersHaveKeepsItsOrderAndHoldsUpNothing() throws Exception {
        start(1000);
        for (int i = 0; i < 3; i++) {
            for (int partition = 4; partition < PARTITIONS; partition++) {
                app.send("my.wide", partition, null, (partition + "-" + i).getBytes(UTF_8));
            }
        }

        List<ConsumerRecord<byte[], byte[]>> letters = app.settled("rig.dead-letters");
        for (int partition = 4; partition < PARTITIONS; partition++) {
            String from = Integer.toString(partition);
            assertThat(letters)
                    .filteredOn(letter ->
                            header(letter, "__connect.errors.partition").equals(from))
                    .allMatch(letter -> letter.partition() == Integer.parseInt(from) % 8)
                    .extracting(letter -> new String(letter.value(), UTF_8))
                    .containsExactly(from + "-0", from + "-1", from + "-2");
        }
    }

    @Test
    void theLogHasNothingOfTheContentWhereABatchFails() throws Exception {
        try (Warnings warnings = Warnings.ofAll()) {
            start(1);
            for (int i = 0; i < 20; i++) {
                app.send("my.wide", 3, ("k" + i).getBytes(UTF_8), SECRET.getBytes(UTF_8));
            }
            app.awaitReadiness(503, "batch(es) in a row failed");

            assertThat(warnings.texts())
                    .anyMatch(line -> line.contains("a batch has failed"))
                    .noneMatch(line -> line.contains("4711"));
            assertThat(app.readiness().body()).doesNotContain("4711");
        }
    }

    private ConsumerRecord<byte[], byte[]> letter(int partition, long offset) throws Exception {
        return app.settled("rig.dead-letters").stream()
                .filter(letter -> header(letter, "__connect.errors.partition").equals("" + partition)
                        && header(letter, "__connect.errors.offset").equals("" + offset))
                .findFirst()
                .orElseThrow();
    }
}
