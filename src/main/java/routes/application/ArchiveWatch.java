package routes.application;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import routes.archive.ArchiveMonitor;
import routes.archive.ArchiveTap;

/** Shows how the archive is doing: {@code routes:type=Archive} in JMX until this is closed. */
final class ArchiveWatch implements AutoCloseable {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    ArchiveWatch(ArchiveTap archive) throws JMException {
        name = new ObjectName("routes:type=Archive");
        server.registerMBean(new ArchiveMonitor(archive), name);
    }

    @Override
    public void close() throws JMException {
        server.unregisterMBean(name);
    }
}
