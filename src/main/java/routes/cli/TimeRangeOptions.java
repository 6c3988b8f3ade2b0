package routes.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that mean records by their time. */
final class TimeRangeOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what is not older than this instant, as in 2026-11-20T10:00:00Z.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only what is older than this instant.")
    private String until;

    /** @throws ParameterException if one of them cannot be understood */
    void check() {
        if (from() >= to()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--until " + until + " is not after --since " + since + "; expected a later time");
        }
    }

    boolean contains(long millis) {
        return overlaps(millis, millis);
    }

    /** Whether something that lasted from one time to another was going on, in milliseconds since 1970. */
    boolean overlaps(long firstMillis, long lastMillis) {
        return lastMillis >= from() && firstMillis < to();
    }

    private long from() {
        return since == null ? Long.MIN_VALUE : instant("--since", since).toEpochMilli();
    }

    private long to() {
        return until == null ? Long.MAX_VALUE : instant("--until", until).toEpochMilli();
    }

    private Instant instant(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + text + ": expected an instant with its zone, as in 2026-11-20T10:00:00Z");
        }
    }
}
