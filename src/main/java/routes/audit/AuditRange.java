package routes.audit;

/**
 * What is examined, fixed before anything is read, so that rigs and routes may go on meanwhile. Arrays are by source
 * partition.
 *
 * @param from first offset
 * @param to one more than the last offset: the end of the log when the audit began
 * @param committed by route, up to where its group had committed; between {@code from} and {@code to}
 * @param existing the end of the source after the ends of the outputs were read: nothing they hold can come from beyond
 */
record AuditRange(long[] from, long[] to, long[][] committed, long[] existing) {
    int partitions() {
        return from.length;
    }

    /** Source records to be read. */
    long records() {
        long records = 0;
        for (int p = 0; p < from.length; p++) {
            records += to[p] - from[p];
        }
        return records;
    }

    /** Source records that the route's group has committed. */
    long recordsOf(int route) {
        long records = 0;
        for (int p = 0; p < from.length; p++) {
            records += committed[route][p] - from[p];
        }
        return records;
    }

    boolean contains(int route, int partition, long offset) {
        return offset >= from[partition] && offset < committed[route][partition];
    }
}
