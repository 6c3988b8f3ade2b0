package routes.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import routes.kafka.SendWatch;

/** Says every second, on a terminal in place, how far a redrive or replay is, how fast, and how long it will take. */
final class Progress implements SendWatch {
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final String done;
    private final StatusOutput output;
    private final StopSignal stop;
    private final LongSupplier nanoClock;
    private long start;
    private long shownAt;

    /** @param done what has happened to what is counted, as in {@code redriven} */
    Progress(String done, StatusOutput output, StopSignal stop, LongSupplier nanoClock) {
        this.done = done;
        this.output = output;
        this.stop = stop;
        this.nanoClock = nanoClock;
    }

    /** One line in place on a terminal, a line each elsewhere. */
    static StatusOutput output(PrintWriter err) {
        return Terminal.isPresent()
                ? new StatusOutput.OnTerminal(PlainWriter.raw(err), Terminal.width())
                : new Lines(err);
    }

    @Override
    public void progress(long count, long all) {
        long now = nanoClock.getAsLong();
        if (count == 0) {
            start = now;
            shownAt = now;
        } else if (now - shownAt >= EVERY_NANOS) {
            shownAt = now;
            output.show(line(count, all, Duration.ofNanos(now - start)));
        }
    }

    /** For example {@code redriven 1,200 of 5,000, 410.0/s, 10 s left}. */
    private String line(long count, long all, Duration time) {
        double perSecond = count / (time.toNanos() / 1e9);
        long left = (long) Math.ceil((all - count) / perSecond);
        return String.format(Locale.ROOT, "%s %,d of %,d, %,.1f/s, %,d s left", done, count, all, perSecond, left);
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

    private record Lines(PrintWriter err) implements StatusOutput {
        @Override
        public Duration interval() {
            return Duration.ofNanos(EVERY_NANOS);
        }

        @Override
        public void show(String status) {
            err.println(status);
            err.flush();
        }

        @Override
        public void clear() {
            // lines stand
        }
    }
}
