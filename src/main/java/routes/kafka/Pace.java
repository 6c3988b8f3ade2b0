package routes.kafka;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Says when a record is due, counted from the first one that was asked about, and waits until then. */
public final class Pace {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Rate rate;
    private final LongSupplier nanoClock;
    private boolean started;
    private long startNanos;
    private long startMillis;

    public Pace(Rate rate, LongSupplier nanoClock) {
        this.rate = rate;
        this.nanoClock = nanoClock;
    }

    /**
     * How long to wait before the next record; zero when it is due. A record that is older than the first is due at once.
     *
     * @param sent how many went before
     * @param timestamp the record's own, in milliseconds
     */
    Duration untilDue(long sent, long timestamp) {
        long now = nanoClock.getAsLong();
        if (!started) {
            started = true;
            startNanos = now;
            startMillis = timestamp;
        }
        double due = Math.max(sent / rate.perSecond() * 1e9, (timestamp - startMillis) / rate.speed() * 1e6);
        return Duration.ofNanos(Math.max(0, (long) due - (now - startNanos)));
    }

    /**
     * Waits until the next record is due.
     *
     * @param goesOn asked every second meanwhile
     * @return false if there is no more to be sent, because the watch or {@code goesOn} says so
     */
    public boolean await(long sent, long timestamp, SendWatch watch, BooleanSupplier goesOn) {
        Duration wait = untilDue(sent, timestamp);
        while (!wait.isZero()) {
            if (watch.stopWithin(wait.compareTo(LOOK) < 0 ? wait : LOOK) || !goesOn.getAsBoolean()) {
                return false;
            }
            wait = untilDue(sent, timestamp);
        }
        return true;
    }
}
