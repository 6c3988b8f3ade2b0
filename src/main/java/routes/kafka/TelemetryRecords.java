package routes.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import routes.telemetry.InvalidTelemetryException;
import routes.telemetry.TelemetryMessage;
import routes.telemetry.TelemetryReader;

/**
 * Reads the telemetry message of a record, once, for all later steps of its route. The record's bytes stay the body,
 * so that what is sent on is what was received.
 */
public final class TelemetryRecords {
    /** The exchange property that holds the message. */
    static final String TELEMETRY = "rig-streams.telemetry";
    /** The header that says which record another one was made from, as {@code topic/partition/offset}. */
    public static final String SOURCE_HEADER = "source";

    private final RouteMeters meters;
    private final ThreadLocal<TelemetryReader> readers = ThreadLocal.withInitial(TelemetryReader::new);

    public TelemetryRecords(RouteMeters meters) {
        this.meters = meters;
    }

    /** @throws InvalidTelemetryException if the record is no telemetry message; the route dead-letters it */
    public void read(Exchange exchange) {
        Message record = begin(exchange, meters);
        byte[] value = record.getBody() instanceof byte[] bytes ? bytes : null;
        byte[] key = record.getHeader(KafkaConstants.KEY) instanceof byte[] bytes ? bytes : null;
        exchange.setProperty(TELEMETRY, readers.get().read(value, key));
    }

    /**
     * The message that {@link #read} read.
     *
     * @throws IllegalStateException if the route has no such step before
     */
    static TelemetryMessage of(Exchange exchange) {
        TelemetryMessage telemetry = exchange.getProperty(TELEMETRY, TelemetryMessage.class);
        if (telemetry == null) {
            throw new IllegalStateException("route " + exchange.getFromRouteId()
                    + " asks for telemetry that was not read: put '- process: {ref: read-telemetry}' before");
        }
        return telemetry;
    }

    /** What every step that reads a record does first. Repeatable. */
    static Message begin(Exchange exchange, RouteMeters meters) {
        Message record = exchange.getMessage();
        record.setHeader(SOURCE_HEADER, source(record));
        meters.follow(exchange);
        return record;
    }

    private static byte[] source(Message record) {
        return (record.getHeader(KafkaConstants.TOPIC)
                        + "/"
                        + record.getHeader(KafkaConstants.PARTITION)
                        + "/"
                        + record.getHeader(KafkaConstants.OFFSET))
                .getBytes(StandardCharsets.UTF_8);
    }
}
