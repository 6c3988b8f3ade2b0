package routes.deadletter;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Keeps a number of things per second on average, counted from when this was made. */
final class Pace {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final LongSupplier nanoClock;
    private final long start;

    /** @param perSecond positive; infinite for no limit */
    Pace(double perSecond, LongSupplier nanoClock) {
        this.perSecond = perSecond;
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
    }

    /** How long to wait before the next when so many are done; zero when it is due. */
    Duration untilNext(long done) {
        long due = (long) (done / perSecond * NANOS);
        return Duration.ofNanos(Math.max(0, due - (nanoClock.getAsLong() - start)));
    }
}
