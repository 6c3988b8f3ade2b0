package routes.application;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import routes.rig.Fleet;
import routes.rig.FleetMonitor;

/** The fleet's place in JMX, from making this to closing it. */
final class FleetMBean implements AutoCloseable {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    FleetMBean(Fleet fleet) throws JMException {
        name = new ObjectName("routes:type=Fleet");
        server.registerMBean(new FleetMonitor(fleet), name);
    }

    @Override
    public void close() throws JMException {
        server.unregisterMBean(name);
    }
}
