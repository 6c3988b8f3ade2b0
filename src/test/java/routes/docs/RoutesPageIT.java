package routes.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.OwnRoutes;
import routes.application.TestApplication;

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

    private static byte[] message(String hookload) {
        return ("{\"rig\":\"A\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":1,"
                        + "\"activity\":2,\"late\":false,\"channels\":{\"HKLA\":" + hookload + "}}")
                .getBytes(UTF_8);
    }
}
