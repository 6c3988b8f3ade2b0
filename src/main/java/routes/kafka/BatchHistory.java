package routes.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.RecordInHand.Place;

/**
 * What became of the batches of one polling thread. The thread has one batch at a time; the records that were done with
 * when a batch failed are remembered until one succeeds, so that they are not sent again on every attempt.
 */
final class BatchHistory {
    private static final Logger LOG = LoggerFactory.getLogger(BatchHistory.class);

    private static final int LONGEST_TRACE = 4_000;

    private final Thread thread = Thread.currentThread();
    private final Set<Place> done = ConcurrentHashMap.newKeySet();
    private final Map<Refusal, RecordRefusedException> refused = new ConcurrentHashMap<>();
    private final FailingSteps steps;
    private volatile Batch inHand;
    private volatile int failures;
    private volatile String lastFailure = "";

    /** @param failedMax how many records in a row may be dead-lettered for failures of one step that could pass */
    BatchHistory(int failedMax) {
        this.steps = new FailingSteps(failedMax);
    }

    /** From now on the thread works on this batch, until its exchange ends. */
    void opened(Batch batch, Exchange exchange) {
        synchronized (this) {
            inHand = batch;
            steps.batchOpened();
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
            refused.clear();
        }
    }

    /** Does nothing if the thread has gone on to another batch. */
    synchronized void failed(Batch batch, Throwable failure) {
        if (inHand == batch) {
            inHand = null;
            failures++;
            lastFailure = failure == null ? "no reason given" : FailureText.line(failure);
            if (failures == 1) {
                LOG.warn(
                        "{}: a batch has failed; it is not committed and will be read again: {}",
                        batch.route(),
                        failure == null ? lastFailure : FailureText.trace(failure, LONGEST_TRACE));
            }
        }
    }

    void done(Place place) {
        done.add(place);
    }

    boolean isDone(Place place) {
        return done.contains(place);
    }

    /** This topic does not take the record: should its batch fail, it is not sent there again. */
    void refused(Place place, String topic, RecordRefusedException refusal) {
        refused.put(new Refusal(place, topic), refusal);
    }

    /** @return null if there was none */
    RecordRefusedException refusal(Place place, String topic) {
        return refused.isEmpty() ? null : refused.get(new Refusal(place, topic));
    }

    FailingSteps steps() {
        return steps;
    }

    /** Whether a record that failed at this step, for a reason that could pass, may be dead-lettered. */
    boolean mayGiveUp(String step, ByteBuffer key) {
        return steps.mayGiveUp(step, key, failures > 0);
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

    private record Refusal(Place place, String topic) {}
}
