package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.check.BuiltInRoutes;

class RoutesExportTest {
    private static final Map<String, String> PROGRAM = Map.of(
            "routes/errors.camel.yaml", "- routeConfiguration: {}\n",
            "routes/rigs/route-telemetry.camel.yaml", "- route: {}\n",
            "routes/RigStreams.class", "not a route",
            "other/x.yaml", "not ours");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theRoutesOfAFolderOfClassesAreItsYamlFiles() throws IOException {
        for (Map.Entry<String, String> file : PROGRAM.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }

        assertThat(BuiltInRoutes.of(folder).read()).containsExactlyEntriesOf(expected());
    }

    @Test
    void theRoutesOfAJarAreItsYamlFiles() throws IOException {
        Path jar = folder.resolve("program.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (Map.Entry<String, String> entry : PROGRAM.entrySet()) {
                entries.putNextEntry(new JarEntry(entry.getKey()));
                entries.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(BuiltInRoutes.of(jar).read()).containsExactlyEntriesOf(expected());
    }

    @Test
    void aProgramWithoutRoutesIsNotWhole() {
        assertThatIllegalStateException()
                .isThrownBy(() -> BuiltInRoutes.of(folder).read())
                .withMessageContaining("no YAML routes");
    }

    @Test
    void everyBuiltInRouteIsWrittenUnderItsVersion() throws IOException {
        Map<String, String> builtIn =
                new TreeMap<>(BuiltInRoutes.ofThisProgram().read());
        builtIn.putAll(BuiltInRoutes.ofThisProgram().files(".test.yaml"));

        int code = export(folder.resolve("new/routes").toString());

        assertThat(code).isZero();
        assertThat(builtIn).containsKeys("rigs/route-telemetry.camel.yaml", "rigs/route-telemetry.test.yaml");
        assertThat(out.toString().lines()).hasSameSizeAs(builtIn.keySet());
        for (Map.Entry<String, String> route : builtIn.entrySet()) {
            List<String> lines = Files.readAllLines(folder.resolve("new/routes").resolve(route.getKey()));
            assertThat(lines.get(0)).isEqualTo("# rig-streams " + Version.text());
            assertThat(lines.subList(1, lines.size()))
                    .containsExactlyElementsOf(route.getValue().lines().toList());
        }
    }

    @Test
    void aFileInTheWayIsNamedAndNothingIsWritten() throws IOException {
        Path edited = folder.resolve("rigs/route-telemetry.camel.yaml");
        Files.createDirectories(edited.getParent());
        Files.writeString(edited, "# edited\n");

        int code = export(folder.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(edited + " exists; nothing was written, use --force to overwrite it");
        assertThat(edited).hasContent("# edited\n");
        assertThat(folder.resolve("errors.camel.yaml")).doesNotExist();
    }

    @Test
    void forceOverwrites() throws IOException {
        export(folder.toString());
        Path edited = folder.resolve("rigs/route-telemetry.camel.yaml");
        Files.writeString(edited, "# edited\n");

        int code = export(folder.toString(), "--force");

        assertThat(code).isZero();
        assertThat(edited).content().startsWith("# rig-streams ");
    }

    private static Map<String, String> expected() {
        return new java.util.TreeMap<>(Map.of(
                "errors.camel.yaml", "- routeConfiguration: {}\n",
                "rigs/route-telemetry.camel.yaml", "- route: {}\n"));
    }

    private int export(String... arguments) {
        String[] command = new String[arguments.length + 2];
        command[0] = "routes";
        command[1] = "export";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), command);
    }
}
