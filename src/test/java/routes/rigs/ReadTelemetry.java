package routes.rigs;

import org.apache.camel.Exchange;
import routes.kafka.RouteMeters;

/** The step {@code read-telemetry}, for tests of other rooms. */
public final class ReadTelemetry {
    private ReadTelemetry() {}

    public static void of(Exchange exchange, RouteMeters meters) {
        new TelemetryRecords(meters).read(exchange);
    }
}
