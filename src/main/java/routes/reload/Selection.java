package routes.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import routes.check.Problems;
import routes.check.RouteCheck;
import routes.check.RouteProblem;
import routes.check.RouteText;

/**
 * Of files that have changed, those that can run together with what is good already. A file that is wrong keeps its last
 * good text, or stays away; the others need not wait for it.
 *
 * @param files that can run, by name
 * @param refused names of files whose change is left out; that they were deleted can be such a change
 * @param problems all errors, and the warnings about what is taken
 */
record Selection(SortedMap<String, RouteText> files, SortedSet<String> refused, List<RouteProblem> problems) {
    /**
     * @param good files that can run together
     * @param found files as they are now
     */
    static Selection of(RouteCheck check, Collection<RouteText> good, Collection<RouteText> found) {
        return new Selector(check, byName(good), byName(found)).select();
    }

    static SortedMap<String, RouteText> byName(Collection<RouteText> texts) {
        SortedMap<String, RouteText> files = new TreeMap<>();
        texts.forEach(text -> files.put(text.name(), text));
        return files;
    }

    /** Names of files that are not the same in both. */
    static SortedSet<String> changed(Map<String, RouteText> before, Map<String, RouteText> after) {
        SortedSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return names;
    }

    private static final class Selector {
        private final RouteCheck check;
        private final SortedMap<String, RouteText> good;
        private final SortedMap<String, RouteText> found;
        private final Set<RouteProblem> problems = new LinkedHashSet<>();

        Selector(RouteCheck check, SortedMap<String, RouteText> good, SortedMap<String, RouteText> found) {
            this.check = check;
            this.good = good;
            this.found = found;
        }

        Selection select() {
            SortedSet<String> changed = changed(good, found);
            SortedSet<String> taken = new TreeSet<>(changed);
            Set<String> wrong = taken.isEmpty() ? Set.of() : wrong(taken);
            while (!wrong.isEmpty()) {
                if (!taken.removeAll(wrong)) {
                    // A change shows as an error in a file that did not change: which one it is can only be tried.
                    taken = oneByOne(taken);
                }
                wrong = taken.isEmpty() ? Set.of() : wrong(taken);
            }
            SortedSet<String> refused = new TreeSet<>(changed);
            refused.removeAll(taken);
            return new Selection(with(taken), refused, sorted());
        }

        private SortedSet<String> oneByOne(Collection<String> names) {
            SortedSet<String> taken = new TreeSet<>();
            for (String name : names) {
                taken.add(name);
                if (!wrong(taken).isEmpty()) {
                    taken.remove(name);
                }
            }
            return taken;
        }

        /** The names of the files that have errors if these changes are made. */
        private Set<String> wrong(Collection<String> changes) {
            SortedMap<String, RouteText> files = with(changes);
            if (files.isEmpty()) {
                problems.add(new RouteProblem(
                        RouteProblem.Severity.ERROR,
                        changes.iterator().next(),
                        1,
                        1,
                        "no file of routes is left; expected those that ran to be there",
                        ""));
                return Set.copyOf(changes);
            }
            List<RouteProblem> all = check.problems(List.copyOf(files.values()));
            List<RouteProblem> errors =
                    all.stream().filter(RouteProblem::isError).toList();
            problems.addAll(errors.isEmpty() ? warnings(all, changes) : errors);
            return errors.stream().map(RouteProblem::file).collect(Collectors.toSet());
        }

        private static List<RouteProblem> warnings(List<RouteProblem> all, Collection<String> changes) {
            return all.stream().filter(each -> changes.contains(each.file())).toList();
        }

        private SortedMap<String, RouteText> with(Collection<String> changes) {
            SortedMap<String, RouteText> files = new TreeMap<>(good);
            for (String name : changes) {
                if (found.containsKey(name)) {
                    files.put(name, found.get(name));
                } else {
                    files.remove(name);
                }
            }
            return files;
        }

        private List<RouteProblem> sorted() {
            List<RouteProblem> sorted = new ArrayList<>(problems);
            sorted.sort(Problems.BY_PLACE);
            return sorted;
        }
    }
}
