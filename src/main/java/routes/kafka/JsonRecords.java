package routes.kafka;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import routes.json.InvalidJsonException;
import routes.json.JsonReader;

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

    /**
     * What was read. The object can take many times the memory of its bytes, and all records of a batch are kept until they
     * are acknowledged: so a garbage collection takes it, and it is read again should somebody ask after that.
     */
    private static final class Read {
        private final byte[] value;
        private WeakReference<Map<String, Object>> object;

        Read(byte[] value) {
            this.value = value;
            this.object = new WeakReference<>(JsonReader.read(value));
        }

        synchronized Map<String, Object> object() {
            Map<String, Object> kept = object.get();
            if (kept == null) {
                kept = JsonReader.read(value);
                object = new WeakReference<>(kept);
            }
            return kept;
        }
    }

    /** @throws InvalidJsonException if the record is no JSON object; the route dead-letters it */
    public void read(Exchange exchange) {
        Object body = RecordReading.begin(exchange, meters).getBody();
        byte[] value = body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
        exchange.setProperty(JSON, new Read(body instanceof byte[] bytes ? bytes : value));
    }

    /**
     * The object that {@link #read} read, or what another step has read as JSON.
     *
     * @throws IllegalStateException if the route has no such step before
     */
    public static Map<String, Object> of(Exchange exchange) {
        Read read = exchange.getProperty(JSON, Read.class);
        if (read == null) {
            byte[] bytes = exchange.getProperty(RecordReading.JSON_BYTES, byte[].class);
            if (bytes == null) {
                throw new IllegalStateException("route " + exchange.getFromRouteId()
                        + " asks for a field of a record that was not read: put '- process: {ref: read-json}' before");
            }
            read = new Read(bytes);
            exchange.setProperty(JSON, read);
        }
        return read.object();
    }
}
