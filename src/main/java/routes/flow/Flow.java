package routes.flow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Processor;
import org.apache.camel.spi.SimpleFunction;
import routes.audit.AuditFlow;
import routes.kafka.Topic;
import routes.kafka.TopicCatalogue;
import routes.settings.Settings;

/**
 * A flow of records through the application: a folder of routes and cases, its topics, and what one class adds. The class is
 * found by {@link java.util.ServiceLoader}, so it has a public constructor without parameters. The setting {@code flows}
 * says which flows run.
 */
public interface Flow {
    /** A word of small letters: its folder {@code routes/NAME}, the flow of its topics, its name in the settings. */
    String name();

    /** Its topics; those that {@code topics.yaml} has under its name, unless it brings others. */
    default List<Topic> topics() {
        return TopicCatalogue.builtIn().ofFlow(name());
    }

    /** The topics that its sources fill: what the status line counts as coming in. */
    default Set<String> entries() {
        return Set.of();
    }

    /** What conditions can say of its records, for all routes. */
    default List<SimpleFunction> functions() {
        return List.of();
    }

    /** The channels that conditions can name, for the check of routes. */
    default Set<String> channels(Settings settings) {
        return Set.of();
    }

    /** What the command {@code audit} compares; empty if it compares nothing of this flow. */
    default Optional<AuditFlow> audit(Settings settings) {
        return Optional.empty();
    }

    /**
     * The steps that its routes name, without a cluster: for the check of routes, and for cases. A source gives what is
     * due at the first moment.
     */
    default Map<String, Processor> steps(FlowContext context) {
        return Map.of();
    }

    /** Of {@link #steps}, those whose work leaves the application: a case notes what they are given. */
    default Set<String> outside() {
        return Set.of();
    }

    /**
     * Starts it, before the routes are loaded.
     *
     * @param client settings of a Kafka client
     * @throws routes.settings.ConfigurationException if it cannot run with these settings
     */
    default RunningFlow start(FlowContext context, Map<String, Object> client) throws Exception {
        return () -> steps(context);
    }
}
