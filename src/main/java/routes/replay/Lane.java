package routes.replay;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of an output while it is read from its start to the end it had when the audit began.
 *
 * <p>Copies of one source partition stand in the order of its offsets, apart from repetitions. So where the oldest
 * records of the lane have expired, a copy that should stand before the first one left of its source partition may have
 * expired, and one that should stand after it cannot have.
 */
final class Lane {
    private static final long NONE = -1;

    private final int output;
    private final TopicPartition partition;
    private final long end;
    private final Deque<Copy> waiting = new ArrayDeque<>();
    /** By source partition, the source offset of the first copy after what has expired. */
    private final long[] first;

    private boolean expired;
    private long next;
    private boolean read;

    /** @param expired whether records before {@code start} that belong to the range may have expired */
    Lane(int output, TopicPartition partition, long start, long end, boolean expired, int sourcePartitions) {
        this.output = output;
        this.partition = partition;
        this.next = start;
        this.end = end;
        this.expired = expired;
        this.first = new long[sourcePartitions];
        Arrays.fill(first, NONE);
        this.read = start >= end;
    }

    int output() {
        return output;
    }

    TopicPartition partition() {
        return partition;
    }

    /** The offset from which it is to be read on. */
    long next() {
        return next;
    }

    long end() {
        return end;
    }

    /** The record at this offset has been read. */
    void passed(long offset) {
        next = offset + 1;
    }

    /** The reader has reached the end. */
    void readToEnd() {
        read = true;
    }

    /** What stood between {@link #next()} and the record to come is gone. */
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

    boolean wantsMore() {
        return !read && waiting.isEmpty();
    }
}
