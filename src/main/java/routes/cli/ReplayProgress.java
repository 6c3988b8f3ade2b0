package routes.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import routes.replay.ReplayWatch;

/** Says every second, on the terminal in place, how far a replay is, how fast, and how long it will take. */
final class ReplayProgress implements ReplayWatch {
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final StatusOutput output;
    private final StopSignal stop;
    private final LongSupplier nanoClock;
    private long start;
    private long shownAt;

    ReplayProgress(StatusOutput output, StopSignal stop, LongSupplier nanoClock) {
        this.output = output;
        this.stop = stop;
        this.nanoClock = nanoClock;
    }

    @Override
    public void progress(long done, long all) {
        long now = nanoClock.getAsLong();
        if (done == 0) {
            start = now;
            shownAt = now;
        } else if (now - shownAt >= EVERY_NANOS) {
            shownAt = now;
            output.show(line(done, all, Duration.ofNanos(now - start)));
        }
    }

    /** For example {@code replayed 1,200 of 5,000, 410/s, 10 s left}. */
    static String line(long done, long all, Duration time) {
        double perSecond = done / (time.toNanos() / 1e9);
        long left = (long) Math.ceil((all - done) / perSecond);
        return String.format(Locale.ROOT, "replayed %,d of %,d, %,.1f/s, %,d s left", done, all, perSecond, left);
    }

    @Override
    public boolean stopWithin(Duration time) {
        try {
            return stop.await(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
