package routes.reload;

import java.util.Date;
import java.util.List;

/** What JMX shows of routes that are edited while they run. */
public interface ReloadMonitorMXBean {
    /** The folder of routes; empty for the built-in ones. */
    String getFolder();

    /** Whether edits in it count at once. */
    boolean isWatched();

    /** Changes that run, since the start. */
    long getSwapped();

    /** Changes that were wrong and changed nothing, since the start. */
    long getRejected();

    /** Changes that Camel could not run, so that the last good version runs again, since the start. */
    long getFailed();

    /** Changes that were put off, since the start. */
    long getPostponed();

    /** What became of the last change: swapped, rejected, failed or postponed; empty if there was none. */
    String getLastOutcome();

    /** When the last change was done with; null if there was none. */
    Date getLastChange();

    /** Seconds from when the last change was found to its end. */
    double getLastSeconds();

    /** The files whose content does not run, but their last good version or nothing. */
    List<String> getRejectedFiles();

    /** What is wrong with them, each with file, line and column. */
    List<String> getProblems();
}
