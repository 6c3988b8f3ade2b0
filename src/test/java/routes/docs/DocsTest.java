package routes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import routes.kafka.TopicCatalogue;
import routes.settings.DeclaredSettings;

/** What is made from the sources says what the sources say; what is written by hand names what exists. */
class DocsTest {
    private static List<GeneratedPart> parts() {
        return Stream.of(
                        SettingsPart.parts(),
                        TopicsPart.parts(),
                        RoutesPart.parts(),
                        CommandsPart.parts(),
                        LibrariesPart.parts())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void generatedPartsSayWhatTheSourcesSay() throws IOException {
        if (Boolean.getBoolean("docs.update")) {
            update();
        }

        List<String> problems = parts().stream()
                .flatMap(part -> part.problem(Pages.read(Path.of(part.page()))).stream())
                .toList();

        assertThat(problems).isEmpty();
        assertThat(parts()).hasSize(9);
    }

    private static void update() throws IOException {
        for (GeneratedPart part : parts()) {
            Path page = Path.of(part.page());
            Files.writeString(page, part.refreshed(Files.readString(page)));
        }
    }

    /** Every part whose marks a page has is one that is compared, and each is whole. */
    @Test
    void everyGeneratedPartIsComparedAndHasWhatItIsMadeOf() {
        long marks = Pages.all().values().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("<!-- generated: "))
                .count();
        assertThat(marks).isEqualTo(parts().size());

        String configuration = Pages.read(Path.of("docs/configuration.md"));
        assertThat(DeclaredSettings.builtIn()).hasSizeGreaterThan(50).allSatisfy(setting -> assertThat(configuration)
                .contains("| `" + setting.key() + "` |", setting.variable()));
        String topics = Pages.read(Path.of("docs/topics.md"));
        assertThat(TopicCatalogue.builtIn().topics()).hasSizeGreaterThan(30).allSatisfy(topic -> assertThat(topics)
                .contains("| `" + topic.name() + "` |"));
        String commands = Pages.read(Path.of("docs/commands.md"));
        assertThat(CommandsPart.commands()).hasSizeGreaterThan(10).allSatisfy((name, command) -> assertThat(commands)
                .contains(
                        "\n## `" + name + "`\n",
                        command.getCommandSpec().options().get(0).longestName()));
        String routes = Pages.read(Path.of("docs/routes.md"));
        assertThat(Pages.under(RoutesPart.ROUTES, ".camel.yaml")).hasSizeGreaterThan(10);
        assertThat(RoutesPart.definitions("route"))
                .hasSize(Pages.under(RoutesPart.ROUTES, ".camel.yaml").size() - 1)
                .allSatisfy(route ->
                        assertThat(routes).contains("| `" + route.get("id").asText() + "` |"));
    }

    /** A comment of two lines would lose its first one: only the line directly above a setting is its description. */
    @Test
    void everyDescriptionOfASettingIsWhole() {
        List<List<String>> rows = SettingsPart.parts().stream()
                .flatMap(part -> part.text().lines())
                .filter(line -> line.startsWith("| `"))
                .map(Markdown::cells)
                .toList();

        assertThat(rows).hasSizeGreaterThan(80).allSatisfy(row -> assertThat(row.get(row.size() == 5 ? 3 : 2))
                .as(row.get(0))
                .matches("[^a-z].*"));
    }

    @Test
    void aStalePartIsNoticedAndTheCommandThatRefreshesItIsNamed() {
        for (GeneratedPart part : parts()) {
            String fresh = part.refreshed(Pages.read(Path.of(part.page())));
            String wrong = fresh.replace(part.text(), part.text().replaceFirst("`\\w", "`stale-"));
            String shorter =
                    fresh.replace(part.text(), part.text().lines().findFirst().orElseThrow() + "\n");

            assertThat(part.problem(fresh)).isEmpty();
            assertThat(part.problem(wrong)).hasValueSatisfying(problem -> assertThat(problem)
                    .startsWith(part.page() + ":")
                    .contains(part.name(), "is stale", GeneratedPart.REFRESH, "stale-"));
            assertThat(part.problem(shorter)).isPresent();
        }
    }

    @Test
    void everyLinkLeadsToAFileOrSectionThatExists() {
        List<Links.Link> links = Links.of(Pages.all());

        assertThat(links.stream().flatMap(link -> link.problem().stream())).isEmpty();
        assertThat(links).hasSizeGreaterThan(20);
    }

    @Test
    void everyPageIsReachedFromTheReadme() {
        TreeSet<Path> linked = new TreeSet<>(Links.reachedFrom(Path.of("README.md"), Pages.all()));

        assertThat(linked).containsAll(Pages.all().keySet()).contains(Path.of("LICENSE"));
        assertThat(linked).contains(Path.of("docs/rig-telemetry.schema.json"));
    }

    @Test
    void aLinkThatLeadsNowhereIsNoticed() {
        assertThat(new Links.Link(Path.of("docs/routes.md"), "nowhere.md").problem())
                .isPresent();
        assertThat(new Links.Link(Path.of("docs/routes.md"), "topics.md#nowhere").problem())
                .isPresent();
        assertThat(new Links.Link(Path.of("docs/routes.md"), "../README.md").problem())
                .isEmpty();
    }

    @Test
    void theReadmeIsShort() {
        assertThat(Pages.read(Path.of("README.md")).lines().count()).isBetween(50L, 150L);
    }

    @Test
    void theCheckOfEveryChangeRunsTheTestCommandOfTheReadme() {
        List<String> lines = Pages.read(Path.of(".ci/run")).lines().toList();
        String command = lines.get(lines.size() - 1);

        assertThat(Pages.commands(Pages.read(Path.of("README.md")))).contains(command);
        assertThat(command).startsWith("mvn ").endsWith("verify");
        assertThat(Files.isExecutable(Path.of(".ci/run"))).isTrue();
    }

    /** A guarantee is only as good as the test that proves it: each one named must exist. */
    @Test
    void everyTestThatAPageNamesExists() {
        List<NamedTest> named = Pages.all().values().stream()
                .flatMap(page -> NamedTest.in(page).stream())
                .distinct()
                .toList();

        assertThat(named.stream().filter(test -> !test.exists())).isEmpty();
        assertThat(named).hasSizeGreaterThan(15);
        assertThat(new NamedTest("DocsTest", "thereIsNoSuchTest").exists()).isFalse();
        assertThat(new NamedTest("NoSuchTest", null).exists()).isFalse();
    }
}
