package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.application.LoadedRoutes;
import routes.check.RouteFile;
import routes.check.RouteFiles;
import routes.conventions.Problem;
import routes.conventions.RouteConventions;

/**
 * Holds every YAML route to the conventions. A folder {@code conventions/<name>} has files that break the convention of
 * that name; each line {@code # expect: …} in them must come out as one problem, and nothing else may.
 */
class RouteConventionsTest {
    private static final Path ROUTES = Path.of("src/main/resources/routes");
    private static final Path FIXTURES = Path.of("src/test/resources/conventions");
    private static final String EXPECT = "# expect: ";

    private static LoadedRoutes loaded;
    private final RouteConventions conventions = new RouteConventions();

    @BeforeAll
    static void load() throws Exception {
        loaded = new LoadedRoutes();
    }

    @AfterAll
    static void close() {
        loaded.close();
    }

    @Test
    void everyRouteKeepsTheConventions() throws IOException {
        assertThat(conventions.problems(RouteFiles.below(ROUTES))).isEmpty();
    }

    @Test
    void everyFileIsLoadedAndEveryLoadedRouteHasItsFile() throws IOException {
        List<RouteFile> files = RouteFiles.below(ROUTES);

        List<String> inFiles =
                files.stream().flatMap(file -> file.routeIds().stream()).toList();
        assertThat(inFiles).as("routes that Camel has").containsExactlyInAnyOrderElementsOf(loaded.ids());
        assertThat(inFiles).contains("route-telemetry", "slice-telemetry", "flag-telemetry");
        assertThat(files)
                .as("the routes' files and that of their configurations")
                .hasSize(inFiles.size() + 1);
    }

    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(FIXTURES)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatBreaksAConventionIsNamed(String name) throws IOException {
        List<RouteFile> files = RouteFiles.below(FIXTURES.resolve(name));

        List<Problem> problems = conventions.problems(files);

        List<String> expected = files.stream()
                .flatMap(file -> file.text()
                        .lines()
                        .filter(line -> line.startsWith(EXPECT))
                        .map(line -> file.name() + ": " + line.substring(EXPECT.length()) + " [" + name + "]"))
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(problems).extracting(Problem::toString).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyConventionHasAFileThatBreaksIt() throws IOException {
        assertThat(new TreeSet<>(names())).isEqualTo(conventions.names());
    }
}
