package routes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import routes.application.Cases;
import routes.application.Routes;
import routes.cases.CaseReport;
import routes.cases.RouteCases;
import routes.check.BuiltInRoutes;
import routes.check.RouteText;
import routes.settings.Given;
import routes.settings.Settings;

/** The cases that {@code docs/routes.md} shows pass, and fail as it shows after the change that it describes. */
class RoutesPageCasesTest {
    private static final Pattern FILE =
            Pattern.compile("`(my-routes/\\S+)`:\n\n```yaml\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private final String page = Pages.read(Path.of("docs/routes.md"));
    private final Settings settings = Settings.load(new Given(
            "embedded",
            Map.of(),
            List.of(),
            List.of(
                    new Given.Choice("kafka.topics", "my.heavy", "--set"),
                    new Given.Choice("my.heavy-tonnes", "100", "--set"))));

    @Test
    void theCasesOfThePagePassAndLeaveNoBranchOut() {
        List<RouteText> routes = routes("");

        CaseReport report = run(routes);

        assertThat(Routes.check(settings).problems(routes)).isEmpty();
        assertThat(report.failures()).isEmpty();
        assertThat(report.open()).isEmpty();
    }

    @Test
    void theChangeFailsAsThePageShows() {
        List<RouteText> routes = routes("=");

        CaseReport report = run(routes);

        List<String> lines = new ArrayList<>();
        lines.add(routes.size() + cases().size() + " files: 0 errors, 0 warnings");
        report.failures().forEach(failure -> lines.add(failure.toString()));
        lines.add(report.cases() + " cases: " + report.failed() + " failed; " + report.branches() + " branches: "
                + report.open().size() + " without a case");
        assertThat(page)
                .contains("--set my.heavy-tonnes=100\n" + String.join("\n", lines) + "\n```")
                .contains("`>= {{my.heavy-tonnes}}`");
    }

    private CaseReport run(List<RouteText> routes) {
        RouteCases cases = Cases.of(settings, routes, cases());
        assertThat(cases.problems()).isEmpty();
        return Cases.run(settings, cases);
    }

    /** @param atLeast what is put behind {@code >} in the example's condition */
    private List<RouteText> routes(String atLeast) {
        List<RouteText> all = files(BuiltInRoutes.ofThisProgram().texts(), ".camel.yaml");
        all.replaceAll(file -> new RouteText(
                file.name(), file.text().replace("> {{my.heavy-tonnes}}", ">" + atLeast + " {{my.heavy-tonnes}}")));
        return all;
    }

    private List<RouteText> cases() {
        return files(BuiltInRoutes.ofThisProgram().texts(RouteCases.EXTENSION), RouteCases.EXTENSION);
    }

    private List<RouteText> files(List<RouteText> builtIn, String extension) {
        List<RouteText> files = new ArrayList<>();
        builtIn.forEach(file -> files.add(new RouteText("my-" + file.name(), file.text())));
        Matcher shown = FILE.matcher(page);
        int found = files.size();
        while (shown.find()) {
            if (shown.group(1).endsWith(extension)) {
                files.add(new RouteText(shown.group(1), shown.group(2)));
            }
        }
        assertThat(files).hasSizeGreaterThan(found);
        files.sort(Comparator.comparing(RouteText::name));
        return files;
    }
}
