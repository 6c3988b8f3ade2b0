package routes.kafka;

import java.time.Duration;
import java.util.Optional;

/**
 * Turns readiness red while a route cannot hand on what it reads: its last batch failed, its present one takes long, its
 * commits are refused, or records were lost before they were read. Liveness stays green: to start again would not help.
 */
public final class BatchHealth {
    /** A full batch takes well under a second while its sink works. */
    static final Duration LONG = Duration.ofSeconds(15);

    private final Batches batches;
    private final ConsumerTroubles troubles;

    public BatchHealth(Batches batches, ConsumerTroubles troubles) {
        this.batches = batches;
        this.troubles = troubles;
    }

    /** Why readiness is red; empty if it is green. */
    public Optional<String> trouble() {
        Optional<String> trouble = troubles.current();
        for (BatchHistory history : batches.histories()) {
            trouble = trouble.or(() -> trouble(history));
        }
        return trouble;
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
