package routes.rigs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import routes.rig.Fleet;
import routes.rig.FleetMonitor;

/** Shows how the fleet is doing: {@code routes:type=Fleet} in JMX until this is closed, and {@code rig.fleet.lag}. */
final class FleetWatch implements AutoCloseable {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    FleetWatch(Fleet fleet, MeterRegistry meters) throws JMException {
        name = new ObjectName("routes:type=Fleet");
        server.registerMBean(new FleetMonitor(fleet), name);
        Gauge.builder("rig.fleet.lag", fleet, f -> f.lagMillis() / 1000.0)
                .baseUnit("seconds")
                .description("by how much the furthest-behind rig's next message is overdue")
                .register(meters);
    }

    @Override
    public void close() throws JMException {
        server.unregisterMBean(name);
    }
}
