package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.OwnRoutes;

/** {@code routes new}: what it writes works as it stands, and what is in the way stays. */
class RoutesNewTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private int make(String name, Path where, String... more) {
        List<String> arguments = new ArrayList<>(List.of("routes", "new", name, where.toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private Map<String, String> files(Path where) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(where)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(where.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    @ParameterizedTest
    @CsvSource({"json, shop.orders, shop.big-orders", "telemetry, rig.telemetry, my.drilling"})
    void aNewFolderIsWholeAndItsCasesPassAlsoWithValidate(String reader, String from, String to) throws IOException {
        Path made = folder.resolve("my/routes");

        assertThat(make("big-orders", made, "--from", from, "--to", to, "--read", reader))
                .as(out + "\n" + err)
                .isZero();

        assertThat(files(made))
                .containsOnlyKeys(
                        "big-orders.camel.yaml",
                        "big-orders-record.camel.yaml",
                        "big-orders-record.test.yaml",
                        "errors.camel.yaml",
                        "send-dead-letter.camel.yaml",
                        "store-dead-letter.camel.yaml");
        String set = out.toString().replaceAll("(?s).*run --routes \\S+ --set (\\S+).*", "$1");
        assertThat(set).isEqualTo("kafka.topics=" + (from.startsWith("rig.") ? "" : from + ",") + to);
        out.getBuffer().setLength(0);
        assertThat(execute("validate", made.toString(), "--test", "--set", set))
                .as(out.toString())
                .isZero();
        assertThat(out.toString())
                .contains("0 errors, 0 warnings")
                .contains(": 0 failed; ")
                .contains(": 0 without a case");
    }

    @Test
    void thePageShowsWhatIsWrittenAndPrinted() throws IOException {
        make("big-orders", folder, "--from", "shop.orders", "--to", "shop.big-orders");

        String page = Files.readString(Path.of("docs/routes.md"));
        assertThat(page)
                .contains("--from shop.orders --to shop.big-orders\n"
                        + out.toString().replace(System.lineSeparator(), "\n").replace(folder.toString(), "my-orders")
                        + "```\n")
                .contains("`my-orders/big-orders-record.camel.yaml`:\n\n```yaml\n"
                        + Files.readString(folder.resolve("big-orders-record.camel.yaml")) + "```\n");
    }

    @Test
    void twoStandBesideEachOtherAndBesideTheBuiltInOnes() throws IOException {
        OwnRoutes.copyBuiltIn(folder);
        int before = files(folder).size();

        assertThat(make("big-orders", folder, "--from", "shop.orders", "--to", "shop.big"))
                .isZero();
        assertThat(make(
                        "odd-orders",
                        folder,
                        "--from",
                        "shop.orders",
                        "--to",
                        "shop.odd",
                        "--set",
                        "kafka.topics=shop.orders:8,shop.big"))
                .as(out + "\n" + err)
                .isZero();

        assertThat(files(folder)).hasSize(before + 6);
        assertThat(out.toString()).contains("--set kafka.topics=shop.orders:8,shop.big,shop.odd");
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        make("big-orders", folder, "--from", "shop.orders", "--to", "shop.big");
        Files.writeString(folder.resolve("big-orders.camel.yaml"), "mine");
        Map<String, String> before = files(folder);
        out.getBuffer().setLength(0);

        assertThat(make("big-orders", folder, "--from", "shop.orders", "--to", "shop.other"))
                .isEqualTo(1);

        assertThat(err.toString()).contains("big-orders.camel.yaml exists; nothing was written");
        assertThat(out.toString()).isEmpty();
        assertThat(files(folder)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Big; a; b; 1; the name 'Big' is not one of a route; expected small letters",
                "../x; a; b; 1; the name '../x' is not one of a route; expected small letters",
                "errors; a; b; 1; the name 'errors' is that of a file which every folder of routes needs; expected a name",
                "x; a b; b; 1; --from 'a b' is no topic; expected the name of one",
                "x; a; b/c; 1; --to 'b/c' is no topic; expected the name of one",
                "x; ..; b; 1; --from '..' is no topic; expected the name of one",
                "x; a; a; 1; --from and --to are both a: the route would read what it sends; expected two topics",
                "x; a; rig.fleet; 78; the topic rig.fleet is the program's own; nothing was written",
                "serve-routes; a; b; 78; is that of a route of the program's own; nothing was written",
            })
    void whatCannotBeARouteIsSaidAndNothingIsWritten(
            String name, String from, String to, int code, String said, String more) throws IOException {
        assertThat(make(name, folder, "--from", from, "--to", to)).isEqualTo(code);

        assertThat(out + "\n" + err).contains(said).contains(more);
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void aFolderWhoseRoutesLackTheConfigurationsIsLeftAloneAndSaidWhy() throws IOException {
        Files.writeString(
                folder.resolve("other.camel.yaml"),
                "- route:\n    id: other\n    description: Nothing\n    from:\n      uri: direct:other\n      steps:\n"
                        + "        - log: none\n");
        Map<String, String> before = files(folder);

        assertThat(make("big-orders", folder, "--from", "shop.orders", "--to", "shop.big"))
                .isEqualTo(78);

        assertThat(out.toString())
                .contains("names the routeConfigurationId 'record', which does not exist", "nothing was written");
        assertThat(files(folder)).isEqualTo(before);
    }
}
