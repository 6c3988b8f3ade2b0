package routes.replay;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Says when a record is due, counted from the first one that was asked about. */
final class ReplayPace {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ReplayRate rate;
    private final LongSupplier nanoClock;
    private boolean started;
    private long startNanos;
    private long startMillis;

    ReplayPace(ReplayRate rate, LongSupplier nanoClock) {
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
        if (rate == ReplayRate.Unlimited.MAX) {
            return Duration.ZERO;
        }
        long now = nanoClock.getAsLong();
        if (!started) {
            started = true;
            startNanos = now;
            startMillis = timestamp;
        }
        return Duration.ofNanos(Math.max(0, dueNanos(sent, timestamp) - (now - startNanos)));
    }

    private long dueNanos(long sent, long timestamp) {
        if (rate instanceof ReplayRate.PerSecond perSecond) {
            return (long) (sent / perSecond.records() * NANOS_PER_SECOND);
        }
        return (long) ((timestamp - startMillis) / ((ReplayRate.Speed) rate).times() * NANOS_PER_MILLI);
    }
}
