package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rights on what the program makes, under whatever umask it runs. */
@Timeout(180)
class PrivateDataIT {
    @TempDir
    private Path folder;

    private void run(Path data) throws Exception {
        Path here = Files.createDirectories(folder.resolve("run/here"));
        try (JarProcess process = JarProcess.start(
                here,
                "run",
                "--for",
                "4s",
                "--set",
                "data.dir=" + data,
                "--set",
                "rigs.count=2",
                "--set",
                "archive.window=1s",
                "--set",
                "broker.port=" + FreePort.next(),
                "--set",
                "observe.port=" + FreePort.next())) {
            assertThat(process.exitCode(Duration.ofSeconds(120)))
                    .as(process::toString)
                    .isZero();
            said = process.out() + process.err();
        }
    }

    private String said;

    @Test
    void whatIsMadeIsItsOwnersAlone() throws Exception {
        Path data = folder.resolve("new/data");

        run(data);

        Map<String, String> rights = rights(data);
        assertThat(rights).containsEntry("", "rwx------").containsEntry("kafka", "rwx------");
        assertThat(rights.keySet()).anyMatch(path -> path.endsWith(".avro"));
        rights.keySet().removeIf(path -> path.startsWith("kafka/"));
        assertThat(rights.values()).isSubsetOf("rwx------", "rw-------");
        assertThat(said).doesNotContain("chmod");
    }

    @Test
    void aFolderThatOthersCanReadKeepsItsRightsAndIsNamed() throws Exception {
        Path data = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

        run(data);

        assertThat(rights(data)).containsEntry("", "rwxr-xr-x").containsEntry("archive", "rwx------");
        assertThat(said).contains("chmod 700", data.toString());
    }

    private static Map<String, String> rights(Path data) throws IOException {
        Map<String, String> rights = new TreeMap<>();
        try (Stream<Path> all = Files.walk(data)) {
            List<Path> paths = all.toList();
            for (Path path : paths) {
                rights.put(
                        data.relativize(path).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            }
        }
        return rights;
    }
}
