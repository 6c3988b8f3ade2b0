package routes.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that this process ends: by Ctrl+C, by SIGTERM, or by a call. While it is open, the process waits for
 * {@link #close} before it goes, at most {@value #PATIENCE_SECONDS} seconds.
 */
final class StopSignal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 9;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::requestAndWait, "stop-signal");

    /** Listens from now on. */
    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Wishes it. */
    void request() {
        requested.countDown();
    }

    /** @return whether it is wished, at once when it is, otherwise after {@code time} */
    boolean await(Duration time) throws InterruptedException {
        return requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void requestAndWait() {
        request();
        try {
            closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work is done: the process may go. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // the hook is running, or has run: there is nothing to remove
        }
    }
}
