package routes.reload;

import java.util.ArrayList;
import java.util.List;
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

    public RouteCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.schema = new YamlSchema(surroundings::setting);
    }

    /**
     * @param files all that are to run together
     * @return all errors and warnings, by file and place; empty if there is nothing to say
     */
    public List<RouteProblem> problems(List<RouteText> files) {
        Problems problems = new Problems(files);
        List<RouteFile> readable = new ArrayList<>();
        files.forEach(file -> YamlReader.read(file, problems).ifPresent(readable::add));
        AllowList allowList = new AllowList(surroundings);
        try (DryRun dryRun = new DryRun(surroundings)) {
            EndpointCheck endpoints = new EndpointCheck(surroundings, dryRun.context());
            new CamelSettingsCheck(surroundings, dryRun.context()).check(problems);
            for (RouteFile file : readable) {
                schema.check(file, problems);
                endpoints.check(file, problems);
                allowList.check(file, problems);
            }
            new ReferenceCheck(surroundings).check(readable, readable.size() == files.size(), problems);
            OrderCheck.check(readable, surroundings.beans().keySet(), problems);
            FlowCheck.check(readable, surroundings, problems);
            new ConventionCheck(surroundings).check(readable, problems);
            // What is broken is known by now: Camel would only say it again, one thing at a time.
            dryRun.check(
                    readable.stream()
                            .filter(file -> !problems.isBroken(file.name()))
                            .toList(),
                    problems);
        }
        return problems.all();
    }

    /** A text with the values of all settings in it that there are. */
    String resolve(String text) {
        return surroundings.resolve(text);
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
