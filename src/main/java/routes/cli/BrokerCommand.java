package routes.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import routes.application.Cluster;
import routes.settings.Settings;

/** Runs the embedded Kafka and nothing else, for several processes that share it. */
@Command(
        name = "broker",
        description = {
            "Runs only the embedded Kafka, with the topics of the catalogue, until it is told to stop (Ctrl+C).",
            "Other processes use it with `run --profile kafka --set kafka.bootstrap=ADDRESS`",
            "`--set kafka.replication=1 --set kafka.min-isr=1`."
        })
final class BrokerCommand implements Callable<Integer> {
    private static final Duration LOOK_AROUND = Duration.ofHours(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = options.load();
        if (!settings.flag("broker.embedded")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "profile " + settings.profile() + " has its Kafka elsewhere; `broker` runs the embedded one");
        }
        Logging.apply(settings);
        try (StopSignal stop = new StopSignal();
                Cluster cluster = Cluster.open(settings)) {
            return serve(cluster, stop);
        }
    }

    private int serve(Cluster cluster, StopSignal stop) throws InterruptedException {
        AtomicReference<Throwable> fault = new AtomicReference<>();
        cluster.broker().orElseThrow().onFatal(cause -> {
            fault.set(cause);
            stop.request();
        });
        PrintWriter out = spec.commandLine().getOut();
        Endpoints.lines(cluster.endpoints()).forEach(out::println);
        out.flush();
        while (!stop.await(LOOK_AROUND)) {
            // until told to stop
        }
        if (fault.get() != null) {
            throw new CommandFailedException("the embedded Kafka has stopped: " + fault.get(), fault.get());
        }
        return Commands.GOOD;
    }
}
