package routes.reload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import routes.check.RouteText;

/**
 * Tells when a folder that is looked at again and again has come to rest after a change, so that a file saved in pieces is
 * taken once and whole. What is missing is waited for longer: an editor may have put it aside to write it anew.
 */
final class Settling {
    static final Duration QUIET = Duration.ofMillis(300);
    static final Duration MISSING = Duration.ofSeconds(1);

    private List<RouteText> taken;
    private List<RouteText> last;
    private long sinceNanos;

    /** @param taken the files as they were taken last */
    Settling(List<RouteText> taken) {
        this.taken = taken;
        this.last = taken;
    }

    /**
     * @param now the files as they are
     * @return the files if they are others than those taken last, and have been the same for long enough; they are taken
     *     then
     */
    Optional<List<RouteText>> look(List<RouteText> now, long nowNanos) {
        if (!now.equals(last)) {
            last = now;
            sinceNanos = nowNanos;
        }
        Duration rest = isMissingOne(now) ? MISSING : QUIET;
        if (now.equals(taken) || nowNanos - sinceNanos < rest.toNanos()) {
            return Optional.empty();
        }
        taken = now;
        return Optional.of(now);
    }

    /** What was taken last is to be taken again. */
    void again() {
        taken = List.of();
    }

    private boolean isMissingOne(List<RouteText> now) {
        Set<String> names = now.stream().map(RouteText::name).collect(Collectors.toSet());
        return taken.stream().anyMatch(file -> !names.contains(file.name()));
    }
}
