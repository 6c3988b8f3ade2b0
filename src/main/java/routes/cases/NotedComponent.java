package routes.cases;

import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Stands in for a component that would reach the world outside: what it is given is noted under its URI, no more. */
final class NotedComponent extends DefaultComponent {
    /** These reach nothing but other routes, beans and the log, or Kafka by way of {@link CaseClients}. */
    private static final Set<String> INSIDE = Set.of("bean", "class", "direct", "kafka", "language", "log");

    private final Outlet outlet;

    private NotedComponent(Outlet outlet) {
        this.outlet = outlet;
    }

    /** Gives such components in the place of all that are not known to be harmless. */
    static ComponentResolver resolver(ComponentResolver real, Outlet outlet) {
        return new ComponentResolver() {
            @Override
            public Component resolveComponent(String name, CamelContext context) throws Exception {
                return INSIDE.contains(name) ? real.resolveComponent(name, context) : new NotedComponent(outlet);
            }
        };
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new Noted(uri.replaceFirst("\\?.*", "").replace("://", ":"));
    }

    private final class Noted extends DefaultEndpoint {
        private final String name;

        Noted(String name) {
            super(name, NotedComponent.this);
            this.name = name;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    outlet.take(name, exchange);
                }
            };
        }

        /** @throws UnsupportedOperationException always: records come from the cases */
        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("in a case nothing is read from " + name);
        }
    }
}
