package routes.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import routes.application.Cases;
import routes.application.Routes;
import routes.cases.CaseReport;
import routes.cases.RouteCases;
import routes.check.RouteProblem;
import routes.check.RouteText;
import routes.settings.ConfigurationException;
import routes.settings.Given;
import routes.settings.Settings;

/** Checks routes and settings without running anything. */
@Command(
        name = "validate",
        description = {
            "Checks YAML routes and the settings, and names all that is wrong at once, with file, line and column.",
            "Needs no Kafka: a topic is known if it is in the catalogue or in kafka.topics. Warnings do not count.",
            "--test also runs the cases in the files *.test.yaml beside the routes: exit code 1 if one fails."
        })
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The folder of routes; without it those that `run` would run.")
    private Path folder;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Option(names = "--test", description = "Runs the cases in *.test.yaml beside the routes, without Kafka.")
    private boolean test;

    /**
     * What {@code --json} prints.
     *
     * @param cases null unless they were run
     */
    private record Report(
            int files,
            int errors,
            int warnings,
            List<RouteProblem> problems,
            List<String> settings,
            @JsonInclude(JsonInclude.Include.NON_NULL) CaseReport cases) {}

    @Override
    public Integer call() {
        Logging.keepCamelQuiet();
        Settings settings;
        try {
            settings = options.load(
                    folder == null ? List.of() : List.of(new Given.Choice("routes.dir", folder.toString(), "DIR")));
        } catch (ConfigurationException e) {
            if (!json) {
                throw e;
            }
            print(Json.document(new Report(0, e.problems().size(), 0, List.of(), e.problems(), null)));
            return Commands.BAD_CONFIGURATION;
        }
        List<RouteText> files = Routes.texts(settings);
        if (files.isEmpty()) {
            throw new ConfigurationException(
                    "no routes were found in " + settings.path("routes.dir") + "; expected files named *.camel.yaml");
        }
        List<RouteProblem> problems = new ArrayList<>(Routes.check(settings).problems(files));
        return test ? tested(settings, files, problems) : report(files.size(), problems, null);
    }

    private int tested(Settings settings, List<RouteText> routes, List<RouteProblem> problems) {
        List<RouteText> files = Cases.texts(settings);
        if (files.isEmpty()) {
            throw new ConfigurationException("no cases were found; expected files named *" + RouteCases.EXTENSION
                    + ", each beside the file of its route");
        }
        RouteCases cases = Cases.of(settings, routes, files);
        problems.addAll(cases.problems());
        boolean good = problems.stream().noneMatch(RouteProblem::isError);
        return report(
                routes.size() + files.size(),
                problems,
                good ? Logging.withoutWarnings(() -> Cases.run(settings, cases)) : null);
    }

    private int report(int files, List<RouteProblem> problems, CaseReport cases) {
        int errors = (int) problems.stream().filter(RouteProblem::isError).count();
        int warnings = problems.size() - errors;
        if (json) {
            print(Json.document(new Report(files, errors, warnings, problems, List.of(), cases)));
        } else {
            problems.forEach(problem -> print(problem.toString()));
            print(counted(files, "file") + ": " + counted(errors, "error") + ", " + counted(warnings, "warning"));
            if (cases != null) {
                print(cases);
            }
        }
        if (errors > 0) {
            return Commands.BAD_CONFIGURATION;
        }
        return cases == null || cases.failed() == 0 ? Commands.GOOD : Commands.FOUND;
    }

    private void print(CaseReport cases) {
        cases.failures().forEach(failure -> print(failure.toString()));
        cases.open().forEach(branch -> print(branch.toString()));
        print(counted(cases.cases(), "case") + ": " + cases.failed() + " failed; " + cases.branches() + " branches: "
                + cases.open().size() + " without a case");
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
