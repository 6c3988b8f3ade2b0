package routes.archive;

import java.util.Map;

/** The archive as an MBean, {@code routes:type=Archive}. */
public final class ArchiveMonitor implements ArchiveMonitorMXBean {
    private final ArchiveTap tap;

    public ArchiveMonitor(ArchiveTap tap) {
        this.tap = tap;
    }

    @Override
    public String getStore() {
        return tap.store();
    }

    @Override
    public long getFilesWritten() {
        return tap.written().files();
    }

    @Override
    public long getBytesWritten() {
        return tap.written().bytes();
    }

    @Override
    public String getLastFile() {
        return tap.written().lastFile();
    }

    @Override
    public String getTrouble() {
        return tap.trouble().orElse("");
    }

    @Override
    public Map<String, String> getStoppedPartitions() {
        return tap.stopped();
    }
}
