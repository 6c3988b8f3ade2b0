package routes.reload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import routes.settings.Nearest;

/** Gathers what the checks find, each with the line it is about. */
public final class Problems {
    static final Comparator<RouteProblem> BY_PLACE = Comparator.comparing(RouteProblem::file)
            .thenComparingInt(RouteProblem::line)
            .thenComparingInt(RouteProblem::column);

    private static final int MOST_NAMES = 20;

    private final Map<String, List<String>> lines = new HashMap<>();
    private final Set<RouteProblem> found = new LinkedHashSet<>();

    /** @param files whose lines are to be shown */
    public Problems(List<RouteText> files) {
        files.forEach(file -> lines.put(file.name(), file.text().lines().toList()));
    }

    public void error(String file, Position at, String message) {
        add(RouteProblem.Severity.ERROR, file, at, message);
    }

    void warning(String file, Position at, String message) {
        add(RouteProblem.Severity.WARNING, file, at, message);
    }

    private void add(RouteProblem.Severity severity, String file, Position at, String message) {
        List<String> text = lines.getOrDefault(file, List.of());
        String line = at.line() <= text.size() ? text.get(at.line() - 1).replace('\t', ' ') : "";
        found.add(new RouteProblem(severity, file, at.line(), at.column(), message, line));
    }

    /** Whether a file has errors. */
    boolean isBroken(String file) {
        return found.stream()
                .anyMatch(problem -> problem.isError() && problem.file().equals(file));
    }

    /** By file and place. */
    public List<RouteProblem> all() {
        List<RouteProblem> sorted = new ArrayList<>(found);
        sorted.sort(BY_PLACE);
        return sorted;
    }

    /** What to add to a message about a name that nothing has. */
    public static String nearest(String name, Set<String> known) {
        return Nearest.close(name, known)
                .map(nearest -> "; the nearest name is " + nearest)
                .orElse("");
    }

    /** What was expected instead of a name that nothing has: the nearest one, or else all, if they are few. */
    public static String oneOf(String name, Set<String> known) {
        String nearest = nearest(name, known);
        boolean all = nearest.isEmpty() && known.size() <= MOST_NAMES;
        return "expected one of " + (all ? String.join(", ", new TreeSet<>(known)) : known.size() + " others")
                + nearest;
    }
}
