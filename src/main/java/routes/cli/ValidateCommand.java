package routes.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import routes.application.Routes;
import routes.reload.RouteProblem;
import routes.reload.RouteText;
import routes.settings.ConfigurationException;
import routes.settings.Given;
import routes.settings.Settings;

/** Checks routes and settings without running anything. */
@Command(
        name = "validate",
        description = {
            "Checks YAML routes and the settings, and names all that is wrong at once, with file, line and column.",
            "Needs no Kafka: a topic is known if it is in the catalogue or in kafka.topics. Warnings do not count."
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

    /** What {@code --json} prints. */
    private record Report(int files, int errors, int warnings, List<RouteProblem> problems, List<String> settings) {}

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
            print(Json.document(new Report(0, e.problems().size(), 0, List.of(), e.problems())));
            return Commands.BAD_CONFIGURATION;
        }
        List<RouteText> files = Routes.texts(settings);
        if (files.isEmpty()) {
            throw new ConfigurationException(
                    "no routes were found in " + settings.path("routes.dir") + "; expected files named *.camel.yaml");
        }
        return report(files.size(), Routes.check(settings).problems(files));
    }

    private int report(int files, List<RouteProblem> problems) {
        int errors = (int) problems.stream().filter(RouteProblem::isError).count();
        int warnings = problems.size() - errors;
        if (json) {
            print(Json.document(new Report(files, errors, warnings, problems, List.of())));
        } else {
            problems.forEach(problem -> print(problem.toString()));
            print(counted(files, "file") + ": " + counted(errors, "error") + ", " + counted(warnings, "warning"));
        }
        return errors == 0 ? Commands.GOOD : Commands.BAD_CONFIGURATION;
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
