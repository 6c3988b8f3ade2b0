package routes.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a local archive to a size and an age: the oldest files go, by the time in their name. The newest file of each
 * partition stays, and while a command reads the archive all stay. What was removed is written down first, so that
 * nobody takes it for lost.
 */
public final class ArchiveKeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveKeep.class);
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final LocalStore store;
    private final Limits limits;
    private final Clock clock;
    private final Counter files;
    private final Counter bytes;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "archive-keep");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * What may stay.
     *
     * @param bytes of all files together; empty for any size
     * @param age of a file's first record; empty for any age
     */
    public record Limits(Optional<Long> bytes, Optional<Duration> age) {
        boolean isNone() {
            return bytes.isEmpty() && age.isEmpty();
        }
    }

    private record Standing(CapturePath name, long bytes) {
        String folder() {
            return CapturePath.folder(name.namespace(), name.topic(), name.partition());
        }
    }

    ArchiveKeep(LocalStore store, Limits limits, MeterRegistry registry, Clock clock) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
        this.files = Counter.builder("rig.archive.removed.files")
                .description("files that were removed because of archive.keep-size or archive.keep-age")
                .register(registry);
        this.bytes = Counter.builder("rig.archive.removed")
                .description("their size")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Looks now and every half minute, until it is closed. */
    public static ArchiveKeep start(LocalStore store, Limits limits, MeterRegistry registry, Clock clock) {
        ArchiveKeep keep = new ArchiveKeep(store, limits, registry, clock);
        if (!limits.isNone()) {
            keep.timer.scheduleWithFixedDelay(keep::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
        return keep;
    }

    private void look() {
        try {
            removeOldest();
        } catch (IOException | RuntimeException e) {
            // The next look may do better; a timer that throws is not run again.
            LOG.warn("the archive in {} could not be kept to its size and age: {}", store.description(), e.toString());
        }
    }

    /** Removes what is too much, if nobody reads the archive now. */
    void removeOldest() throws IOException {
        List<Standing> oldest = oldest();
        long total = oldest.stream().mapToLong(Standing::bytes).sum();
        List<Standing> due = new ArrayList<>();
        Map<String, Standing> newest = new HashMap<>();
        oldest.forEach(file -> newest.put(file.folder(), file));
        for (Standing file : oldest) {
            if (newest.get(file.folder()) != file && isTooMuch(file, total)) {
                due.add(file);
                total -= file.bytes();
            }
        }
        if (!due.isEmpty()) {
            remove(due);
        }
    }

    private boolean isTooMuch(Standing file, long total) {
        return limits.bytes().filter(most -> total > most).isPresent()
                || limits.age()
                        .filter(most -> clock.millis() / 1000 - file.name().second() > most.toSeconds())
                        .isPresent();
    }

    private List<Standing> oldest() throws IOException {
        List<Standing> found = new ArrayList<>();
        try (Stream<String> paths = store.list("")) {
            for (String path : (Iterable<String>) paths::iterator) {
                Optional<CapturePath> name = CapturePath.parse(path);
                if (name.isPresent()) {
                    found.add(new Standing(name.get(), store.size(path)));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        found.sort(Comparator.comparingLong((Standing file) -> file.name().second())
                .thenComparing(file -> file.name().toString()));
        return found;
    }

    private void remove(List<Standing> due) throws IOException {
        Optional<Closeable> lock = store.lockForRemoval();
        if (lock.isEmpty()) {
            LOG.info("{} files of the archive are to go, and wait for a command that reads the archive", due.size());
            return;
        }
        try {
            Removed removed = store.removed();
            for (Standing file : due) {
                String path = file.name().toString();
                removed = removed.and(file.folder(), CaptureReader.describe(store, path));
                store.remove(path, removed);
                files.increment();
                bytes.increment(file.bytes());
            }
        } finally {
            lock.get().close();
        }
        LOG.info(
                "removed {} old files of the archive, up to {}",
                due.size(),
                due.get(due.size() - 1).name());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
