package routes.broker;

/** How the disk is shared out. */
public final class DiskBudget {
    static final int INTERNAL_SEGMENT_BYTES = 1 << 20;
    static final long CHECK_INTERVAL_MILLIS = 5_000;
    static final long DELETE_DELAY_MILLIS = 1_000;

    private DiskBudget() {}
}
