package routes.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import routes.kafka.FailureText;
import routes.settings.Nearest;

/** Gathers what the checks find, each with the line it is about. */
public final class Problems {
    /** By file, line and column. */
    public static final Comparator<RouteProblem> BY_PLACE = Comparator.comparing(RouteProblem::file)
            .thenComparingInt(RouteProblem::line)
            .thenComparingInt(RouteProblem::column);

    private static final int MOST_NAMES = 20;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST = 1_200;
    private static final int MOST_OF_A_FILE = 200;

    private final Map<String, List<String>> lines = new HashMap<>();
    private final Set<String> notShown = new HashSet<>();
    private final Set<RouteProblem> found = new LinkedHashSet<>();
    private final Set<Place> places = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();

    private record Place(String file, Position at) {}

    /** @param files whose lines are to be shown */
    public Problems(List<RouteText> files) {
        files.forEach(file ->
                lines.put(file.name(), file.quotable() ? file.text().lines().toList() : List.of()));
        files.stream().filter(file -> !file.quotable()).map(RouteText::name).forEach(notShown::add);
    }

    /** The index of the first character that could do something to a terminal or a log; negative if there is none. */
    public static int control(String text) {
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int c = text.codePointAt(i);
            if (c != '\n' && c != '\r' && c != '\t' && !FailureText.isShown(c)) {
                return i;
            }
        }
        return -1;
    }

    /** A text as it may be printed: what could do something to a terminal or a log is written as U+001B. */
    public static String shown(String text) {
        String plain = text.replace("\n", "\\n").replace("\r", "\\r").replace('\t', ' ');
        StringBuilder shown = new StringBuilder(
                plain.length() <= LONGEST
                        ? plain
                        : plain.substring(0, LONGEST / 2) + " … " + plain.substring(plain.length() - LONGEST / 2));
        for (int at = control(shown.toString()); at >= 0; at = control(shown.toString())) {
            int c = shown.codePointAt(at);
            shown.replace(at, at + Character.charCount(c), String.format("U+%04X", c));
        }
        return shown.toString();
    }

    /** Of this place enough has been said. */
    void said(String file, Position at) {
        places.add(new Place(file, at));
    }

    /** As {@link #error}, unless something else is wrong at this place already, of which this would only follow. */
    void errorUnlessSaid(String file, Position at, String message) {
        if (!places.contains(new Place(file, at))) {
            error(file, at, message);
        }
    }

    public void error(String file, Position at, String message) {
        add(RouteProblem.Severity.ERROR, file, at, message);
    }

    public void warning(String file, Position at, String message) {
        add(RouteProblem.Severity.WARNING, file, at, message);
    }

    private void add(RouteProblem.Severity severity, String file, Position at, String message) {
        if (counts.merge(file + severity, 1, Integer::sum) > MOST_OF_A_FILE) {
            return; // nobody reads more, and they would fill a log
        }
        List<String> text = lines.getOrDefault(file, List.of());
        String line = at.line() <= text.size() ? text.get(at.line() - 1) : "";
        String said = notShown.contains(file)
                ? "something is wrong here; a link leads out of the folder of routes to this file, so that what it says is"
                        + " not shown: 'validate' of the folder that it is in says it"
                : shown(message);
        found.add(new RouteProblem(
                severity, file, at.line(), at.column(), said, line.length() > LONGEST ? "" : shown(line)));
        if (severity == RouteProblem.Severity.ERROR) {
            places.add(new Place(file, at));
        }
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
        if (name.length() > LONGEST_NAME) {
            return "";
        }
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
