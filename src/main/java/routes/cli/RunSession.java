package routes.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import routes.application.Snapshot;

/**
 * A run from its first line to its summary: shows the status until the time is over, the user wants it to end, or the
 * application fails.
 */
final class RunSession {
    /** How long the routes may take to read what the rigs have sent, once these are silent. */
    static final Duration CATCH_UP = Duration.ofSeconds(30);

    private final Running application;
    private final StopSignal stop;
    private final StatusOutput status;
    private final PrintWriter out;
    private final PrintWriter err;
    private final AtomicReference<String> failure = new AtomicReference<>();

    RunSession(Running application, StopSignal stop, StatusOutput status, PrintWriter out, PrintWriter err) {
        this.application = application;
        this.stop = stop;
        this.status = status;
        this.out = out;
        this.err = err;
    }

    /**
     * @param time after which it ends by itself; empty for as long as nothing ends it
     * @return the exit code: 1 if the application failed or the routes did not catch up
     */
    int run(Optional<Duration> time) throws Exception {
        application.onFailure(reason -> {
            failure.compareAndSet(null, reason);
            stop.request();
        });
        printEndpoints();
        boolean timeIsOver = showStatus(time);
        status.clear();
        int code = timeIsOver ? catchUp() : stopped();
        Summary.of(application.snapshot().topics()).forEach(out::println);
        out.flush();
        return code;
    }

    private void printEndpoints() {
        Endpoints.lines(application.endpoints()).forEach(out::println);
        out.flush();
    }

    /** @return whether it ended because the time was over */
    private boolean showStatus(Optional<Duration> time) throws InterruptedException {
        long start = System.nanoTime();
        long shownAt = start;
        Snapshot shown = application.snapshot();
        while (true) {
            Duration left =
                    time.map(t -> t.minusNanos(System.nanoTime() - start)).orElse(status.interval());
            if (left.isNegative() || left.isZero()) {
                return true;
            }
            if (stop.await(left.compareTo(status.interval()) < 0 ? left : status.interval())) {
                return false;
            }
            Snapshot now = application.snapshot();
            long at = System.nanoTime();
            status.show(StatusLine.of(shown, now, Duration.ofNanos(at - shownAt)));
            shown = now;
            shownAt = at;
        }
    }

    private int catchUp() throws Exception {
        application.stopGenerating();
        if (application.awaitCaughtUp(CATCH_UP)) {
            return Commands.GOOD;
        }
        err.println("the routes have not read everything within " + CATCH_UP.toSeconds() + " s; "
                + application.snapshot().consumerLag() + " records are left, and will be read by the next run");
        return Commands.FOUND;
    }

    private int stopped() throws Exception {
        String reason = failure.get();
        if (reason != null) {
            err.println(reason);
            return Commands.FOUND;
        }
        application.stopGenerating();
        return Commands.GOOD;
    }
}
