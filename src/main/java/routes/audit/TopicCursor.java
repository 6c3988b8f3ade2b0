package routes.audit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import routes.kafka.KafkaCluster;
import routes.kafka.LogReader;
import routes.kafka.OffsetRange;
import routes.kafka.Timestamps;

/** The records of one partition by their offsets, fast as long as these ascend. Holds what one poll has brought. */
final class TopicCursor implements AutoCloseable {
    /** What lies so far ahead is not read up to, but jumped to. */
    private static final long FAR = 5_000;

    /** Two pieces of the largest messages fit beside what the audit keeps. */
    private static final Map<String, Object> READING =
            Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);

    private final KafkaCluster cluster;
    private final TopicPartition partition;
    private final LogReader reader;
    private final ArrayDeque<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();
    private final long end;
    private long begin;
    /** The offset of the next record in hand, or from which it is read on. */
    private long next = Long.MAX_VALUE;

    TopicCursor(KafkaCluster cluster, TopicPartition partition) {
        this.cluster = cluster;
        this.partition = partition;
        this.reader = new LogReader(cluster, (expired, from, now) -> begin = now, READING);
        this.begin = offset(OffsetSpec.earliest());
        this.end = offset(OffsetSpec.latest());
    }

    private long offset(OffsetSpec spec) {
        return cluster.offsets(List.of(partition), spec).get(partition).offset();
    }

    /** The first offset that the topic still has, as far as has been noticed. */
    long begin() {
        return begin;
    }

    /** One more than the last offset, as it was when this was made. */
    long end() {
        return end;
    }

    /** The first offset that is not older; the end where there is none. */
    long firstSince(Instant time) {
        long found = offset(OffsetSpec.forTimestamp(Timestamps.of(time)));
        return found < 0 ? end : found;
    }

    /** @return null if the topic has no record of this offset, or has it no more */
    ConsumerRecord<byte[], byte[]> at(long offset) {
        if (offset < begin || offset >= end) {
            return null;
        }
        if (offset < next || offset > next + FAR) {
            polled.clear();
            reader.from(Map.of(partition, new OffsetRange(offset, end)));
            next = offset;
        }
        while (next < offset || polled.isEmpty() && reader.isOpen(partition)) {
            if (polled.poll() == null) {
                if (!reader.isOpen(partition)) {
                    return null;
                }
                reader.poll(Set.of(partition), polled::add);
            }
            next = polled.isEmpty()
                    ? reader.position(partition)
                    : polled.element().offset();
        }
        return next == offset ? polled.peek() : null;
    }

    @Override
    public void close() {
        reader.close();
    }
}
