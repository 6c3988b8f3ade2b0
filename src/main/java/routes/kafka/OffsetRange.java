package routes.kafka;

/**
 * A stretch of one partition.
 *
 * @param begin the first offset
 * @param end the offset after the last; nothing is in the range if that is not more
 */
public record OffsetRange(long begin, long end) {
    /** What of it lies at or after {@code offset}. */
    public OffsetRange since(long offset) {
        return new OffsetRange(Math.max(begin, offset), end);
    }

    /** An upper bound of the records: offsets may be missing. */
    public long length() {
        return Math.max(0, end - begin);
    }

    public boolean isEmpty() {
        return begin >= end;
    }
}
