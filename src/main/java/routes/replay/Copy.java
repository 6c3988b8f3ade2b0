package routes.replay;

/**
 * A record that says it was made from one of the source, within the range of its route.
 *
 * @param print fingerprint of what it holds
 * @param content how that may be compared
 * @param route of a dead letter: the route that sent it; otherwise that of the topic
 * @param refused of a dead letter: whether its reason is that the record is no message
 */
record Copy(
        Lane lane,
        long offset,
        int sourcePartition,
        long sourceOffset,
        long print,
        Content content,
        int route,
        boolean refused) {
    /** What {@link #print} is of. */
    enum Content {
        /** Of all that the record has. */
        WHOLE,
        /** The first 64 bits of the SHA-256 of a value that is kept elsewhere. */
        DIGEST
    }

    String source() {
        return AuditFlow.SOURCE + "/" + sourcePartition + "/" + sourceOffset;
    }

    String position() {
        return lane.partition().topic() + "/" + lane.partition().partition() + "/" + offset;
    }
}
