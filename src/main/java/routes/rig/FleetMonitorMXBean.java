package routes.rig;

/** What JMX shows of the fleet. */
public interface FleetMonitorMXBean {
    /** Rigs of this instance. */
    int getRigs();

    /** Seconds by which the furthest-behind rig's next message is overdue; 0 if none is. */
    double getLagSeconds();

    /** Messages offered for the first time since the start. */
    long getSent();

    /** Attempts after the first, since the start. */
    long getResent();

    /** How often a rig's time jumped, because it was too far behind. */
    long getTimeJumps();
}
