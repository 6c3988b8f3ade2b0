package routes.cases;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import routes.check.Position;
import routes.check.Problems;
import routes.check.RouteFile;
import routes.check.RouteProblem;
import routes.check.RouteText;
import routes.check.YamlReader;

/**
 * Tests of routes without Kafka: beside {@code x.camel.yaml} may stand {@code x.test.yaml} with cases, each of which says
 * what its route is given and all that must come of it.
 */
public final class RouteCases {
    /** How the names of files of cases end. */
    public static final String EXTENSION = ".test.yaml";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

    private final Properties settings;
    private final RouteIndex routes;
    private final List<RouteCase> cases = new ArrayList<>();
    private final List<RouteProblem> problems;

    /**
     * @param routes all that run together, with the values of their settings; they are good
     * @param files of cases
     * @param settings as for Camel, with the user's own
     */
    public RouteCases(List<RouteFile> routes, List<RouteText> files, Properties settings) {
        this.settings = settings;
        UnaryOperator<String> resolve = this::resolved;
        Problems found = new Problems(files);
        this.routes = new RouteIndex(routes);
        Map<String, RouteFile> byName = routes.stream().collect(Collectors.toMap(RouteFile::name, file -> file));
        for (RouteText file : files) {
            RouteFile beside = byName.get(routeFile(file.name()));
            if (beside == null) {
                found.error(
                        file.name(),
                        Position.START,
                        "there is no file of routes " + routeFile(file.name()) + " beside this file of cases"
                                + Problems.nearest(routeFile(file.name()), byName.keySet()));
            }
            Optional<String> own = Optional.ofNullable(beside)
                    .map(RouteFile::routeIds)
                    .filter(ids -> ids.size() == 1 && !ids.get(0).isEmpty())
                    .map(ids -> ids.get(0));
            YamlReader.read(file, "the key 'cases' with a list of cases", found)
                    .ifPresent(read -> cases.addAll(new CaseReader(read, this.routes, resolve, found).read(own)));
        }
        problems = found.all();
    }

    private static String routeFile(String caseFile) {
        return caseFile.substring(0, caseFile.length() - EXTENSION.length()) + RouteFile.EXTENSION;
    }

    private String resolved(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String key = found.group(1).strip();
            // What is set for Camel itself may be a login.
            String value = key.startsWith("camel.") ? null : settings.getProperty(key);
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }

    /** All that is wrong with the files of cases; they can be run only if nothing is. */
    public List<RouteProblem> problems() {
        return problems;
    }

    /**
     * Runs all cases in a Camel context that is thrown away. Connects to nothing and opens no port; what the beans write
     * is theirs to know.
     *
     * @param beans to which the routes refer, by name
     * @param outlet where those of them note what they do outside of the routes
     * @param clock of the records
     * @throws RuntimeException if Camel cannot make the routes
     */
    public CaseReport run(Map<String, ?> beans, Outlet outlet, Clock clock) {
        try (CaseContext camel = new CaseContext(routes.files(), settings, beans, outlet)) {
            List<CaseFailure> failures = new ArrayList<>();
            for (RouteCase one : cases) {
                failures.addAll(new CaseRun(one, routes, camel, outlet, clock).failures());
            }
            Branches branches = camel.branches();
            int failed = failures.stream()
                    .map(failure -> failure.file() + ":" + failure.name())
                    .collect(Collectors.toCollection(TreeSet::new))
                    .size();
            return new CaseReport(cases.size(), failed, failures, branches.count(), branches.open());
        }
    }
}
