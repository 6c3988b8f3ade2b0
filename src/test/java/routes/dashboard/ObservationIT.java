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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.application.TestApplication;

/** Who gets metrics and health from a server on loopback; see {@link ObservationForOthersIT}. */
class ObservationIT {
    static final String[] PATHS = {"/metrics", "/observe/health", "/observe/health/live", "/observe/health/ready"};

    @TempDir
    static Path data;

    private static TestApplication application;

    @BeforeAll
    static void start() throws Exception {
        application = TestApplication.start(data, Map.of("rigs.count", "1", "observe.hosts", "probe, rigs.Test"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static Asked ask(String method, String path, String... headers) throws IOException {
        return Asked.of(URI.create(application.observeUrl()), method, path, headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:1", "[::1]:9090", "probe", "RIGS.test:9090"})
    void onLoopbackItsOwnNamesAndThoseOfTheSettingsAreLetIn(String host) throws Exception {
        for (String path : PATHS) {
            Asked asked = ask("GET", path, "Host: " + host);

            assertThat(asked.status()).as(path).isIn(200, 503);
            assertThat(asked.head()).contains("Cache-Control: no-store");
            assertThat(asked.text()).containsAnyOf("jvm_memory_used_bytes", "\"checks\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GET; Host: rigs.example; 403",
                "GET; Host: probe.rigs.example; 403",
                "GET; Host: ; 403",
                "GET; Host: a b; 400",
                "GET; Host: probe@rigs.example; 400",
                "GET; Origin: http://rigs.example; 403",
                "POST; Accept: */*; 401",
                "OPTIONS; Accept: */*; 401",
                "TRACE; Accept: */*; 401",
            })
    void onLoopbackNothingElseIs(String method, String header, int status) throws Exception {
        for (String path : PATHS) {
            Asked asked = ask(method, path, header);

            assertThat(asked.status()).as(path).isEqualTo(status);
            assertThat(asked.head()).contains("Cache-Control: no-store").doesNotContainIgnoringCase("access-control");
            assertThat(asked.json().path("error").asText()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/observe/health?stackTrace=true&data=true; nothing here takes parameters, as in ?stackTrace=true",
                "/metrics?x; nothing here takes parameters",
                "http://rigs.example/metrics; the request is for http://rigs.example/metrics; expected a path",
            })
    void noParameterSaysMoreThanIsShown(String path, String sentence) throws Exception {
        Asked asked = ask("GET", path);

        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.json().path("error").asText()).startsWith(sentence.split(";")[0]);
    }

    @Test
    void twoHostsAreNone() throws Exception {
        Asked asked = ask("GET", "/metrics", "Host: localhost", "Host: rigs.example");

        assertThat(asked.status()).isEqualTo(400);
    }

    /** Camel would take them for its own. */
    @Test
    void headersThatCamelUsesItselfDoNothing() throws Exception {
        Asked asked = Asked.of(
                application.apiUrl(),
                "GET",
                "/api/routes/flag-message",
                "CamelHttpPath: /api/routes",
                "camelhttpmethod: POST",
                "CamelHttpResponseCode: 500",
                "kafka.OVERRIDE_TOPIC: rig.fleet",
                "Content-Type: multipart/form-data; boundary=x");

        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.json().path("id").asText()).isEqualTo("flag-message");
        assertThat(asked.head()).doesNotContainIgnoringCase("camel").doesNotContainIgnoringCase("kafka");
    }
}
