package routes.replay;

/** Partition and offset in one number; it sorts by partition, then by offset. */
final class SourceKey {
    private static final int OFFSET_BITS = 44;

    private SourceKey() {}

    /** @param offset below 2⁴⁴, which at a million records a second takes half a year */
    static long of(int partition, long offset) {
        return (long) partition << OFFSET_BITS | offset;
    }
}
