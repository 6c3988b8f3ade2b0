package routes.reload;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.check.Problems;
import routes.check.RouteCheck;
import routes.check.RouteText;

/**
 * Has the routes of changed files run in the place of those that ran: only those, after what they had begun has ended, and
 * only if all of them together pass the check. What does not pass changes nothing and is reported with its place.
 *
 * <p>For one thread.
 */
public final class RouteSwapper {
    private static final Logger LOG = LoggerFactory.getLogger(RouteSwapper.class);
    /** How long a batch in hand may take to end before the swap is put off. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RouteCheck check;
    private final CamelRoutes camel;
    private final Optional<LastGood> lastGood;
    private final ReloadReport report;
    private final Map<String, RouteText> failed = new HashMap<>();
    private SortedMap<String, RouteText> running;

    /**
     * @param start the files that run, and what was refused when they were chosen
     * @param lastGood where to keep what runs
     */
    public RouteSwapper(
            RouteCheck check,
            CamelRoutes camel,
            StartSelection start,
            Optional<LastGood> lastGood,
            ReloadReport report) {
        this.check = check;
        this.camel = camel;
        this.lastGood = lastGood;
        this.report = report;
        this.running = start.selection().files();
        refused(start.selection(), start.found(), System.nanoTime());
        keep();
    }

    /**
     * Runs what is new in these files.
     *
     * @param found all files of the folder
     * @return false if it should be offered again, since it could not be done now
     */
    public boolean offer(Collection<RouteText> found) throws InterruptedException {
        long begin = System.nanoTime();
        Selection selection;
        try {
            selection = Selection.of(check, running.values(), withoutFailed(found));
        } catch (RuntimeException e) {
            report.postponed("the routes cannot be checked: " + e.getMessage(), begin);
            return false;
        }
        refused(selection, found, begin);
        Set<String> changed = Selection.changed(running, selection.files());
        return changed.isEmpty() || swap(selection.files(), changed, begin);
    }

    /** What Camel failed to run is not tried again until it is another text. */
    private Collection<RouteText> withoutFailed(Collection<RouteText> found) {
        SortedMap<String, RouteText> files = Selection.byName(found);
        failed.entrySet().removeIf(entry -> !entry.getValue().equals(files.get(entry.getKey())));
        failed.keySet().forEach(name -> {
            files.remove(name);
            if (running.containsKey(name)) {
                files.put(name, running.get(name));
            }
        });
        return files.values();
    }

    private void refused(Selection selection, Collection<RouteText> found, long begin) {
        Map<String, String> versions = versions(selection.refused(), Selection.byName(found));
        versions.putAll(versions(failed.keySet(), failed));
        report.selected(selection, versions, running.keySet(), begin);
    }

    private static Map<String, String> versions(Set<String> names, Map<String, RouteText> files) {
        Map<String, String> versions = new TreeMap<>();
        names.forEach(name -> versions.put(name, RouteText.version(files.get(name))));
        return versions;
    }

    private boolean swap(SortedMap<String, RouteText> next, Set<String> changed, long begin)
            throws InterruptedException {
        SwapPlan before = new SwapPlan(check.resolved(running.values()));
        SwapPlan after = new SwapPlan(check.resolved(next.values()));
        Set<String> going = new TreeSet<>(before.goingWith(changed, after));
        going.addAll(after.goingWith(changed, before));
        List<String> busy = camel.hold(going, before.frontsOf(going), PATIENCE);
        if (!busy.isEmpty()) {
            report.postponed("a batch in hand of " + busy + " has not ended", begin);
            return false;
        }
        try {
            Set<String> stopped = camel.ids(going);
            camel.unload(going);
            camel.load(after.inOrderOfLoading(going));
            LOG.info(
                    "routes changed in {} ms: {}; stopped {}, started {}",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                    Problems.shown(described(changed, next)),
                    stopped,
                    camel.ids(going));
            running = next;
            keep();
            report.swapped(begin);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            changed.stream().filter(next::containsKey).forEach(name -> failed.put(name, next.get(name)));
            back(before, going);
            report.failed(versions(changed, next), e, begin);
        } finally {
            camel.release();
        }
        return true;
    }

    private void back(SwapPlan before, Set<String> going) throws InterruptedException {
        try {
            camel.unload(going);
            camel.load(before.inOrderOfLoading(going));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.error("the last good version of {} could not be started either", going, e);
        }
    }

    private String described(Set<String> names, Map<String, RouteText> next) {
        return names.stream()
                .map(name -> name + " ("
                        + (running.containsKey(name) ? RouteText.version(running.get(name)) + " -> " : "new ")
                        + RouteText.version(next.get(name)) + ")")
                .collect(Collectors.joining(", "));
    }

    private void keep() {
        lastGood.ifPresent(store -> {
            try {
                store.save(running.values());
            } catch (IOException e) {
                LOG.error("the last good version of the routes cannot be kept in {}", store.folder(), e);
            }
        });
    }
}
