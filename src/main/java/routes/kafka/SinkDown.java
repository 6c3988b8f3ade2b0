package routes.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that Kafka did not take a record within the client's own time limit. All records in flight fail at once then, so
 * only one in ten seconds is logged.
 */
public final class SinkDown implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(SinkDown.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Clock clock;
    private final AtomicLong nextLogMillis = new AtomicLong();

    public SinkDown(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        long now = clock.millis();
        long next = nextLogMillis.get();
        if (now >= next && nextLogMillis.compareAndSet(next, now + PAUSE.toMillis())) {
            Throwable cause = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
            LOG.warn(
                    "{}: {} did not take a record ({}); the batch is read again, nothing is skipped",
                    exchange.getFromRouteId(),
                    exchange.getProperty(ExchangePropertyKey.FAILURE_ENDPOINT),
                    cause == null ? "no reason given" : FailureText.line(cause));
        }
    }
}
