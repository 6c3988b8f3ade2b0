package routes.audit;

import org.apache.kafka.common.utils.Utils;

/**
 * A record of the source while its copies are looked for. With its fingerprints it takes about 400 bytes.
 */
final class SourceRecord {
    /** The slot with the first 64 bits of the value's SHA-256, of a record that is no message and has no slices. */
    static final int DIGEST = 1;

    private static final int OFFSET_BITS = 44;

    final int partition;
    final long offset;
    /** Null if the record is no message. */
    final RigProgress rig;

    final long seq;
    /** Whether its copies have to stand in order: not if it is itself redriven, replayed, doubled or out of order. */
    final boolean ordered;
    /** Where it belongs within the ranges, or may stand if a condition chose it, one bit per output. */
    final long expected;

    private final int keyHash;
    private final long[] prints;
    /** Where a copy has been found, one bit per output. */
    private long found;
    /** Which routes have dead-lettered it although it is a message, one bit each. */
    private int letters;

    SourceRecord(
            int partition,
            long offset,
            byte[] key,
            RigProgress rig,
            long seq,
            boolean ordered,
            long expected,
            long[] prints) {
        this.partition = partition;
        this.offset = offset;
        this.rig = rig;
        this.seq = seq;
        this.ordered = ordered;
        this.expected = expected;
        this.keyHash = key == null ? 0 : Utils.toPositive(Utils.murmur2(key));
        this.prints = prints;
    }

    boolean isMessage() {
        return rig != null;
    }

    long print(int slot) {
        return prints[slot];
    }

    boolean isFoundOn(int output) {
        return (found & 1L << output) != 0;
    }

    void findOn(int output) {
        found |= 1L << output;
    }

    /** Where it belongs or may stand and has not been found, one bit per output. */
    long missing() {
        return expected & ~found;
    }

    boolean isLetterOf(int route) {
        return (letters & 1 << route) != 0;
    }

    void addLetterOf(int route) {
        letters |= 1 << route;
    }

    /** The partition to which a Kafka producer sends its key. */
    int partitionOf(int partitions) {
        return keyHash % partitions;
    }

    String position() {
        return AuditFlow.SOURCE + "/" + partition + "/" + offset;
    }

    /**
     * Partition and offset in one number; it sorts by partition, then by offset.
     *
     * @param offset below 2⁴⁴, which at a million records a second takes half a year
     */
    static long key(int partition, long offset) {
        return (long) partition << OFFSET_BITS | offset;
    }
}
