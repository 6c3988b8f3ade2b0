package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theBuiltInRoutesAreGood() {
        int code = run("validate");

        assertThat(code).isZero();
        assertThat(out.toString().lines()).singleElement().asString().matches("\\d+ files: 0 errors, 0 warnings");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aBadEditEndsWith78AndIsNamedWithItsPlace() throws IOException {
        Path file = badEdit();

        int code = run("validate", folder.toString());

        assertThat(code).isEqualTo(78);
        assertThat(out.toString()).startsWith(file + ":15:36: no channel is named 'GASSA'; ");
        assertThat(out.toString()).contains(": 1 error, 0 warnings");
    }

    @Test
    void jsonIsOneDocument() throws IOException {
        Path file = badEdit();

        int code = run("validate", folder.toString(), "--json");

        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(code).isEqualTo(78);
        assertThat(report.path("errors").asInt()).isEqualTo(1);
        JsonNode problem = report.path("problems").path(0);
        assertThat(problem.path("file").asText()).isEqualTo(file.toString());
        assertThat(problem.path("line").asInt()).isEqualTo(15);
        assertThat(problem.path("column").asInt()).isEqualTo(36);
        assertThat(problem.path("severity").asText()).isEqualTo("ERROR");
        assertThat(problem.path("text").asText()).contains("${channel(GASSA)}");
    }

    @Test
    void anUnusableSettingIsReported() {
        int code = run("validate", "--set", "rigs.cuont=5");

        assertThat(code).isEqualTo(78);
        assertThat(err.toString()).contains("rigs.cuont", "the nearest is rigs.count");
    }

    @Test
    void aFolderWithoutRoutesIsNamed() {
        int code = run("validate", folder.toString());

        assertThat(code).isEqualTo(78);
        assertThat(err.toString()).contains("no routes were found in " + folder);
    }

    private Path badEdit() throws IOException {
        run("routes", "export", folder.toString());
        out.getBuffer().setLength(0);
        Path file = folder.resolve("rigs/flag-message.camel.yaml");
        Files.writeString(file, Files.readString(file).replace("GASA", "GASSA"));
        return file;
    }

    private int run(String... arguments) {
        return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
