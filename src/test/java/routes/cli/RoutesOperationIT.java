package routes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.FreePort;
import routes.application.TestApplication;

/** {@code routes list|show|stop|start} against a running instance, and against what is none. */
class RoutesOperationIT {
    @TempDir
    static Path data;

    @TempDir
    private Path elsewhere;

    private static TestApplication app;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        app = TestApplication.start(data, Map.of("rigs.count", "0"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private int execute(String... arguments) {
        return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    /** With the data folder of the running instance, and nothing else that says where it is. */
    private int routes(String... arguments) {
        List<String> all = new ArrayList<>(List.of("routes"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--set", "data.dir=" + data));
        return execute(all.toArray(String[]::new));
    }

    private static String url() {
        return "http://" + app.apiUrl().getAuthority();
    }

    @Test
    void listsTheRoutes() {
        int code = routes("list");

        assertThat(code).as(err.toString()).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).matches("route +state +uptime +from +exchanges +failed +sent +lag");
        assertThat(lines)
                .hasSize(13)
                .anyMatch(line -> line.matches("route-telemetry +Started +\\S+ +kafka:rig.telemetry +\\d+ +0 +\\S+ +0"))
                .anyMatch(line -> line.matches("route-message +Started +\\S+ +direct:route-message +0 +0 +- +-"));
    }

    @Test
    void listsTheRoutesAsJson() throws IOException {
        assertThat(routes("list", "--json")).as(err.toString()).isZero();

        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.path("routes"))
                .hasSize(12)
                .allSatisfy(route -> assertThat(route.path("state").asText()).isEqualTo("Started"));
    }

    @Test
    void showsARouteWithItsYaml() throws IOException {
        assertThat(routes("show", "flag-message")).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains("description  Sends each message that meets a condition")
                .endsWith("\n\n"
                        + Files.readString(Path.of("src/main/resources/routes/rigs/flag-message.camel.yaml"))
                                .stripTrailing()
                        + System.lineSeparator());
    }

    @Test
    void stopsAndStartsARoute() {
        assertThat(routes("stop", "slice-telemetry")).as(err.toString()).isZero();
        assertThat(out.toString()).matches("route slice-telemetry: Started -> Stopped in \\d+\\.\\d+ s\\R");
        out.getBuffer().setLength(0);

        assertThat(routes("stop", "slice-telemetry")).isZero();
        assertThat(out.toString().strip()).isEqualTo("route slice-telemetry: Stopped already");
        out.getBuffer().setLength(0);

        assertThat(routes("start", "slice-telemetry", "--json")).isZero();
        assertThat(out.toString()).contains("\"was\" : \"Stopped\"", "\"state\" : \"Started\"", "\"changed\" : true");
    }

    @Test
    void anUnknownRouteEndsWith1AndTheNearest() {
        assertThat(routes("stop", "slice-telemetri")).isEqualTo(1);

        assertThat(err.toString().strip())
                .isEqualTo("there is no route 'slice-telemetri'; the nearest is slice-telemetry");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whereNothingAnswersIsSaid() throws IOException {
        int free = FreePort.next();

        assertThat(routes("list", "--url", "http://127.0.0.1:" + free)).isEqualTo(1);

        assertThat(err.toString())
                .startsWith(
                        "no running instance answers at http://127.0.0.1:" + free + " (ConnectException); start one");
    }

    @Test
    void anotherServerIsNotTakenForAnInstance() {
        assertThat(routes("list", "--url", app.observeUrl())).isEqualTo(1);

        assertThat(err.toString())
                .startsWith("what answers at " + app.observeUrl() + " is not rig-streams, or another version of it");
    }

    @Test
    void aTokenThatIsMissingOrAnothersIsSaid() throws IOException {
        String[] arguments = {"routes", "stop", "slice-telemetry", "--url", url(), "--set", "data.dir=" + elsewhere};
        assertThat(execute(arguments)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("the instance at " + url() + " wants a token, and there is none in API_TOKEN");
        err.getBuffer().setLength(0);

        Files.createDirectory(elsewhere.resolve("api"));
        Files.write(elsewhere.resolve("api/url"), url().getBytes(UTF_8));
        Files.write(elsewhere.resolve("api/token"), "another".getBytes(UTF_8));
        assertThat(execute(arguments)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("the instance at " + url() + " has another token than the one in API_TOKEN");
    }
}
