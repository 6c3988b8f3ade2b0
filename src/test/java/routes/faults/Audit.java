package routes.faults;

/** What every fault is judged by. */
final class Audit {
    private Audit() {}

    /** Of a cluster that works again, while it works. */
    static Findings of(FaultCluster cluster, Evidence evidence) {
        return OwnAudit.of(cluster.bootstrap(), evidence);
    }
}
