package routes.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import routes.audit.Audit;
import routes.audit.AuditFlow;
import routes.audit.AuditReport;
import routes.audit.AuditedArchive;
import routes.cli.ClusterOptions.Reached;
import routes.flow.Flows;
import routes.settings.Settings;

/** Checks on a live system that nothing is lost. */
@Command(
        name = "audit",
        description = {
            "Compares rig.telemetry, record by record, with every topic the built-in routes fill from it.",
            "Reads only; may run while everything goes on. Looks at what each route has committed.",
            "Looks at the archive of the settings, too, if there is one: each record must stand there once.",
            "Ends with 1 if anything is lost, reordered, misrouted or altered, or if nothing was examined."
        })
final class AuditCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "Only what came since then: a time ago, as in 30m or 2h, or an instant, as in"
                    + " 2026-11-20T10:00:00Z. Default: all that rig.telemetry still has.")
    private String since;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        Instant from = since == null ? null : Moment.parse(spec, "--since", since, Clock.systemUTC());
        Reached kafka = cluster.open();
        boolean good = true;
        for (AuditFlow flow : flows(kafka.settings())) {
            PrintWriter err = spec.commandLine().getErr();
            AuditReport report = new Audit(kafka.client(), flow, archive(kafka.settings())).run(from, err::println);
            print(report);
            good &= report.isGood();
        }
        return good ? Commands.GOOD : Commands.FOUND;
    }

    private static List<AuditFlow> flows(Settings settings) {
        List<AuditFlow> flows = Flows.chosen(settings).stream()
                .flatMap(flow -> flow.audit(settings).stream())
                .toList();
        if (flows.isEmpty()) {
            throw new CommandFailedException("flows=" + String.join(",", settings.list("flows"))
                    + ": none of these flows can be audited; expected one that can, as rigs");
        }
        return flows;
    }

    private static Optional<AuditedArchive> archive(Settings settings) {
        return settings.flag("archive.enabled")
                ? Optional.of(new AuditedArchive(
                        ArchiveOptions.configured(settings),
                        settings.text("archive.namespace"),
                        settings.list("archive.topics")))
                : Optional.empty();
    }

    private void print(AuditReport report) {
        PrintWriter out = spec.commandLine().getOut();
        (json ? List.of(Json.document(report)) : report.lines()).forEach(out::println);
    }
}
