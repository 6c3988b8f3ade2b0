package routes.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import routes.cli.ClusterOptions.Reached;
import routes.deadletter.LetterFilter;
import routes.deadletter.LetterId;
import routes.deadletter.Redrive;
import routes.deadletter.RedriveReport;
import routes.deadletter.RedriveRequest;
import routes.settings.UnreachableException;

/** Sends dead letters again. */
@Command(
        name = "redrive",
        description = {
            "Sends dead letters again to the topics they came from, with their original key, value and headers.",
            "They go only to topics that a route reads, unless --allow-topic names another.",
            "What was sent is noted in rig.redrives and never sent again; the letters stay.",
            "Ctrl+C lets the batch in flight finish. Ends with 1 if a letter was refused."
        })
final class DeadLettersRedriveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PARTITION:OFFSET",
            arity = "0..*",
            description = "These letters, as `deadletters list` names them.")
    private List<String> named = new ArrayList<>();

    @Option(names = "--all", description = "All letters.")
    private boolean all;

    @Mixin
    private LetterFilterOptions filters;

    @Option(names = "--dry-run", description = "Sends nothing; says what would be sent, and what refused.")
    private boolean dryRun;

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            converter = RateConverter.class,
            description = "Sends no more than so many a second, as in 100/s.")
    private Double rate;

    @Option(names = "--limit", paramLabel = "N", description = "Ends after so many; a later run goes on.")
    private Long limit;

    @Option(
            names = "--max",
            paramLabel = "N",
            description =
                    "Refuses to begin if more than so many are asked for, in the place of deadletters.redrive-max.")
    private Long max;

    @Option(names = "--json", description = "Prints the summary as one JSON document.")
    private boolean json;

    @Mixin
    private TargetOptions targets;

    @Mixin
    private LetterOptions letters;

    @Override
    public Integer call() {
        checkSelection();
        List<LetterId> ids = ids();
        atLeastOne("--limit", limit);
        atLeastOne("--max", max);
        LetterFilter filter = filters.filter(Clock.systemUTC());
        Reached kafka = letters.open();
        RedriveRequest request = new RedriveRequest(
                filter,
                ids,
                limit == null ? Long.MAX_VALUE : limit,
                max == null ? kafka.settings().integer("deadletters.redrive-max") : max,
                rate == null ? Double.POSITIVE_INFINITY : rate,
                dryRun);
        Redrive redrive = new Redrive(
                kafka.client(),
                ClientSettings.producer(kafka.settings()),
                letters.topic(),
                targets.targets(kafka.settings()),
                LetterOptions.stored(kafka.settings()),
                Clock.systemUTC());
        try (StopSignal stop = new StopSignal()) {
            StatusOutput status = Progress.output(spec.commandLine().getErr());
            RedriveReport report = redrive.run(request, new Progress("redriven", status, stop, System::nanoTime));
            status.clear();
            return print(report, letters.topic());
        }
    }

    private void checkSelection() {
        int ways = (all ? 1 : 0) + (filters.isGiven() ? 1 : 0) + (named.isEmpty() ? 0 : 1);
        if (ways != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    (ways == 0 ? "nothing says which letters" : "more than one thing says which letters")
                            + "; expected either --all, or a filter, as --reason not-json, or PARTITION:OFFSET");
        }
    }

    private List<LetterId> ids() {
        try {
            return named.stream().map(LetterId::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private void atLeastOne(String option, Long value) {
        if (value != null && value < 1) {
            throw new ParameterException(spec.commandLine(), option + " " + value + ": expected 1 or more");
        }
    }

    private int print(RedriveReport report, String topic) {
        PrintWriter out = spec.commandLine().getOut();
        (json ? List.of(Json.document(report)) : lines(report, topic)).forEach(out::println);
        out.flush();
        if (report.failure() != null) {
            throw report.unreachable()
                    ? new UnreachableException(report.failure())
                    : new CommandFailedException(report.failure());
        }
        return report.refused().isEmpty() ? Commands.GOOD : Commands.FOUND;
    }

    static List<String> lines(RedriveReport report, String topic) {
        List<String> lines = new ArrayList<>();
        report.refused()
                .forEach(refusal ->
                        lines.add("refused " + refusal.letter() + ": " + RecordLine.printable(refusal.reason())));
        if (isNothing(report)) {
            lines.add(report.empty() ? topic + " holds no letters" : "no letter in " + topic + " matches");
            return lines;
        }
        report.sent()
                .forEach((target, count) ->
                        lines.add(count(report.dryRun() ? "would be sent" : "sent", count) + " to " + target));
        lines.add(count(report.dryRun() ? "would be sent in all" : "sent in all", report.sentInAll()));
        lines.add(count("already redriven", report.alreadyRedriven()));
        lines.add(count("refused", report.refused().size()));
        if (report.left() > 0) {
            lines.add(count(report.stopped() ? "left, as it was stopped" : "left", report.left()));
        }
        return lines;
    }

    private static boolean isNothing(RedriveReport report) {
        return report.sentInAll() + report.alreadyRedriven() + report.refused().size() + report.left() == 0;
    }

    private static String count(String what, long count) {
        return String.format(Locale.ROOT, "%-24s %,9d", what, count);
    }
}
