package routes.reload;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import routes.check.RouteCheck;
import routes.check.RouteProblem;
import routes.check.RouteText;
import routes.settings.ConfigurationException;

/**
 * What runs from the start: the files as they are, or, of those that are wrong, the last good version.
 *
 * @param found the files as they are
 */
public record StartSelection(Collection<RouteText> found, Selection selection) {
    /**
     * @param found the files as they are
     * @param lastGood those that ran last
     * @throws ConfigurationException with all errors, if there are files that are wrong and of one of them there is no good
     *     version; or if there are no files
     */
    public static StartSelection of(RouteCheck check, Collection<RouteText> found, Collection<RouteText> lastGood) {
        if (lastGood.isEmpty() || found.isEmpty()) {
            return asFound(found, check.require(List.copyOf(found)));
        }
        List<RouteProblem> problems = check.problems(List.copyOf(found));
        if (problems.stream().noneMatch(RouteProblem::isError)) {
            return asFound(found, problems);
        }
        Selection selection = Selection.of(check, lastGood, found);
        Set<String> neverGood = new HashSet<>(selection.refused());
        neverGood.removeAll(Selection.byName(lastGood).keySet());
        boolean good =
                check.problems(List.copyOf(selection.files().values())).stream().noneMatch(RouteProblem::isError);
        if (!neverGood.isEmpty() || !good) {
            check.require(List.copyOf(found));
        }
        return new StartSelection(found, selection);
    }

    private static StartSelection asFound(Collection<RouteText> found, List<RouteProblem> warnings) {
        return new StartSelection(found, new Selection(Selection.byName(found), new TreeSet<>(), warnings));
    }

    /** The files that run. */
    public List<RouteText> running() {
        return List.copyOf(selection.files().values());
    }
}
