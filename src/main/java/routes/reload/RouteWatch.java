package routes.reload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.check.Problems;
import routes.check.RouteFile;
import routes.check.RouteText;

/**
 * Looks at a folder of routes several times a second, and has what is new in it run. Looking is all it does: it works the
 * same for links, for folders on the network and for whatever way an editor saves, where being told by the operating system
 * does not; and a look at a hundred files takes a few milliseconds.
 */
public final class RouteWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteWatch.class);
    private static final Duration BETWEEN = Duration.ofMillis(150);
    /** What cannot be read for so long is not just being moved. */
    private static final Duration UNREADABLE = Duration.ofSeconds(2);

    /** Longer than any change takes: something in the folder cannot be read to its end, as a pipe. */
    private static final Duration STUCK = Duration.ofMinutes(2);

    /** As long as a batch in hand is waited for, and routes are made. */
    private static final Duration ENDING = Duration.ofSeconds(15);

    private final RouteFolder folder;
    private final RouteSwapper swapper;
    private final ReloadReport report;
    private final Settling settling;
    private final Thread thread = new Thread(this::watch, "route-watch");
    private volatile boolean closed;
    private volatile String trouble = "";
    private volatile long lookedAt = System.nanoTime();
    private long unreadableSince;

    private RouteWatch(Path folder, RouteSwapper swapper, ReloadReport report, StartSelection start) {
        this.folder = new RouteFolder(folder, RouteFile.EXTENSION, Clock.systemUTC());
        this.swapper = swapper;
        this.report = report;
        this.settling = new Settling(List.copyOf(start.found()));
    }

    /** @param start the files as they were read for the start: what differs from them is new */
    public static RouteWatch start(Path folder, RouteSwapper swapper, ReloadReport report, StartSelection start) {
        RouteWatch watch = new RouteWatch(folder, swapper, report, start);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /** Why edits are not seen; empty if they are. */
    public Optional<String> trouble() {
        Duration since = Duration.ofNanos(System.nanoTime() - lookedAt);
        if (!closed && (!thread.isAlive() || since.compareTo(STUCK) > 0)) {
            return Optional.of("the folder of routes has not been looked at for " + since.toSeconds() + " s");
        }
        return Optional.of(trouble).filter(text -> !text.isEmpty());
    }

    private void watch() {
        try {
            while (!closed) {
                lookedAt = System.nanoTime();
                lookWhateverComes();
                Thread.sleep(BETWEEN.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Whatever is in the folder, even if memory does not suffice for it, the next look comes. */
    private void lookWhateverComes() throws InterruptedException {
        try {
            trouble = look();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            boolean known = !trouble.isEmpty();
            trouble =
                    "the folder of routes cannot be looked at: " + e.getClass().getName();
            settling.again();
            if (!known) {
                LOG.error("the folder of routes could not be looked at; what runs goes on", e);
            }
        }
    }

    /** Why it was none; empty if it was one. */
    private String look() throws InterruptedException {
        try {
            Optional<List<RouteText>> settled = settling.look(folder.look(), System.nanoTime());
            unreadableSince = 0;
            if (settled.isPresent() && !swapper.offer(settled.get())) {
                settling.again();
            }
            return "";
        } catch (IOException e) {
            return unreadable(e);
        }
    }

    private String unreadable(IOException failure) {
        long now = System.nanoTime();
        if (unreadableSince == 0) {
            unreadableSince = now;
        } else if (now - unreadableSince > UNREADABLE.toNanos()) {
            String reason = "the folder of routes cannot be read: " + Problems.shown(failure.toString());
            report.postponed(reason, now);
            return reason;
        }
        return "";
    }

    /** Ends the watching; a swap that has begun ends first. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(ENDING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
