package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On what the program listens, whatever it is told: what it prints, and nothing else. */
class ListeningIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern ADDRESS =
            Pattern.compile("(?m)^(?:Kafka|Kafka controller|API|metrics|health) +" + "(?:http://)?([0-9.]+:\\d+)");
    private static final String ON_FREE_PORTS = "broker.port=0\nobserve.port=0\nrigs.count=1\n";

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "sockets of a process are looked up in /proc");
        folder = Files.createDirectories(temp.resolve("empty/config")).getParent();
    }

    private JarProcess run(Map<String, String> environment, String settings, String... arguments) throws IOException {
        Files.writeString(folder.resolve("config/application.properties"), ON_FREE_PORTS + settings);
        return JarProcess.start(JarProcess.jar(), folder, environment, arguments);
    }

    private static Set<String> printed(JarProcess run) {
        run.address("routes");
        return ADDRESS.matcher(run.out())
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void nothingListensButWhatTheStartPrintsAndAllOfItOnLoopback() throws Exception {
        try (JarProcess run = run(Map.of(), "", "run")) {
            Set<String> printed = printed(run);

            assertThat(printed).hasSize(4).allMatch(address -> address.startsWith("127.0.0.1:"));
            assertThat(Listening.of(run.pid())).isEqualTo(printed);
        }
    }

    @Test
    void whatIsToBeReachedByOthersIsPrintedSoAndNothingElseIs() throws Exception {
        String token = "0123456789abcdef";
        try (JarProcess run = run(
                Map.of("OBSERVE_TOKEN", token, "API_TOKEN", token),
                "observe.host=0.0.0.0\napi.host=0.0.0.0\n",
                "run")) {
            Set<String> printed = printed(run);

            assertThat(printed).hasSize(4);
            assertThat(printed.stream().filter(address -> address.startsWith("0.0.0.0:")))
                    .hasSize(2);
            assertThat(Listening.of(run.pid())).isEqualTo(printed);
        }
    }

    /** Camel reads these by itself, whatever it is told of system properties. */
    @Test
    void noSystemPropertyOpensAPortPastThem() throws Exception {
        Path opened = Files.createDirectories(temp.resolve("opened"));
        Files.writeString(
                opened.resolve("opened.properties"),
                "camel.server.host=0.0.0.0\ncamel.management.host=0.0.0.0\ncamel.management.infoEnabled=true\n");

        String properties = Stream.of(
                        "cloud-properties-location=FOLDER",
                        "property-placeholder-location=file:FOLDER/opened.properties",
                        "override-properties-location=file:FOLDER/opened.properties",
                        "profile=dev")
                .map(property -> "-Dcamel.main." + property.replace("FOLDER", opened.toString()))
                .collect(Collectors.joining(" "));

        try (JarProcess run = run(Map.of("_JAVA_OPTIONS", properties), "", "run")) {
            Set<String> printed = printed(run);

            assertThat(printed).hasSize(4).allMatch(address -> address.startsWith("127.0.0.1:"));
            assertThat(Listening.of(run.pid())).isEqualTo(printed);
            URI info = URI.create(run.address("health").replace("/observe/health", "/observe/info"));
            assertThat(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(info).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.server.host=0.0.0.0",
                "camel.management.host=0.0.0.0",
                "camel.management.infoEnabled=true",
                "camel.management.authenticationEnabled=true",
                "camel.main.fileConfigurations=/tmp/*",
                "observe.host=0.0.0.0",
                "api.host=0.0.0.0"
            })
    void noSettingOpensAPortPastThem(String setting) throws Exception {
        String variable =
                setting.substring(0, setting.indexOf('=')).toUpperCase().replace('.', '_');
        String value = setting.substring(setting.indexOf('=') + 1);

        try (JarProcess chosen = run(Map.of(), "", "run", "--set", setting);
                JarProcess fromEnvironment = run(Map.of(variable, value), "", "run")) {
            assertThat(chosen.exitCode(SOON)).as(chosen.toString()).isEqualTo(78);
            assertThat(fromEnvironment.exitCode(SOON))
                    .as(fromEnvironment.toString())
                    .isEqualTo(78);
            assertThat(chosen.err()).contains(setting.substring(0, setting.indexOf('=')));
        }
        try (JarProcess fromFile = run(Map.of(), setting + "\n", "run")) {
            assertThat(fromFile.exitCode(SOON)).as(fromFile.toString()).isEqualTo(78);
        }
    }
}
