package routes.audit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.kafka.common.TopicPartition;
import routes.audit.Copies.Copy;
import routes.kafka.OffsetRange;

/**
 * One partition of an output while it is read from its start to the end it had when the audit began.
 *
 * <p>Copies of one source partition stand in the order of its offsets, apart from repetitions. So where the oldest
 * records of the log have expired, a copy that should stand before the first one left of its source partition may have
 * expired, and one that should stand after it cannot have.
 */
final class OutputLog {
    private static final long NONE = -1;

    private final int output;
    private final TopicPartition partition;
    private final OffsetRange range;
    private final Deque<Copy> waiting = new ArrayDeque<>();
    /** By source partition, the source offset of the first copy after what has expired. */
    private final long[] first;

    private boolean expired;
    private boolean read;

    /** @param expired whether records before the range that belong to the range may have expired */
    OutputLog(int output, TopicPartition partition, OffsetRange range, boolean expired, int sourcePartitions) {
        this.output = output;
        this.partition = partition;
        this.range = range;
        this.expired = expired;
        this.first = new long[sourcePartitions];
        Arrays.fill(first, NONE);
        this.read = range.isEmpty();
    }

    int output() {
        return output;
    }

    TopicPartition partition() {
        return partition;
    }

    OffsetRange range() {
        return range;
    }

    /** The reader has reached the end. */
    void readToEnd() {
        read = true;
    }

    /** What stood between the last record and the one to come is gone. */
    void expire() {
        expired = true;
        Arrays.fill(first, NONE);
    }

    /** A copy of this source record stands here, whether or not it is in the range. */
    void saw(int sourcePartition, long sourceOffset) {
        if (first[sourcePartition] == NONE) {
            first[sourcePartition] = sourceOffset;
        }
    }

    boolean mayHaveExpired(int sourcePartition, long sourceOffset) {
        return expired && (first[sourcePartition] == NONE || sourceOffset < first[sourcePartition]);
    }

    /** As {@link #mayHaveExpired}, and nothing that is still to be read can change it. */
    boolean hasExpired(int sourcePartition, long sourceOffset) {
        return mayHaveExpired(sourcePartition, sourceOffset) && (read || first[sourcePartition] != NONE);
    }

    void add(Copy copy) {
        waiting.add(copy);
    }

    /** The copy that is next to be matched; null if more has to be read first, or there is none. */
    Copy head() {
        return waiting.peek();
    }

    void removeHead() {
        waiting.remove();
    }
}
