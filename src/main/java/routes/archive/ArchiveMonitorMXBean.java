package routes.archive;

import java.util.Map;

/** What JMX shows of the archive. */
public interface ArchiveMonitorMXBean {
    /** The place of the store. */
    String getStore();

    /** Files that were put into it since the start. */
    long getFilesWritten();

    /** Their size, compressed. */
    long getBytesWritten();

    /** The path of the newest of them; empty before the first. */
    String getLastFile();

    /** What keeps records from being archived; empty if nothing does. */
    String getTrouble();

    /** The partitions that are not archived, as in {@code rig.telemetry-3}, with the reason. */
    Map<String, String> getStoppedPartitions();
}
