package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.OwnRoutes;
import routes.settings.ConfigurationException;

/** Routes that a user has edited, in a folder of the user's own. */
class OwnRoutesIT {
    private static final String FLAG = "rigs/flag-message.camel.yaml";

    @TempDir
    Path data;

    @TempDir
    Path routes;

    @BeforeEach
    void copyTheBuiltInRoutes() throws IOException {
        OwnRoutes.copyBuiltIn(routes);
    }

    @Test
    void anEditedConditionAndTopicAreWhatRuns() throws Exception {
        edit(FLAG, "\"\\$\\{channel\\(GASA\\)} > 2 .*\"", "\"\\${channel(HKLA)} >= 80.5\"");
        edit(FLAG, "kafka:rig.flagged", "kafka:rig.alarms");

        try (TestApplication app = start()) {
            app.send("rig.telemetry", null, "A".getBytes(UTF_8), message("A", "80.4"));
            app.send("rig.telemetry", null, "A".getBytes(UTF_8), message("A", "80.5"));

            List<ConsumerRecord<byte[], byte[]>> flagged = app.settled("rig.alarms");
            assertThat(flagged).singleElement().satisfies(record -> assertThat(record.value())
                    .isEqualTo(message("A", "80.5")));
            assertThat(app.settled("rig.flagged")).isEmpty();
        }
    }

    @Test
    void aChannelThatDoesNotExistStopsTheStartAndIsNamed() throws Exception {
        edit(FLAG, "GASA", "GASSA");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("flag-message.camel.yaml:", "'GASSA'", "nearest name is GASA");
    }

    @Test
    void aTopicThatDoesNotExistStopsTheStartAndIsNamed() throws Exception {
        edit(FLAG, "kafka:rig.flagged", "kafka:rig.flaged");
        edit("rigs/route-message.camel.yaml", "kafka:rig.activity.reaming", "kafka:rig.activity.raming");

        assertThat(problems())
                .anySatisfy(problem -> assertThat(problem)
                        .contains("route flag-message", "the topic rig.flaged, which does not exist"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("rig.activity.raming", "the nearest name is rig.activity.reaming"))
                .hasSize(2);
    }

    @Test
    void aRouteConfigurationThatDoesNotExistStopsTheStartAndIsNamed() throws Exception {
        edit(FLAG, "routeConfigurationId: record", "routeConfigurationId: recrod");
        edit("rigs/slice-message.camel.yaml", " *routeConfigurationId: record\n", "");

        assertThat(problems())
                .anySatisfy(problem ->
                        assertThat(problem).contains("route flag-message", "recrod", "batch, dead-letter, record"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("route slice-message", "names no routeConfigurationId"))
                .hasSize(2);
    }

    @Test
    void aBeanThatDoesNotExistStopsTheStartAndIsNamed() throws Exception {
        edit(FLAG, "ref: read-telemetry-or-skip", "ref: read-telemetri");

        assertThat(problems()).singleElement().asString().contains("flag-message", "read-telemetri");
    }

    @Test
    void aFolderWithoutRoutesStopsTheStart() throws Exception {
        try (Stream<Path> files = Files.walk(routes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }

        assertThat(problems()).singleElement().asString().contains("no routes were found");
    }

    private List<String> problems() {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, () -> start().close());
        assertThat(refused).isNotNull();
        return refused.problems();
    }

    private TestApplication start() throws Exception {
        return TestApplication.start(data, Map.of("rigs.count", "0", "routes.dir", routes.toString()));
    }

    private void edit(String file, String pattern, String replacement) throws IOException {
        String text = Files.readString(routes.resolve(file));
        String edited = text.replaceAll(pattern, replacement);
        assertThat(edited).as("the edit of " + file).isNotEqualTo(text);
        Files.writeString(routes.resolve(file), edited);
    }

    private static byte[] message(String rig, String hookload) {
        return ("{\"rig\":\"" + rig + "\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":1,"
                        + "\"activity\":2,\"late\":false,\"channels\":{\"HKLA\":" + hookload + "}}")
                .getBytes(UTF_8);
    }
}
