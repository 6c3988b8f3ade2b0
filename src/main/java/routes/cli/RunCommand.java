package routes.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import routes.application.Application;
import routes.application.Snapshot;
import routes.settings.Given;
import routes.settings.Settings;

/** Runs everything: Kafka unless it is elsewhere, the rigs, and the routes. */
@Command(
        name = "run",
        description = {
            "Runs the rigs and the routes, with a Kafka inside this process unless the profile says otherwise.",
            "Ctrl+C lets what is in flight finish and ends within 10 s."
        })
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Option(names = "--flows", paramLabel = "FLOWS", description = "Which flows run; stands for --set flows=FLOWS.")
    private String flows;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "Runs the YAML routes of this folder instead of the built-in ones, as written by"
                    + " `routes export DIR`; stands for --set routes.dir=DIR.")
    private Path routes;

    @Option(
            names = "--no-watch",
            description =
                    "Edits in the folder of routes count from the next start; stands for --set routes.watch=false.")
    private boolean noWatch;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "Ends by itself after this time, as in 60s or 5m, once the routes have read everything.")
    private Duration time;

    @Override
    public Integer call() throws Exception {
        Settings settings = options.load(chosen());
        Logging.apply(settings);
        settings.warnings().forEach(LOG::warn);
        PrintWriter out = spec.commandLine().getOut();
        try (StopSignal stop = new StopSignal();
                Application application = Application.start(settings)) {
            RunSession session = new RunSession(
                    running(application),
                    stop,
                    StatusOutput.of(out),
                    out,
                    spec.commandLine().getErr());
            return session.run(Optional.ofNullable(time));
        }
    }

    private List<Given.Choice> chosen() {
        List<Given.Choice> chosen = new ArrayList<>();
        if (flows != null) {
            chosen.add(new Given.Choice("flows", flows, "--flows"));
        }
        if (routes != null) {
            chosen.add(new Given.Choice("routes.dir", routes.toString(), "--routes"));
        }
        if (noWatch) {
            chosen.add(new Given.Choice("routes.watch", "false", "--no-watch"));
        }
        return chosen;
    }

    private static Running running(Application application) {
        return new Running() {
            @Override
            public Map<String, String> endpoints() {
                return application.endpoints();
            }

            @Override
            public Snapshot snapshot() {
                return application.snapshot();
            }

            @Override
            public void onFailure(Consumer<String> owner) {
                application.onFailure(owner);
            }

            @Override
            public void stopGenerating() throws Exception {
                application.stopGenerating();
            }

            @Override
            public boolean awaitCaughtUp(Duration patience) throws Exception {
                return application.awaitCaughtUp(patience);
            }
        };
    }
}
