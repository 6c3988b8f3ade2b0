package routes.kafka;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up a batch that does not end, so that its polling thread can read it again. Whatever it waits for, nothing more
 * of it is sent from then on, and it is not committed.
 */
public final class BatchWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWatch.class);

    private final Batches batches;
    private final Duration limit;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "batch-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** @param limit the consumer's {@code max.poll.interval.ms}: after it the group has given the partitions away */
    public BatchWatch(Batches batches, Duration limit) {
        this.batches = batches;
        this.limit = limit;
        long period = Math.min(1_000, Math.max(10, limit.toMillis() / 10));
        clock.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (BatchHistory history : batches.histories()) {
            history.inHandLongerThan(limit).ifPresent(this::giveUp);
        }
    }

    private void giveUp(Batch batch) {
        LOG.error(
                "{}: a batch has not ended within {} s (camel.component.kafka.maxPollIntervalMs); it is given up and read again",
                batch.route(),
                limit.toSeconds());
        try {
            batch.giveUp();
        } catch (RuntimeException e) {
            LOG.error("{}: the batch could not be given up", batch.route(), e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
