package routes.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import routes.deadletter.LetterFilter;

/** The options that say which dead letters are meant. */
final class LetterFilterOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC-PATTERN",
            description = "Only letters from topics whose whole name this regular expression matches, as in"
                    + " rig.telemetry or 'rig\\..*'.")
    private String topic;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            split = ",",
            description = "Only letters with this reason, as in not-json; several with commas.")
    private Set<String> reasons = new LinkedHashSet<>();

    @Option(names = "--rig", paramLabel = "RIG", description = "Only letters of this rig, that is with this key.")
    private String rig;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only letters that are not older: an instant, as in 2026-11-20T10:00:00Z, or a time ago, as in 15m.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only letters that are older; a TIME as above.")
    private String until;

    /** Whether any of them is given. */
    boolean isGiven() {
        return topic != null || !reasons.isEmpty() || rig != null || since != null || until != null;
    }

    /** @throws ParameterException if one of them cannot be understood */
    LetterFilter filter(Clock clock) {
        Optional<Instant> from = Optional.ofNullable(since).map(text -> Moment.parse(spec, "--since", text, clock));
        Optional<Instant> to = Optional.ofNullable(until).map(text -> Moment.parse(spec, "--until", text, clock));
        try {
            return new LetterFilter(
                    Optional.ofNullable(topic).map(this::pattern),
                    Set.copyOf(reasons),
                    Optional.ofNullable(rig),
                    from,
                    to);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(
                    spec.commandLine(), "'" + text + "' is not a regular expression: " + e.getDescription());
        }
    }
}
