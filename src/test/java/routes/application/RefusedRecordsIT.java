package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.OwnRoutes;

/** Records that Kafka refuses for their own sake: those without a key, for a compacted topic. */
class RefusedRecordsIT {
    private static final String SHARED_PRODUCER = "routes.kafka.SharedProducer";

    @TempDir
    Path data;

    @TempDir
    Path routes;

    @BeforeEach
    void addARouteIntoACompactedTopic() throws Exception {
        OwnRoutes.copyBuiltIn(routes);
        Files.writeString(
                routes.resolve("copy-orders.camel.yaml"),
                """
                - route:
                    id: copy-orders
                    description: Reads my.orders in batches for copy-order
                    routeConfigurationId: batch
                    from:
                      uri: kafka:my.orders
                      parameters:
                        groupId: rig-streams.copy-orders
                      steps:
                        - process:
                            id: open-orders-batch
                            ref: open-batch
                        - split:
                            id: split-orders-batch
                            simple: "${body}"
                            parallelProcessing: true
                            executorService: pipeline
                            steps:
                              - to:
                                  id: to-copy-order
                                  uri: direct:copy-order
                        - process:
                            id: commit-orders-batch
                            ref: commit-batch
                """);
        Files.writeString(
                routes.resolve("copy-order.camel.yaml"),
                """
                - route:
                    id: copy-order
                    description: Copies each order to my.compacted
                    routeConfigurationId: record
                    from:
                      uri: direct:copy-order
                      steps:
                        - to:
                            id: to-compacted
                            uri: kafka:my.compacted
                """);
    }

    @Test
    void becomeOneLetterEachAndDisturbNoOtherRoute() throws Exception {
        try (Warnings warnings = Warnings.of(Class.forName(SHARED_PRODUCER));
                TestApplication app = TestApplication.start(
                        data,
                        Map.of(
                                "rigs.count", "0",
                                "routes.dir", routes.toString(),
                                // So that many requests follow the one that is refused.
                                "camel.component.kafka.producerBatchSize", "200",
                                "kafka.topics", "my.orders:1,my.compacted:1"))) {
            compact(app, "my.compacted");
            List<String> good = new ArrayList<>();
            int refused = 0;
            for (int i = 0; i < 300; i++) {
                // The very first, too: Kafka then takes what follows from a client of which it knows nothing yet.
                boolean keyless = i % 100 == 0;
                refused += keyless ? 1 : 0;
                if (!keyless) {
                    good.add("order-" + i);
                }
                app.sendLater("my.orders", 0, keyless ? null : bytes("k-" + i), bytes("order-" + i));
                app.sendLater("rig.telemetry", 0, bytes("R"), telemetry(i));
            }

            List<String> copied = app.settled("my.compacted").stream()
                    .map(record -> new String(record.value(), UTF_8))
                    .distinct()
                    .toList();
            assertThat(copied).as("in order, nothing left out").containsExactlyElementsOf(good);
            assertThat(app.settled("rig.activity.drilling").stream()
                            .map(ConsumerRecord::value)
                            .map(value -> new String(value, UTF_8))
                            .distinct())
                    .as("what another route sends meanwhile")
                    .containsExactlyElementsOf(IntStream.range(0, 300)
                            .mapToObj(i -> new String(telemetry(i), UTF_8))
                            .toList());
            List<ConsumerRecord<byte[], byte[]>> letters = app.settled("rig.dead-letters");
            assertThat(letters).hasSize(refused).allSatisfy(letter -> {
                assertThat(TestApplication.header(letter, "dlq.reason")).isEqualTo("refused");
                assertThat(letter.key()).isNull();
            });
            assertThat(warnings.texts()).as("clients closed").hasSizeLessThanOrEqualTo(refused);
            assertThat(app.scrape("rig_records_total\\{.*outcome=\"dead-letter\".*route=\"copy-orders\".*"))
                    .isEqualTo(refused);
        }
    }

    private static void compact(TestApplication app, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", app.bootstrapServers()))) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            admin.incrementalAlterConfigs(Map.of(
                            resource,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static byte[] telemetry(int seq) {
        return bytes("{\"rig\":\"R\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":" + seq
                + ",\"activity\":2,\"late\":false,\"channels\":{}}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
