package routes.faults;

import java.time.Duration;
import java.time.Instant;

/**
 * A fault that lasted.
 *
 * @param from when it began
 * @param back from when on a routed record shows that it is over: what was on its way before may still have arrived
 */
record Outage(Instant from, Instant back) {
    /** From the fault to the first record that was routed after it. */
    Duration recovery(Findings findings) {
        long first =
                findings.firstRouted(back).orElseThrow(() -> new AssertionError("nothing was routed after " + back));
        return Duration.ofMillis(first - from.toEpochMilli());
    }
}
