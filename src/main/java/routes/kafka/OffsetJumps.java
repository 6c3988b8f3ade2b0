package routes.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Notices records that expired before they were read. A consumer whose position lies before the start of the log goes on
 * at that start without a word; here the first offset it then delivers is compared with where it should have gone on: the
 * group's commit, or the record after the last one delivered. Offsets that are missing although the log still begins
 * before them were compacted or belong to transactions, and do not count.
 *
 * <p>For one polling thread. It asks the broker only when a partition is new or an offset is missing.
 */
final class OffsetJumps {
    private final ObjLongConsumer<TopicPartition> expired;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private Consumer<?, ?> current;

    /** @param expired told of the partition and of how many records are missing; of a new partition also if none is */
    OffsetJumps(ObjLongConsumer<TopicPartition> expired) {
        this.expired = expired;
    }

    /** A record of this partition and offset was delivered. */
    void delivered(Consumer<?, ?> consumer, TopicPartition partition, long offset) {
        if (consumer != current) {
            // It has connected again, and perhaps to other partitions: what counts is the commit.
            current = consumer;
            next.clear();
        }
        Long expected = next.put(partition, offset + 1);
        if (expected == null || offset > expected) {
            long missing = missing(consumer, partition, expected == null ? -1 : expected, offset);
            if (expected == null || missing > 0) {
                expired.accept(partition, Math.max(0, missing));
            }
        }
    }

    private static long missing(Consumer<?, ?> consumer, TopicPartition partition, long expected, long offset) {
        OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
        long from = Math.max(expected, committed == null ? -1 : committed.offset());
        if (from < 0 || offset <= from) {
            return 0;
        }
        long start = consumer.beginningOffsets(Set.of(partition)).get(partition);
        return Math.min(start, offset) - from;
    }
}
