package routes.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import routes.archive.ArchiveException;
import routes.archive.ArchiveIndex;
import routes.cli.ArchiveOptions.Place;
import routes.cli.ClusterOptions.Reached;
import routes.kafka.Rate;
import routes.replay.ExpiredException;
import routes.replay.Replay;
import routes.replay.ReplayPoint;
import routes.replay.ReplayReport;
import routes.replay.ReplayRequest;
import routes.settings.Settings;
import routes.settings.UnreachableException;

/** Plays records back. */
@Command(
        name = "replay",
        description = {
            "Sends the records of a topic, from the topic itself or from the archive, to another topic, as they were:",
            "key, value, headers, partition and order. Headers behind their own mark them as played back (replay), and",
            "say where they stood (replay.source) and when (replay.time). No consumer group is joined or moved.",
            "After Ctrl+C, a crash or a failure the same command goes on where it ended: what has been sent is read in",
            "the target. Ends with 1 if something could not be played back."
        })
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TOPIC", description = "The topic whose records are played back.")
    private String topic;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            defaultValue = "earliest",
            description = "The first record: " + ReplayPoint.FORM
                    + ". Partitions that offset: does not name are left out. Default: ${DEFAULT-VALUE}.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "WHERE",
            defaultValue = "latest",
            description = "Up to there, without it; latest is the end as it is when the replay begins."
                    + " Partitions that offset: does not name go to that end. Default: ${DEFAULT-VALUE}.")
    private String to;

    @Option(
            names = "--into",
            paramLabel = "TOPIC",
            description = "The topic that gets the records. If it does not exist it is created, with as many partitions"
                    + " and the configuration of the one played back. Default: TOPIC.replay.")
    private String into;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            defaultValue = "max",
            description = "max: as fast as it can; N/s, as in 500/s: so many a second; xF, as in x1 or x10: F times the"
                    + " pace at which the records were written. Default: ${DEFAULT-VALUE}.")
    private String rate;

    @Option(
            names = "--archive",
            paramLabel = "PATH",
            arity = "0..1",
            fallbackValue = "",
            description = "Takes the records from the archive: that of the settings, or a folder or file PATH, local or"
                    + " of that archive.")
    private String archive;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Names this replay: under another name the same records are sent once more.")
    private String name;

    @Option(names = "--dry-run", description = "Sends nothing; reads and counts what would be sent.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints the summary as one JSON document.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() throws ArchiveException {
        ReplayRequest request = request();
        Reached kafka = cluster.open();
        Replay replay = new Replay(kafka.client(), ClientSettings.producer(kafka.settings()));
        StatusOutput status = Progress.output(spec.commandLine().getErr());
        try (StopSignal stop = new StopSignal()) {
            Progress progress = new Progress("replayed", status, stop, System::nanoTime);
            ReplayReport report = archive == null
                    ? replay.fromTopic(request, progress)
                    : replay.fromArchive(request, index(ArchiveOptions.named(archive, kafka::settings)), progress);
            status.clear();
            return print(report);
        } catch (ExpiredException e) {
            throw new CommandFailedException(e.getMessage() + offer(e, kafka.settings()), e);
        }
    }

    private ReplayRequest request() {
        ReplayPoint begin = parse("--from", from, ReplayPoint::parse);
        ReplayPoint end = parse("--to", to, ReplayPoint::parse);
        if (begin instanceof ReplayPoint.At first
                && end instanceof ReplayPoint.At last
                && !first.time().isBefore(last.time())) {
            throw new ParameterException(
                    spec.commandLine(), "--to " + to + " is not after --from " + from + "; expected a later time");
        }
        return new ReplayRequest(
                topic,
                begin,
                end,
                into == null ? topic + ".replay" : into,
                name,
                parse("--rate", rate, Rate::parse),
                dryRun);
    }

    private <T> T parse(String option, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + " " + e.getMessage());
        }
    }

    private ArchiveIndex index(Place place) throws ArchiveException {
        ArchiveIndex index = place.index(Optional.of(topic));
        index.problems().forEach(spec.commandLine().getErr()::println);
        return index;
    }

    /** What to type, if the archive has anything of the topic. */
    private String offer(ExpiredException expired, Settings loaded) {
        boolean archived;
        try {
            archived = ArchiveIndex.of(ArchiveOptions.configured(loaded), Optional.of(topic)).files().stream()
                    .anyMatch(file -> file.records() > 0);
        } catch (ArchiveException e) {
            return "; " + e.getMessage();
        }
        if (!archived) {
            return "; the archive has nothing of it either";
        }
        return "; the archive has records of it: first play those back with `replay " + topic + " --archive --from "
                + from
                + " --to " + expired.until() + (into == null ? "" : " --into " + into)
                + (name.isEmpty() ? "" : " --as " + name)
                + "`, then give this command again, which goes on behind them";
    }

    private int print(ReplayReport report) {
        PrintWriter out = spec.commandLine().getOut();
        (json ? List.of(Json.document(report)) : lines(report)).forEach(out::println);
        out.flush();
        report.problems().forEach(spec.commandLine().getErr()::println);
        if (report.failure() != null) {
            throw report.unreachable()
                    ? new UnreachableException(report.failure())
                    : new CommandFailedException(report.failure());
        }
        return report.problems().isEmpty() ? Commands.GOOD : Commands.FOUND;
    }

    static List<String> lines(ReplayReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(count(report.dryRun() ? "would be sent" : "sent", report.sent()) + " to " + report.into()
                + String.format(
                        Locale.ROOT,
                        ", %,.1f MB in %,.1f s (%,.0f/s)",
                        report.bytes() / 1e6,
                        report.seconds(),
                        report.sent() / Math.max(report.seconds(), 1e-3)));
        lines.add(count("sent before", report.alreadyThere()));
        if (report.left() > 0) {
            lines.add(count(report.stopped() ? "left, as it was stopped" : "left", report.left()));
        }
        return lines;
    }

    private static String count(String what, long count) {
        return String.format(Locale.ROOT, "%-24s %,11d", what, count);
    }
}
