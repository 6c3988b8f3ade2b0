package routes.deadletter;

import java.time.Clock;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import routes.kafka.Batches;

/**
 * Notes each time a step of a route fails: which one, how often, and when first. Camel itself has forgotten it when the
 * dead letter is made. A record of a key that keeps failing at the step is not tried there again.
 */
public final class FailureNotes implements Processor {
    private final Clock clock;

    public FailureNotes(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Note earlier = exchange.getProperty(Note.PROPERTY, Note.class);
        String step = exchange.getExchangeExtension().getHistoryNodeId();
        exchange.setProperty(
                Note.PROPERTY,
                earlier == null
                        ? new Note(step, 1, clock.instant())
                        : new Note(step, earlier.attempts() + 1, earlier.firstFailedAt()));
        if (!Batches.isWorthRedelivery(exchange, step)) {
            exchange.getExchangeExtension().setRedeliveryExhausted(true);
        }
    }

    /**
     * What is known of a record's failures.
     *
     * @param step the id of the step that failed last
     * @param attempts how often a step failed, ≥ 1
     */
    record Note(String step, int attempts, Instant firstFailedAt) {
        static final String PROPERTY = "rig-streams.failure";
    }
}
