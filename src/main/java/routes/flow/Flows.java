package routes.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import routes.check.BuiltInRoutes;
import routes.kafka.Measured;
import routes.kafka.Topic;
import routes.kafka.TopicCatalogue;
import routes.settings.ConfigurationException;
import routes.settings.Settings;

/** The flows that the class path has. */
public final class Flows {
    /** In {@code topics.yaml}, instead of a flow: what every flow needs. */
    private static final String ALL = "all";

    private Flows() {}

    /** All, by name. */
    public static List<Flow> installed() {
        return ServiceLoader.load(Flow.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Flow::name))
                .toList();
    }

    /**
     * Those that the setting {@code flows} names, in its order, each once.
     *
     * @throws ConfigurationException if there is none of a name
     */
    public static List<Flow> chosen(Settings settings) {
        List<Flow> installed = installed();
        List<Flow> chosen = new ArrayList<>();
        for (String name : new LinkedHashSet<>(settings.list("flows"))) {
            chosen.add(installed.stream()
                    .filter(flow -> flow.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ConfigurationException("flows: there is no flow '" + name + "'; expected "
                            + installed.stream().map(Flow::name).collect(Collectors.joining(", ")))));
        }
        return chosen;
    }

    /** The topics of the chosen flows, what all need, and those of {@code kafka.topics}. */
    public static List<Topic> topics(Settings settings) {
        List<Topic> topics = new ArrayList<>();
        chosen(settings).forEach(flow -> topics.addAll(flow.topics()));
        topics.addAll(TopicCatalogue.builtIn().ofFlow(ALL));
        return TopicCatalogue.of(topics).with(settings.list("kafka.topics")).topics();
    }

    /** The files that the program carries for the chosen flows. */
    public static BuiltInRoutes routes(Settings settings) {
        BuiltInRoutes common = BuiltInRoutes.ofThisProgram().besideFolders();
        return chosen(settings).stream()
                .map(flow -> BuiltInRoutes.of(flow.getClass()).inFolder(flow.name()))
                .reduce(common, BuiltInRoutes::and);
    }

    /** Makes what conditions can say known to a context, before its routes are loaded. */
    public static void register(CamelContext context) {
        installed().stream().flatMap(flow -> flow.functions().stream()).forEach(function -> context.getRegistry()
                .bind("simple-function-" + function.getName(), function));
        Measured.registerComparisons(context.getTypeConverterRegistry());
    }
}
