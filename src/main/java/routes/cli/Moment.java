package routes.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import routes.kafka.Timestamps;
import routes.settings.Settings;

/** A time as the options of all commands take it: an instant, or a time ago. */
final class Moment {
    private Moment() {}

    /**
     * @param text as {@code 2026-11-20T10:00:00Z}, another zone is as good, or as {@code 15m}
     * @throws ParameterException naming the option, if it is neither
     */
    static Instant parse(CommandSpec spec, String option, String text, Clock clock) {
        try {
            return known(clock.instant().minus(Settings.parseDuration(text)));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException noDuration) {
            return known(instant(spec, option, text));
        }
    }

    /** No record is older, or newer. */
    private static Instant known(Instant time) {
        return Instant.ofEpochMilli(Timestamps.of(time));
    }

    private static Instant instant(CommandSpec spec, String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + text
                            + ": expected an instant, as in 2026-11-20T10:00:00Z, or a time ago, as in 15m");
        }
    }
}
