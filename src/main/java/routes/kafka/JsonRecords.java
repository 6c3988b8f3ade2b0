package routes.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import routes.json.InvalidJsonException;
import routes.json.JsonReader;
import routes.telemetry.TelemetryMessage;

/**
 * Reads the JSON object of a record, once, for all conditions of its route. The record's bytes stay the body; what a later
 * step makes of them does not change what was read.
 */
public final class JsonRecords {
    /** The exchange property that holds the object. */
    private static final String JSON = "rig-streams.json";

    private final RouteMeters meters;

    public JsonRecords(RouteMeters meters) {
        this.meters = meters;
    }

    /** @throws InvalidJsonException if the record is no JSON object; the route dead-letters it */
    public void read(Exchange exchange) {
        Object body = TelemetryRecords.begin(exchange, meters).getBody();
        byte[] value = body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
        exchange.setProperty(JSON, JsonReader.read(body instanceof byte[] bytes ? bytes : value));
    }

    /**
     * The object that {@link #read} read, or the telemetry message that was read, as an object.
     *
     * @throws IllegalStateException if the route has no such step before
     */
    @SuppressWarnings("unchecked") // nobody else sets this property
    public static Map<String, Object> of(Exchange exchange) {
        Map<String, Object> object = exchange.getProperty(JSON, Map.class);
        if (object != null) {
            return object;
        }
        TelemetryMessage telemetry = exchange.getProperty(TelemetryRecords.TELEMETRY, TelemetryMessage.class);
        if (telemetry == null) {
            throw new IllegalStateException("route " + exchange.getFromRouteId()
                    + " asks for a field of a record that was not read: put '- process: {ref: read-json}' before");
        }
        Map<String, Object> read = JsonReader.read(telemetry.bytes());
        exchange.setProperty(JSON, read);
        return read;
    }
}
