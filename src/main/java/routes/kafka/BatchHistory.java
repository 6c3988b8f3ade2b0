package routes.kafka;

import com.fasterxml.jackson.databind.util.ClassUtil;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.Batch.RecordPlace;

/**
 * What became of the batches of one polling thread. The thread has one batch at a time; the records that were done with
 * when a batch failed are remembered until one succeeds, so that they are not sent again on every attempt.
 */
final class BatchHistory {
    private static final Logger LOG = LoggerFactory.getLogger(BatchHistory.class);

    private final Thread thread = Thread.currentThread();
    private final Set<RecordPlace> done = ConcurrentHashMap.newKeySet();
    private final Commits commits = new Commits();
    private final OffsetJumps jumps;
    private final int failedMax;
    private volatile Batch inHand;
    private volatile int failures;
    private volatile String lastFailure = "";
    private int failedLetters;

    /** @param failedMax how many records of a batch may be dead-lettered for failures that could pass */
    BatchHistory(OffsetJumps jumps, int failedMax) {
        this.jumps = jumps;
        this.failedMax = failedMax;
    }

    /** From now on the thread works on this batch, until its exchange ends. */
    void opened(Batch batch, Exchange exchange) {
        synchronized (this) {
            inHand = batch;
            failedLetters = 0;
        }
        exchange.getExchangeExtension().addOnCompletion(new Synchronization() {
            @Override
            public void onComplete(Exchange ended) {
                succeeded(batch);
            }

            @Override
            public void onFailure(Exchange ended) {
                failed(batch, batch.failureOr(ended.getException()));
            }
        });
    }

    private synchronized void succeeded(Batch batch) {
        if (inHand == batch) {
            inHand = null;
            failures = 0;
            done.clear();
        }
    }

    /** Does nothing if the thread has gone on to another batch. */
    synchronized void failed(Batch batch, Throwable failure) {
        if (inHand == batch) {
            inHand = null;
            failures++;
            lastFailure = failure == null
                    ? "no reason given"
                    : ClassUtil.getRootCause(failure).toString();
            if (failures == 1) {
                LOG.warn("{}: a batch has failed; it is not committed and will be read again", batch.route(), failure);
            }
        }
    }

    Commits commits() {
        return commits;
    }

    OffsetJumps jumps() {
        return jumps;
    }

    void done(RecordPlace place) {
        done.add(place);
    }

    boolean isDone(RecordPlace place) {
        return done.contains(place);
    }

    /**
     * Whether one more record of the batch in hand may be dead-lettered for a failure that could pass. When many records
     * in a row fail so, it is not they that are bad but what their step talks to: the batch is read again then, and the
     * dead-letter topic is not flooded. One of each later attempt may go, so that a single bad record holds nothing up.
     */
    synchronized boolean mayGiveUpRecord() {
        return failedLetters++ < (failures == 0 ? failedMax : 1);
    }

    boolean alive() {
        return thread.isAlive();
    }

    /** How many batches in a row have failed. */
    int failures() {
        return failures;
    }

    String lastFailure() {
        return lastFailure;
    }

    /** The batch in hand if it has been so for longer than {@code limit}. */
    Optional<Batch> inHandLongerThan(Duration limit) {
        return Optional.ofNullable(inHand).filter(batch -> batch.age().compareTo(limit) > 0);
    }
}
