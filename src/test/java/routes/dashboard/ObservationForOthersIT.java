package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.application.TestApplication;

/** Who gets metrics and health from a server that other machines reach. */
class ObservationForOthersIT {
    private static final String TOKEN = "0123456789abcdef";
    private static final String OTHER_TOKEN = "ABCDEF0123456789";

    @TempDir
    static Path data;

    private static TestApplication application;

    @BeforeAll
    static void start() throws Exception {
        application = TestApplication.start(
                data,
                Map.of("rigs.count", "1", "observe.host", "0.0.0.0"),
                Map.of("OBSERVE_TOKEN", TOKEN, "API_TOKEN", OTHER_TOKEN));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static Asked ask(String method, String path, String... headers) throws IOException {
        return Asked.of(URI.create(application.observeUrl()), method, path, headers);
    }

    @Test
    void whatOthersReachNeedsATokenWhateverTheHost() throws Exception {
        for (String path : ObservationIT.PATHS) {
            assertThat(ask("GET", path).status()).isEqualTo(401);
            assertThat(ask("GET", path, "Host: localhost").status()).isEqualTo(401);
            assertThat(ask("GET", path, "Authorization: Bearer " + TOKEN + "0").status())
                    .isEqualTo(401);
            for (String token : new String[] {TOKEN, OTHER_TOKEN}) {
                assertThat(ask("GET", path, "Host: rigs.example", "Authorization: Bearer " + token)
                                .status())
                        .isIn(200, 503);
            }
        }
    }

    @Test
    void theTokenForMetricsChangesNoRoute() throws Exception {
        Asked asked = Asked.of(
                application.apiUrl(), "POST", "/api/routes/route-telemetry/stop", "Authorization: Bearer " + TOKEN);

        assertThat(asked.status()).isEqualTo(401);
    }
}
