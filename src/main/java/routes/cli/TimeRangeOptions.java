package routes.cli;

import java.time.Clock;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that mean records by their time. */
final class TimeRangeOptions {
    private final Clock clock = Clock.systemUTC();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what is not older: an instant, as in 2026-11-20T10:00:00Z, or a time ago, as in 15m.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only what is older; a TIME as above.")
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
        return since == null
                ? Long.MIN_VALUE
                : Moment.parse(spec, "--since", since, clock).toEpochMilli();
    }

    private long to() {
        return until == null
                ? Long.MAX_VALUE
                : Moment.parse(spec, "--until", until, clock).toEpochMilli();
    }
}
