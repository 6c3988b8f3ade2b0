package routes.reload;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import routes.reload.ReloadReport.Outcome;

/** Routes that are edited while they run as an MBean, {@code routes:type=Reload}. */
public final class ReloadMonitor implements ReloadMonitorMXBean {
    private final Optional<Path> folder;
    private final boolean watched;
    private final ReloadReport report;

    public ReloadMonitor(Optional<Path> folder, boolean watched, ReloadReport report) {
        this.folder = folder;
        this.watched = watched;
        this.report = report;
    }

    @Override
    public String getFolder() {
        return folder.map(path -> path.toAbsolutePath().normalize().toString()).orElse("");
    }

    @Override
    public boolean isWatched() {
        return watched;
    }

    @Override
    public long getSwapped() {
        return report.count(Outcome.SWAPPED);
    }

    @Override
    public long getRejected() {
        return report.count(Outcome.REJECTED);
    }

    @Override
    public long getFailed() {
        return report.count(Outcome.FAILED);
    }

    @Override
    public long getPostponed() {
        return report.count(Outcome.POSTPONED);
    }

    @Override
    public String getLastOutcome() {
        return report.status().last();
    }

    @Override
    public Date getLastChange() {
        Instant at = report.status().at();
        return at.equals(Instant.EPOCH) ? null : Date.from(at);
    }

    @Override
    public double getLastSeconds() {
        return report.status().took().toMillis() / 1000.0;
    }

    @Override
    public List<String> getRejectedFiles() {
        return report.status().refused();
    }

    @Override
    public List<String> getProblems() {
        return report.status().problems();
    }
}
