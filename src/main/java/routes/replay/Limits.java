package routes.replay;

/**
 * How much the audit keeps in memory, whatever the range.
 *
 * @param window source records that are kept with all they have, for copies still to come
 * @param missing further ones that are kept because a copy has not been found
 * @param range source records of which only is kept where they belong
 * @param rigs rigs whose order is followed
 */
record Limits(int window, int missing, long range, int rigs) {
    private static final int RECORD_BYTES = 400;
    /** What one has sent and where, and the contents of its last messages. */
    private static final int RIG_BYTES = 5_000;

    private static final int RANGE_BYTES = 2;
    private static final int MOST_USEFUL = 100_000;
    /** What is being read takes this much by itself. */
    private static final long LEAST_HEAP = 96L << 20;

    /**
     * A tenth of the heap for the window (at most 40 MB), a fifth for what is missing, a fifth for the range and a
     * tenth for the rigs; the rest is for what is being read.
     *
     * @throws AuditException if the heap is too small for any audit
     */
    static Limits of(long heapBytes) {
        if (heapBytes < LEAST_HEAP) {
            throw new AuditException("an audit needs 128 MB of memory, found " + (heapBytes >> 20)
                    + "; give it more with java -Xmx128m");
        }
        return new Limits(
                (int) Math.min(MOST_USEFUL, heapBytes / 10 / RECORD_BYTES),
                (int) Math.min(Integer.MAX_VALUE, heapBytes / 5 / RECORD_BYTES),
                heapBytes / 5 / RANGE_BYTES,
                (int) Math.min(Integer.MAX_VALUE, heapBytes / 10 / RIG_BYTES));
    }
}
