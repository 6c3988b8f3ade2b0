package routes.kafka;

/**
 * A stretch of one partition.
 *
 * @param from the first offset
 * @param to the offset after the last
 */
record FleetLogRange(long from, long to) {
    /** What of it lies at or after {@code offset}. */
    FleetLogRange since(long offset) {
        return new FleetLogRange(Math.max(from, offset), to);
    }

    boolean isEmpty() {
        return from >= to;
    }

    boolean isBefore(long offset) {
        return offset >= to;
    }
}
