package routes.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.application.Routes;
import routes.settings.ConfigurationException;
import routes.settings.Given;
import routes.settings.Settings;

/**
 * What the check says of files of routes. A folder {@code check/<name>} has files that are wrong in one way; each line
 * {@code # expect: line:column: …} at the end of a file must come out as one problem of it, and nothing else may.
 */
class RouteCheckTest {
    private static final Path FIXTURES = Path.of("src/test/resources/check");
    private static final Path BUILT_IN = Path.of("src/main/resources/routes");
    private static final String EXPECT = "# expect: ";

    private static final Set<String> CHECKED = new TreeSet<>();
    private static final RouteCheck CHECK = Routes.check(settings(Map.of()));

    @Test
    void theBuiltInRoutesAreGood() {
        List<RouteText> files = BuiltInRoutes.ofThisProgram().texts();

        assertThat(files).hasSizeGreaterThan(10);
        assertThat(CHECK.problems(files)).isEmpty();
    }

    /** A guard that looks at nothing would find nothing. */
    @AfterAll
    static void everyFixtureOnDiskWasChecked() throws IOException {
        assertThat(CHECKED).containsExactlyInAnyOrderElementsOf(names()).hasSizeGreaterThan(60);
    }

    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(FIXTURES)) {
            List<String> names = folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
            assertThat(names).hasSizeGreaterThan(15);
            return names;
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everythingThatIsWrongIsSaidAtOnceAndWhere(String name) throws IOException {
        List<RouteText> files = RouteFiles.textsBelow(FIXTURES.resolve(name));

        List<String> found = firstLines(CHECK.problems(withConfigurations(files)));

        assertThat(found).containsExactlyElementsOf(expected(files));
        CHECKED.add(name);
    }

    private static List<String> expected(List<RouteText> files) {
        List<String> expected = files.stream()
                .flatMap(file -> file.text()
                        .lines()
                        .filter(line -> line.startsWith(EXPECT))
                        .map(line -> file.name() + ":" + line.substring(EXPECT.length())))
                .toList();
        assertThat(expected).isNotEmpty();
        return expected;
    }

    @Test
    void theErrorsOfAllFilesAreSaidAtOnce() throws IOException {
        List<RouteText> files = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String name : List.of("yaml-syntax", "schema", "options", "beans")) {
            List<RouteText> some = RouteFiles.textsBelow(FIXTURES.resolve(name)).stream()
                    .map(file ->
                            new RouteText(name + "/" + file.name(), file.text().replace("copy", name + "-copy")))
                    .toList();
            files.addAll(some);
            some.forEach(file -> expected.add(file.name()));
        }

        List<RouteProblem> problems = CHECK.problems(withConfigurations(files));

        assertThat(problems.stream().filter(RouteProblem::isError).map(RouteProblem::file))
                .containsAll(expected);
    }

    @Test
    void theLineIsShownWithAMarkUnderTheColumn() {
        RouteText file = new RouteText("a.camel.yaml", "- route:\n    id: [\n");

        assertThat(CHECK.problems(List.of(file)))
                .singleElement()
                .asString()
                .startsWith("a.camel.yaml:3:1: this is not YAML: ");
        RouteText unknown = new RouteText("a.camel.yaml", "- rout:\n    id: a\n");
        assertThat(CHECK.problems(List.of(unknown)).get(0).toString())
                .startsWith("a.camel.yaml:1:3: 'rout' ")
                .endsWith("\n    - rout:\n      ^");
    }

    @Test
    void whatIsTooLargeOrTooDeepIsRefusedAtOnce() {
        Map<String, String> texts = Map.of(
                "large.camel.yaml",
                "#".repeat(6_000_000),
                "deep.camel.yaml",
                "[".repeat(50_000) + "]".repeat(50_000),
                "utf16.camel.yaml",
                "\uFFFD\uFFFD-\0 \0r\0");
        Map<String, String> expected = Map.of(
                "large.camel.yaml", "1:1: the file has 6000000 characters; expected at most 1000000",
                "deep.camel.yaml", "the file goes on beyond what is read; expected at most 64 levels",
                "utf16.camel.yaml", "1:1: this is not UTF-8 text");

        texts.forEach((name, text) -> {
            long begin = System.nanoTime();

            List<RouteProblem> problems = CHECK.problems(List.of(new RouteText(name, text)));

            assertThat(problems).singleElement().asString().contains(expected.get(name));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        });
    }

    @Test
    void aSettingAllowsWhatIsRefused() throws IOException {
        List<RouteText> files = withConfigurations(RouteFiles.textsBelow(FIXTURES.resolve("languages")));
        RouteCheck wider = Routes.check(settings(Map.of("routes.allow-components", "groovy,class")));

        assertThat(CHECK.problems(files))
                .anySatisfy(problem -> assertThat(problem.message()).contains("'groovy' is not allowed"));
        assertThat(wider.problems(files))
                .noneSatisfy(problem -> assertThat(problem.message()).contains("is not allowed"));
    }

    @Test
    void anOwnSettingThatNoRouteUsesIsAWarning() {
        RouteCheck check = Routes.check(settings(Map.of("my.gas", "5")));

        assertThat(check.problems(BuiltInRoutes.ofThisProgram().texts()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.isError()).isFalse())
                .satisfies(problem -> assertThat(problem.toString())
                        .isEqualTo("--set:1:1: warning: my.gas is set but no route refers to {{my.gas}};"
                                + " expected it to be used, or not to be set"));
    }

    @Test
    void aStartWithoutRoutesIsRefused() {
        assertThatThrownBy(() -> CHECK.require(List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no routes were found");
    }

    @Test
    void theCheckTakesLessThanASecondOnceItIsMade() {
        List<RouteText> files = BuiltInRoutes.ofThisProgram().texts();
        CHECK.problems(files);

        long begin = System.nanoTime();
        CHECK.problems(files);

        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(taken).isLessThan(Duration.ofSeconds(1));
    }

    private static List<String> firstLines(List<RouteProblem> problems) {
        return problems.stream()
                .map(problem -> problem.toString().lines().findFirst().orElseThrow())
                .toList();
    }

    private static List<RouteText> withConfigurations(List<RouteText> files) throws IOException {
        List<RouteText> all = new ArrayList<>(files);
        for (String name :
                List.of("errors.camel.yaml", "send-dead-letter.camel.yaml", "store-dead-letter.camel.yaml")) {
            all.add(new RouteText(name, Files.readString(BUILT_IN.resolve(name))));
        }
        return all;
    }

    private static Settings settings(Map<String, String> chosen) {
        List<Given.Choice> choices = new ArrayList<>();
        chosen.forEach((key, value) -> choices.add(new Given.Choice(key, value, "--set")));
        return Settings.load(new Given("embedded", Map.of(), List.of(), choices));
    }
}
