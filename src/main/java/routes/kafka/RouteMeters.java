package routes.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.Synchronization;

/**
 * What became of each record: {@code rig.records} and {@code rig.bytes} by topic, route and outcome, {@code
 * rig.dead.letters} by reason, and {@code rig.latency} from a message's own time to the acknowledgement of its routed
 * copy. In batching mode Camel's own meters count batches; these count records.
 *
 * <p>Outcomes: {@code sent} (acknowledged by the topic), {@code dead-letter}, {@code skipped} (invalid, and another
 * route's business), {@code unmatched} (no branch sent it anywhere), {@code failed} (the batch will be read again).
 */
public final class RouteMeters implements Synchronization {
    /** Exchange property: the reason code of a record that was dead-lettered. */
    public static final String DEAD_LETTER_REASON = "rig-streams.dead-letter-reason";
    /** Exchange property: the {@link Sent} copies of a record that was sent as a list. */
    public static final String SENT = "rig-streams.sent";

    private static final String NO_TOPIC = "none";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<Outcome, Counters> counters = new ConcurrentHashMap<>();
    private final Map<String, Timer> latencies = new ConcurrentHashMap<>();
    private final Map<String, String> topics = new ConcurrentHashMap<>();

    public RouteMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Counts the exchange's record when the exchange is done. Repeatable: a redelivered step follows it once. */
    public void follow(Exchange exchange) {
        if (!exchange.getExchangeExtension().containsOnCompletion(this)) {
            exchange.getExchangeExtension().addOnCompletion(this);
        }
    }

    @Override
    public void onComplete(Exchange exchange) {
        String reason = exchange.getProperty(DEAD_LETTER_REASON, String.class);
        if (reason != null) {
            deadLetter(exchange, reason);
        } else if (exchange.isRouteStop()) {
            count(exchange, NO_TOPIC, "skipped", bytes(exchange));
        } else if (exchange.getProperty(SENT) instanceof List<?> list) {
            list.forEach(copy -> count(exchange, ((Sent) copy).topic(), "sent", ((Sent) copy).bytes()));
            latency(exchange);
        } else {
            String topic = topic(exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT, String.class));
            count(exchange, topic, topic.equals(NO_TOPIC) ? "unmatched" : "sent", bytes(exchange));
            if (!topic.equals(NO_TOPIC)) {
                latency(exchange);
            }
        }
    }

    @Override
    public void onFailure(Exchange exchange) {
        count(exchange, NO_TOPIC, "failed", bytes(exchange));
    }

    private void deadLetter(Exchange exchange, String reason) {
        count(
                exchange,
                topic(exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT, String.class)),
                "dead-letter",
                bytes(exchange));
        registry.counter("rig.dead.letters", "reason", reason).increment();
    }

    private void count(Exchange exchange, String topic, String outcome, int bytes) {
        Counters found =
                counters.computeIfAbsent(new Outcome(topic, exchange.getFromRouteId(), outcome), this::register);
        found.records().increment();
        found.bytes().increment(bytes);
    }

    private Counters register(Outcome outcome) {
        String[] tags = {"topic", outcome.topic(), "route", outcome.route(), "outcome", outcome.outcome()};
        return new Counters(
                Counter.builder("rig.records").tags(tags).register(registry),
                Counter.builder("rig.bytes").baseUnit("bytes").tags(tags).register(registry));
    }

    private void latency(Exchange exchange) {
        Long time = exchange.getProperty(RecordReading.EVENT_TIME, Long.class);
        if (time != null) {
            latencies
                    .computeIfAbsent(exchange.getFromRouteId(), this::latencyOf)
                    .record(Duration.ofMillis(Math.max(0, clock.millis() - time)));
        }
    }

    private Timer latencyOf(String route) {
        return Timer.builder("rig.latency")
                .description("from a message's time to the acknowledgement of its routed copy")
                .tag("route", route)
                .publishPercentiles(0.5, 0.99)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(60))
                .distributionStatisticExpiry(Duration.ofSeconds(30))
                .register(registry);
    }

    private String topic(String endpoint) {
        return endpoint == null ? NO_TOPIC : topics.computeIfAbsent(endpoint, RouteMeters::topicOf);
    }

    /** {@code kafka://rig.flagged?x=y} → {@code rig.flagged}. */
    private static String topicOf(String endpoint) {
        if (!endpoint.startsWith("kafka:")) {
            return NO_TOPIC;
        }
        String path = endpoint.substring("kafka:".length()).replaceFirst("^//", "");
        int options = path.indexOf('?');
        return options < 0 ? path : path.substring(0, options);
    }

    private static int bytes(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
        return body instanceof byte[] value ? value.length : 0;
    }

    /** One of several copies of a record, sent as a list. */
    public record Sent(String topic, int bytes) {}

    private record Outcome(String topic, String route, String outcome) {}

    private record Counters(Counter records, Counter bytes) {}
}
