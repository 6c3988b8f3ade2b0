package routes.rigs;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import routes.kafka.RecordReading;
import routes.kafka.RouteMeters;
import routes.telemetry.InvalidTelemetryException;
import routes.telemetry.TelemetryMessage;
import routes.telemetry.TelemetryReader;

/**
 * Reads the telemetry message of a record, once, for all later steps of its route. The record's bytes stay the body,
 * so that what is sent on is what was received.
 */
final class TelemetryRecords {
    /** The exchange property that holds the message. */
    static final String TELEMETRY = "rig-streams.telemetry";

    private final RouteMeters meters;
    private final ThreadLocal<TelemetryReader> readers = ThreadLocal.withInitial(TelemetryReader::new);

    TelemetryRecords(RouteMeters meters) {
        this.meters = meters;
    }

    /** @throws InvalidTelemetryException if the record is no telemetry message; the route dead-letters it */
    void read(Exchange exchange) {
        Message record = RecordReading.begin(exchange, meters);
        byte[] value = record.getBody() instanceof byte[] bytes ? bytes : null;
        byte[] key = record.getHeader(KafkaConstants.KEY) instanceof byte[] bytes ? bytes : null;
        TelemetryMessage telemetry = readers.get().read(value, key);
        exchange.setProperty(TELEMETRY, telemetry);
        exchange.setProperty(RecordReading.EVENT_TIME, telemetry.timeMillis());
        exchange.setProperty(RecordReading.JSON_BYTES, value);
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
}
