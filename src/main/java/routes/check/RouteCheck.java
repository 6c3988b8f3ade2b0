package routes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CatalogCamelContext;
import routes.settings.ConfigurationException;

/**
 * Says all that is wrong with files of routes before any of them runs: YAML, Camel's schema, the options of endpoints
 * and the settings of Camel, what is not allowed, names that do not exist, order, conventions; and last has Camel make the routes in a context that
 * is thrown away. Opens no connection but those that {@link Surroundings#unknownTopics} opens.
 *
 * <p>Made once, it can be asked again and again, for instance before each change of running routes; by one thread at a
 * time.
 */
public final class RouteCheck {
    private final Surroundings surroundings;
    private final YamlSchema schema;
    private final Map<String, JsonNode> descriptions = new HashMap<>();

    public RouteCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.schema = new YamlSchema();
    }

    /**
     * @param files all that are to run together
     * @return all errors and warnings, by file and place; empty if there is nothing to say
     */
    public List<RouteProblem> problems(List<RouteText> files) {
        Problems problems = new Problems(files);
        Placeholders placeholders = new Placeholders(surroundings, problems);
        List<RouteFile> readable = read(files, placeholders, problems);
        try (DryRun dryRun = new DryRun(surroundings)) {
            new CamelSettingsCheck(surroundings, dryRun.context()).check(problems);
            readable.forEach(file -> schema.check(file, problems));
            SimpleTexts texts = listed(readable, dryRun.context(), problems);
            texts.check(surroundings, problems);
            RouteGraph graph = new RouteGraph(readable);
            new ReferenceCheck(surroundings).check(graph, readable.size() == files.size(), problems);
            ReadCheck.check(graph, texts, surroundings.beans().keySet(), problems);
            OrderCheck.check(graph, problems);
            LossCheck.check(graph, problems);
            FlowCheck.check(graph, problems);
            new ConventionCheck(surroundings).check(readable, placeholders.used(), problems);
            // It makes objects: only of what nothing is wrong with.
            dryRun.check(
                    readable.stream()
                            .filter(file -> !problems.isBroken(file.name()))
                            .toList(),
                    problems);
        }
        return problems.all();
    }

    /** Only what is not on the list, by file and place; nothing is made of the files. */
    List<RouteProblem> notListed(List<RouteText> files, CatalogCamelContext camel) {
        Problems problems = new Problems(files);
        listed(read(files, new Placeholders(surroundings, problems), problems), camel, problems);
        return problems.all();
    }

    private static List<RouteFile> read(List<RouteText> files, Placeholders placeholders, Problems problems) {
        List<RouteFile> readable = new ArrayList<>();
        for (RouteText file : files) {
            if (Problems.control(file.name().replaceAll("[\\n\\r\\t]", "\0")) >= 0) {
                problems.error(
                        file.name(),
                        Position.START,
                        "the name of this file has a control character in it; expected letters, digits and '-'");
            }
            YamlReader.read(file, problems).map(placeholders::resolved).ifPresent(readable::add);
        }
        return readable;
    }

    private SimpleTexts listed(List<RouteFile> files, CatalogCamelContext camel, Problems problems) {
        SimpleTexts texts = new SimpleTexts();
        VocabularyCheck vocabulary = new VocabularyCheck(
                surroundings, new EndpointCheck(surroundings, camel, descriptions), files, problems, texts);
        files.forEach(vocabulary::check);
        return texts;
    }

    /**
     * What Camel gets: the files with the values of their settings, as they were checked.
     *
     * @param files that nothing is wrong with
     */
    public List<RouteFile> resolved(Collection<RouteText> files) {
        Problems problems = new Problems(List.copyOf(files));
        return read(List.copyOf(files), new Placeholders(surroundings, problems), problems);
    }

    /**
     * For a start, which errors must stop.
     *
     * @return the warnings
     * @throws ConfigurationException with all errors, or if there are no files
     */
    public List<RouteProblem> require(List<RouteText> files) {
        if (files.isEmpty()) {
            throw new ConfigurationException("no routes were found; expected files named *.camel.yaml");
        }
        List<RouteProblem> problems = problems(files);
        List<String> errors = problems.stream()
                .filter(RouteProblem::isError)
                .map(RouteProblem::toString)
                .toList();
        if (!errors.isEmpty()) {
            throw new ConfigurationException(errors);
        }
        return problems;
    }
}
