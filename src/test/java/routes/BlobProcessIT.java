package routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import routes.archive.Azurite;
import routes.archive.AzuriteExtension;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;

/** The program as users have it, with Blob: a run, then the commands on what it has left there. */
@ExtendWith({AzuriteExtension.class, BrokerExtension.class})
class BlobProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @TempDir
    private Path folder;

    private final List<String> printed = new ArrayList<>();
    private Map<String, String> settings;
    private Map<String, String> environment;

    @Test
    void aRunLeavesAnArchiveThatTheCommandsRead(Azurite azurite, TestBroker broker) throws Exception {
        BlobContainerClient container = azurite.newContainer();
        settings = azurite.settings(container.getBlobContainerName());
        Path key = Files.writeString(folder.resolve("key"), Azurite.KEY);
        environment = Map.of("ARCHIVE_BLOB_KEY_FILE", key.toString());

        assertThat(run(
                        0,
                        "run",
                        "--for",
                        "15s",
                        "--set",
                        "rigs.count=5",
                        "--set",
                        "archive.window=5s",
                        "--set",
                        "observe.port=0"))
                .contains("archive", container.getBlobContainerUrl());
        JsonNode files =
                new ObjectMapper().readTree(run(0, "archive", "list", "--json")).get("files");
        long records = 0;
        for (JsonNode file : files) {
            records += file.get("records").asLong();
        }
        assertThat(records).isGreaterThanOrEqualTo(5 * 10);
        assertThat(run(0, "archive", "cat").lines()).hasSize((int) records);
        String first = files.get(0).get("path").asText();
        assertThat(run(0, "archive", "cat", first).lines())
                .hasSize(files.get(0).get("records").asInt());
        assertThat(run(0, "archive", "list", "rig-streams/rig.telemetry/")).contains(first);
        assertThat(run(0, "archive", "schema")).contains("Microsoft.ServiceBus.Messaging");
        assertThat(run(1, "archive", "list", "no/such/file"))
                .contains("no/such/file: there is no such file or folder, neither here nor in "
                        + container.getBlobContainerUrl());

        String target = broker.newTopic("replayed", 8);
        run(0, "replay", "rig.telemetry", "--archive", "--into", target, "--bootstrap", broker.bootstrapServers());
        assertThat(broker.records(target)).isEqualTo(records);

        container.getBlobClient(first).delete();
        assertThat(run(1, "archive", "cat", first)).contains("there is no such file");
        container.delete();
        assertThat(run(1, "archive", "list")).contains("there is no container '" + container.getBlobContainerName());
        assertThat(run(78, "run")).contains("there is no container '" + container.getBlobContainerName());
        environment = Map.of("ARCHIVE_BLOB_KEY", "d3Jvbmc=");
        assertThat(run(1, "archive", "list")).contains("refuses", "403");
        environment = Map.of();
        assertThat(run(78, "archive", "list")).contains("archive.blob-key is missing; set ARCHIVE_BLOB_KEY");

        assertThat(printed).allSatisfy(text -> assertThat(text).doesNotContain(Azurite.KEY, "Exception"));
    }

    /** @return what it printed, on both outputs */
    private String run(int expected, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        settings.forEach((key, value) -> all.addAll(List.of("--set", key + "=" + value)));
        all.addAll(List.of("--set", "broker.port=0"));
        try (JarProcess process = JarProcess.start(JarProcess.jar(), folder, environment, all.toArray(String[]::new))) {
            assertThat(process.exitCode(PATIENCE)).as(process.toString()).isEqualTo(expected);
            printed.add(process.out() + process.err());
            return process.out() + (expected == 0 ? "" : process.err());
        }
    }
}
