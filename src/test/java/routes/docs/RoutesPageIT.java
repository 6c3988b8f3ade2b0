package routes.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.OwnRoutes;
import routes.application.TestApplication;
import routes.cli.Commands;

/** The route of one's own that {@code docs/routes.md} shows, copied from the page and run. */
class RoutesPageIT {

    @TempDir
    Path data;

    @TempDir
    Path routes;

    @Test
    void theExampleSendsWhatItSays() throws Exception {
        OwnRoutes.copyBuiltIn(routes);
        assertThat(OwnRoutes.copyExample("my-routes", routes)).isEqualTo(3);
        Map<String, String> settings = Map.of(
                "rigs.count", "0",
                "routes.dir", routes.toString(),
                "my.heavy-tonnes", "100",
                "kafka.topics", "my.heavy");

        try (TestApplication app = TestApplication.start(data, settings)) {
            app.send("rig.telemetry", null, "A".getBytes(UTF_8), message("99.9"));
            app.send("rig.telemetry", null, "A".getBytes(UTF_8), "not a message".getBytes(UTF_8));
            app.send("rig.telemetry", null, "A".getBytes(UTF_8), message("100.1"));

            assertThat(app.settled("my.heavy")).singleElement().satisfies(record -> {
                assertThat(record.value()).isEqualTo(message("100.1"));
                assertThat(record.key()).isEqualTo("A".getBytes(UTF_8));
            });
        }
    }

    /** As the page says: routed by a field, edited while it runs, and run again over what came before. */
    @Test
    void theOrdersOfThePageAreRoutedByAField() throws Exception {
        String[] made = {
            "routes", "new", "big-orders", routes.toString(), "--from", "shop.orders", "--to", "shop.big-orders"
        };
        assertThat(Commands.execute(made)).isZero();
        Map<String, String> settings = Map.of(
                "rigs.count", "0",
                "routes.dir", routes.toString(),
                "kafka.topics", "shop.orders,shop.big-orders:1");

        try (TestApplication app = TestApplication.start(data, settings)) {
            byte[] bergen = order("250.5", "Bergen");
            byte[] oslo = order("100.1", "Oslo");
            app.send("shop.orders", 0, "1".getBytes(UTF_8), bergen);
            app.send("shop.orders", 0, null, order("\"250.5\"", "Bergen"));
            app.send("shop.orders", 0, null, "no JSON".getBytes(UTF_8));
            app.send("shop.orders", 0, null, oslo);
            assertThat(app.settled("shop.big-orders"))
                    .extracting(RoutesPageIT::text)
                    .containsExactly(text(bergen), text(oslo));
            assertThat(app.settled("rig.dead-letters")).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isEqualTo("no JSON".getBytes(UTF_8));
                assertThat(TestApplication.header(letter, "dlq.reason")).isEqualTo("not-json");
            });

            assertThat(operate("stop")).isZero();
            Path condition = routes.resolve("big-orders-record.camel.yaml");
            Files.writeString(
                    condition,
                    Files.readString(condition)
                            .replace(
                                    "${field(amount)} > 100",
                                    "${field(amount)} > 100 && ${field(location.city)} == 'Bergen'"));
            Awaitility.await("the edit runs")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> app.scrape("rig_routes_reload_seconds_count.*") > 0);
            assertThat(operate("rewind", "--to", "-1h")).isZero();
            assertThat(operate("start")).isZero();

            app.await(3, "shop.big-orders");
            assertThat(app.settled("shop.big-orders"))
                    .extracting(RoutesPageIT::text)
                    .containsExactly(text(bergen), text(oslo), text(bergen));
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return text(record.value());
    }

    private static String text(byte[] value) {
        return new String(value, UTF_8);
    }

    private int operate(String what, String... more) {
        List<String> arguments = new ArrayList<>(List.of("routes", what, "big-orders", "--set", "data.dir=" + data));
        arguments.addAll(List.of(more));
        return Commands.execute(arguments.toArray(String[]::new));
    }

    private static byte[] order(String amount, String city) {
        return ("{\"id\": 1, \"amount\": " + amount + ", \"location\": {\"city\": \"" + city + "\"}}").getBytes(UTF_8);
    }

    private static byte[] message(String hookload) {
        return ("{\"rig\":\"A\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":1,"
                        + "\"activity\":2,\"late\":false,\"channels\":{\"HKLA\":" + hookload + "}}")
                .getBytes(UTF_8);
    }
}
