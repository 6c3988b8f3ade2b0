package routes.flow;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import routes.kafka.RouteMeters;
import routes.settings.Settings;

/** What a flow is given of the application. */
public record FlowContext(Settings settings, RouteMeters routeMeters, MeterRegistry meters, Clock clock) {}
