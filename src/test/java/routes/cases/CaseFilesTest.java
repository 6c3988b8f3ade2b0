package routes.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.application.Cases;
import routes.check.BuiltInRoutes;
import routes.check.RouteProblem;
import routes.check.RouteText;
import routes.settings.Given;
import routes.settings.Settings;

/**
 * What is said of files of cases that cannot be run. Each line {@code # expect: line:column: …} at the end of a file in
 * {@code cases/} must come out as the begin of one problem of it, and nothing else may.
 */
class CaseFilesTest {
    private static final Path FIXTURES = Path.of("src/test/resources/cases");
    private static final String EXPECT = "# expect: ";
    private static final Settings SETTINGS = Settings.load(new Given("embedded", Map.of(), List.of(), List.of()));

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            List<Path> all = files.sorted().toList();
            assertThat(all).hasSizeGreaterThan(4);
            return all;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everythingThatIsWrongIsSaidAtOnceAndWhere(Path file) throws IOException {
        String name = file.getFileName().toString();
        String text = Files.readString(file);

        List<RouteProblem> problems =
                Cases.of(SETTINGS, routes(), List.of(new RouteText(name, text))).problems();

        List<String> expected = text.lines()
                .filter(line -> line.startsWith(EXPECT))
                .map(line -> name + ":" + line.substring(EXPECT.length()))
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(problems).hasSameSizeAs(expected).allMatch(RouteProblem::isError);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(problems.get(i).toString()).startsWith(expected.get(i));
        }
    }

    /** The files of cases stand beside the built-in routes, by their plain names. */
    private static List<RouteText> routes() {
        return BuiltInRoutes.ofThisProgram().texts().stream()
                .map(file -> new RouteText(file.name().replaceFirst(".*/", ""), file.text()))
                .toList();
    }
}
