package routes.rig;

/** The fleet as an MBean, {@code routes:type=Fleet}. */
public final class FleetMonitor implements FleetMonitorMXBean {
    private final Fleet fleet;

    public FleetMonitor(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public int getRigs() {
        return fleet.ids().size();
    }

    @Override
    public double getLagSeconds() {
        return fleet.lagMillis() / 1000.0;
    }

    @Override
    public long getSent() {
        return fleet.sent();
    }

    @Override
    public long getResent() {
        return fleet.resent();
    }

    @Override
    public long getTimeJumps() {
        return fleet.jumps();
    }
}
