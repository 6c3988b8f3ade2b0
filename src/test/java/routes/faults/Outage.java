package routes.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A fault that struck.
 *
 * @param from when it began
 * @param back from when on a routed record shows that it is over: what was on its way before may still have arrived;
 *     empty if routing was to go on all the while
 */
record Outage(Instant from, Optional<Instant> back) {
    /** When it was over. */
    Instant end() {
        return back.orElse(from);
    }

    /**
     * From the fault to the first record that was routed after it; if routing was to go on, the longest pause.
     *
     * @param next when the next fault began
     */
    Duration recovery(Findings findings, Instant next) {
        if (back.isEmpty()) {
            return findings.silence(from, next);
        }
        long first = findings.firstRouted(back.get())
                .orElseThrow(() -> new AssertionError("nothing was routed after " + back));
        return Duration.ofMillis(first - from.toEpochMilli());
    }
}
