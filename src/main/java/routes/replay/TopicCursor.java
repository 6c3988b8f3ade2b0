package routes.replay;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The records of one partition by their offsets, fast as long as these ascend. Holds what one poll has brought. */
final class TopicCursor {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What lies so far ahead is not read up to, but jumped to. */
    private static final long FAR = 5_000;

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final long end;
    private long begin;
    private long next = -1;
    private Iterator<ConsumerRecord<byte[], byte[]>> polled = Collections.emptyIterator();
    private ConsumerRecord<byte[], byte[]> head;

    /** @param consumer is assigned this partition, and used for no other as long as this is in use */
    TopicCursor(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        this.consumer = consumer;
        this.partition = partition;
        consumer.assign(Set.of(partition));
        this.begin = consumer.beginningOffsets(Set.of(partition)).get(partition);
        this.end = consumer.endOffsets(Set.of(partition)).get(partition);
    }

    /** The first offset that the topic still has, as far as has been noticed. */
    long begin() {
        return begin;
    }

    /** One more than the last offset, as it was when this was made. */
    long end() {
        return end;
    }

    /**
     * @return null if the topic has no record of this offset, or has it no more
     * @throws AuditException if Kafka stops answering
     */
    ConsumerRecord<byte[], byte[]> at(long offset) {
        if (offset < begin || offset >= end) {
            return null;
        }
        moveTo(offset);
        if (head == null || head.offset() == offset) {
            return head;
        }
        noticeExpiry(offset);
        return null;
    }

    private void moveTo(long offset) {
        boolean behind = head == null ? offset < next : offset < head.offset();
        if (next < 0 || behind || offset > next + FAR) {
            consumer.seek(partition, offset);
            polled = Collections.emptyIterator();
            head = null;
            next = offset;
        }
        long since = System.nanoTime();
        while ((head == null || head.offset() < offset) && next < end) {
            if (polled.hasNext()) {
                head = polled.next();
                next = head.offset() + 1;
                since = System.nanoTime();
            } else {
                poll(since);
            }
        }
        if (head != null && head.offset() < offset) {
            head = null;
        }
    }

    private void poll(long since) {
        polled = consumer.poll(POLL).records(partition).iterator();
        if (!polled.hasNext()) {
            // The last offsets may have no records.
            next = Math.max(next, consumer.position(partition));
            if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new AuditException("Kafka has given no record of " + partition.topic() + "/"
                        + partition.partition() + " for " + PATIENCE.toSeconds() + " s, at offset " + next
                        + "; check that it runs, and begin again");
            }
        }
    }

    /** Transactions and compaction leave offsets without records; only if the log begins later have they expired. */
    private void noticeExpiry(long offset) {
        long now = consumer.beginningOffsets(Set.of(partition)).get(partition);
        if (now > offset) {
            begin = now;
        }
    }
}
