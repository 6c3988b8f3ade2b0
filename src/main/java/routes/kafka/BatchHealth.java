package routes.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Turns readiness red while a route cannot hand on what it reads: its last batch failed, its present one takes long, its
 * commits are refused, or records were lost before they were read. Liveness stays green: to start again would not help.
 */
public final class BatchHealth extends AbstractHealthCheck {
    /** A full batch takes well under a second while its sink works. */
    static final Duration LONG = Duration.ofSeconds(15);

    private final Batches batches;
    private final ConsumerTroubles troubles;

    public BatchHealth(Batches batches, ConsumerTroubles troubles) {
        super("rig-streams", "batches");
        this.batches = batches;
        this.troubles = troubles;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Optional<String> trouble = troubles.current();
        for (BatchHistory history : batches.histories()) {
            trouble = trouble.or(() -> trouble(history));
        }
        trouble.ifPresentOrElse(text -> result.message(text).down(), result::up);
    }

    private static Optional<String> trouble(BatchHistory history) {
        if (history.failures() > 0) {
            return Optional.of(history.failures() + " batch(es) in a row failed, last: " + history.lastFailure());
        }
        return history.inHandLongerThan(LONG)
                .map(batch -> batch.route() + ": a batch has been in hand for "
                        + batch.age().toSeconds() + " s");
    }
}
