package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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

    @Test
    void theCasesOfTheBuiltInRoutesPassAndNothingIsWritten() {
        Path data = folder.resolve("data");

        int code = run("validate", "--test", "--set", "data.dir=" + data);

        assertThat(code).isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .matches("\\d+ cases: 0 failed; \\d+ branches: 0 without a case");
        assertThat(err.toString()).isEmpty();
        assertThat(data).doesNotExist();
    }

    @Test
    void aCaseThatFailsEndsWith1AndIsNamedWithItsPlace() throws IOException {
        Path file = wrongTopic();

        int code = run("validate", folder.toString(), "--test");

        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .contains(file.resolveSibling("flag-message.test.yaml") + ":")
                .contains(": case 'gas above 2 % is flagged' of route flag-message: record 1 of rig.flagged\n"
                        + "    expected: a record\n    found:    nothing\n");
    }

    @Test
    void jsonHasTheCases() throws IOException {
        wrongTopic();

        int code = run("validate", folder.toString(), "--test", "--json");

        JsonNode cases = new ObjectMapper().readTree(out.toString()).path("cases");
        assertThat(code).isEqualTo(1);
        assertThat(cases.path("cases").asInt()).isGreaterThan(35);
        assertThat(cases.path("failed").asInt()).isPositive();
        assertThat(cases.path("failures").path(0).path("file").asText()).endsWith("flag-message.test.yaml");
        assertThat(cases.path("open").isArray()).isTrue();
    }

    @Test
    void aFileOfCasesWithoutARouteEndsWith78() throws IOException {
        wrongTopic();
        Path cases = folder.resolve("rigs/flag-mesage.test.yaml");
        Files.writeString(cases, "cases: []\n");

        int code = run("validate", folder.toString(), "--test");

        assertThat(code).isEqualTo(78);
        assertThat(out.toString()).startsWith(cases + ":1:1: there is no file of routes ");
    }

    @Test
    void aFolderWithoutCasesIsNoSuccess() throws IOException {
        run("routes", "export", folder.toString());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".test.yaml")).toList()) {
                Files.delete(file);
            }
        }

        int code = run("validate", folder.toString(), "--test");

        assertThat(code).isEqualTo(78);
        assertThat(err.toString()).contains("no cases were found; expected files named *.test.yaml");
    }

    @Test
    void aSettingOfCamelIsCheckedByItsCatalogue() {
        int code = run(
                "validate", "--set", "camel.component.kafka.linger-ms=abc", "--set", "camel.component.kafka.lingrMs=5");

        assertThat(code).isEqualTo(78);
        assertThat(out.toString())
                .contains("--set:1:1: camel.component.kafka.lingerMs: its value is 'abc'; expected a whole number")
                .contains("the component kafka has no option 'lingrMs'", "the nearest name is lingerMs");
    }

    private Path wrongTopic() throws IOException {
        run("routes", "export", folder.toString());
        out.getBuffer().setLength(0);
        Path file = folder.resolve("rigs/flag-message.camel.yaml");
        Files.writeString(file, Files.readString(file).replace("kafka:rig.flagged", "kafka:rig.kpi"));
        return file;
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
