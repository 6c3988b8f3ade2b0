package routes.application;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyConfiguration;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;

/**
 * Camel's meters for routes that read from somewhere. A route from {@code direct:} is a part of the one that calls it: its
 * time is in that one's, and its records are counted by {@code rig.records}. Camel's meters for it would cost more than
 * what such a route does with a record.
 */
final class ConsumerTimes extends MicrometerRoutePolicyFactory {
    ConsumerTimes(MeterRegistry meters) {
        setMeterRegistry(meters);
        MicrometerRoutePolicyConfiguration perRoute = new MicrometerRoutePolicyConfiguration();
        perRoute.setContextEnabled(false);
        setPolicyConfiguration(perRoute);
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode definition) {
        boolean called = definition instanceof RouteDefinition route
                && route.getInput().getEndpointUri().startsWith("direct:");
        return called ? null : super.createRoutePolicy(context, routeId, definition);
    }
}
