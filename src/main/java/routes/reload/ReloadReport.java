package routes.reload;

import com.fasterxml.jackson.databind.util.ClassUtil;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.check.Problems;
import routes.check.RouteProblem;

/**
 * Says what became of changed files of routes: in the log, as {@code rig.routes.reload} by outcome and {@code
 * rig.routes.rejected}, and as a {@link Status} to look at. Told by one thread, asked by any.
 */
public final class ReloadReport {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadReport.class);

    private final Clock clock;
    private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);
    /** By the name of the file, which version of it. */
    private final Map<String, String> refused = new TreeMap<>();

    private volatile Status status = new Status("", Instant.EPOCH, Duration.ZERO, List.of(), List.of());

    /** What became of a change. */
    enum Outcome {
        /** It runs. */
        SWAPPED,
        /** It is wrong, and nothing was changed. */
        REJECTED,
        /** Camel could not do it; what ran before runs again. */
        FAILED,
        /** It cannot be done now, and is tried again. */
        POSTPONED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How things stand.
     *
     * @param last what became of the last change; empty if there was none
     * @param at when
     * @param took from when it was found to its end
     * @param refused the files whose content does not run, but their last good version or nothing
     * @param problems why
     */
    record Status(String last, Instant at, Duration took, List<String> refused, List<String> problems) {}

    public ReloadReport(MeterRegistry meters, Clock clock) {
        this.clock = clock;
        for (Outcome outcome : Outcome.values()) {
            timers.put(
                    outcome,
                    Timer.builder("rig.routes.reload")
                            .description("changes of files of routes, from when they were found to when they ran")
                            .tag("outcome", outcome.text())
                            .register(meters));
        }
        Gauge.builder("rig.routes.rejected", this, report -> report.status
                        .refused()
                        .size())
                .description("files of routes whose content is wrong and does not run")
                .register(meters);
    }

    Status status() {
        return status;
    }

    long count(Outcome outcome) {
        return timers.get(outcome).count();
    }

    /**
     * Each text that is refused is reported once, with all that is wrong.
     *
     * @param versions what is refused: by the name of the file, which version of it
     * @param running the names of the files of which some version runs
     */
    void selected(Selection selection, Map<String, String> versions, Set<String> running, long begin) {
        selection.problems().stream().filter(problem -> !problem.isError()).forEach(each -> LOG.warn("{}", each));
        Map<String, String> fresh = new TreeMap<>(versions);
        fresh.entrySet().removeIf(entry -> entry.getValue().equals(refused.get(entry.getKey())));
        refused.keySet().stream()
                .filter(name -> !versions.containsKey(name))
                .forEach(name -> LOG.info("{} is good again", Problems.shown(name)));
        refused.clear();
        refused.putAll(versions);
        if (fresh.isEmpty()) {
            show(status.last(), status.at(), status.took(), status.problems());
            return;
        }
        fresh.forEach((name, version) -> LOG.error(
                "{} ({}) does not run; {}",
                Problems.shown(name),
                version,
                running.contains(name) ? "its last good version does" : "there is no good version of it"));
        List<String> errors = selection.problems().stream()
                .filter(RouteProblem::isError)
                .map(RouteProblem::toString)
                .toList();
        errors.forEach(LOG::error);
        done(Outcome.REJECTED, begin, errors);
    }

    /** @param problems of files that are refused still, or of this change */
    void done(Outcome outcome, long begin, List<String> problems) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        show(outcome.text(), clock.instant(), took, problems);
        // Last: who sees the count grow finds all the rest as it is now.
        timers.get(outcome).record(took);
    }

    void swapped(long begin) {
        done(Outcome.SWAPPED, begin, status.problems());
    }

    /** @param versions the files that Camel could not run: which version of each */
    void failed(Map<String, String> versions, Exception cause, long begin) {
        LOG.error("Camel could not run {}; the last good version runs again", versions, cause);
        refused.putAll(versions);
        done(
                Outcome.FAILED,
                begin,
                List.of("Camel could not run " + versions + ": " + cause + "; because of "
                        + ClassUtil.getRootCause(cause)));
    }

    /** Reported once for the same reason. */
    void postponed(String reason, long begin) {
        if (!status.problems().equals(List.of(reason))) {
            LOG.warn("the change of routes is put off: {}; it is tried again until it can be done", reason);
            done(Outcome.POSTPONED, begin, List.of(reason));
        }
    }

    private void show(String last, Instant at, Duration took, List<String> problems) {
        boolean good = refused.isEmpty() && !last.equals(Outcome.POSTPONED.text());
        status = new Status(last, at, took, List.copyOf(refused.keySet()), good ? List.of() : problems);
    }
}
