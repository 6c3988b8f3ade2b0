package routes.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import routes.kafka.KafkaCluster;

/** Prints records as they arrive. */
@Command(
        name = "tap",
        description = {
            "Prints the records of topics as they arrive, one line each, without a consumer group.",
            "Topics that appear later are read too, from their beginning."
        })
final class TapCommand implements Callable<Integer> {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    /** Where to begin; the names are those on the command line. */
    enum From {
        latest,
        earliest
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TOPIC-PATTERN",
            description =
                    "A regular expression for the whole name of a topic, as in rig.telemetry or 'rig\\..*'. Kafka's own"
                            + " topics only match one that begins with __.")
    private String topics;

    @Option(
            names = "--from",
            defaultValue = "latest",
            paramLabel = "WHERE",
            description = "${COMPLETION-CANDIDATES}: only what comes now, or all there is. Default: ${DEFAULT-VALUE}.")
    private From from;

    @Option(names = "--max", paramLabel = "N", description = "Ends after so many records.")
    private Long max;

    @Option(names = "--for", paramLabel = "DURATION", description = "Ends after this time, as in 30s or 5m.")
    private Duration time;

    @Option(names = "--full", description = "Prints lines whole instead of cutting them at the terminal's width.")
    private boolean full;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        Pattern pattern = pattern();
        if (max != null && max < 1) {
            throw new ParameterException(spec.commandLine(), "--max " + max + ": expected 1 or more");
        }
        try (KafkaCluster kafka = cluster.open().cluster();
                Tail tail = new Tail(kafka, pattern, from == From.earliest)) {
            print(tail);
            return Commands.GOOD;
        }
    }

    private Pattern pattern() {
        try {
            return Pattern.compile(topics);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(
                    spec.commandLine(), "'" + topics + "' is not a regular expression: " + e.getDescription());
        }
    }

    private void print(Tail tail) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        RecordLine line = new RecordLine(full ? Integer.MAX_VALUE : Terminal.width());
        long[] left = {max == null ? Long.MAX_VALUE : max};
        tail.read(
                time == null ? FOR_EVER : time,
                partitions -> err.println("tapping " + partitions + " partitions of topics that match " + topics),
                record -> {
                    out.println(line.of(record));
                    return --left[0] > 0 && !out.checkError(); // also when nobody reads any more, as in `tap … | head`
                });
    }
}
