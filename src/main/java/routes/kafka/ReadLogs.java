package routes.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The logs that one consumer reads: how far each was read, in which leader epochs, and of which topic id. An offset alone
 * names no record: a broker can lose the end of a log, a topic can be deleted and created. Both are noticed here, as are
 * records that expired before they were read.
 *
 * <p>For the polling thread of one consumer. It asks the broker only for new partitions and where an offset is missing.
 */
final class ReadLogs {
    /** Begins the metadata of a commit, which then names the topic's id. */
    private static final String TOPIC_ID = "topic-id=";

    private final Consumer<?, ?> consumer;
    private final Function<String, Uuid> topicIds;
    private final ConsumerTroubles troubles;
    private final Map<TopicPartition, Log> logs = new HashMap<>();

    /**
     * @param consumer is told to read from the start what was created again
     * @param topicIds the id of a topic as the consumer's own metadata has it; {@link Uuid#ZERO_UUID} if not known
     */
    ReadLogs(Consumer<?, ?> consumer, Function<String, Uuid> topicIds, ConsumerTroubles troubles) {
        this.consumer = consumer;
        this.topicIds = topicIds;
        this.troubles = troubles;
    }

    /** These partitions are read from now on, from where their group has committed. */
    void assigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(new HashSet<>(partitions));
        for (TopicPartition partition : partitions) {
            troubles.reads(partition.topic());
            OffsetAndMetadata last = committed.get(partition);
            Uuid named = last == null ? Uuid.ZERO_UUID : topicOf(last.metadata());
            Uuid now = topicIds.apply(partition.topic());
            // Of a topic that was just deleted the metadata says nothing: then the commit's counts, until they do.
            Log log = new Log(isKnown(now) ? now : named);
            logs.put(partition, log);
            if (isKnown(now) && isKnown(named) && !now.equals(named)) {
                readFromStart(partition, log);
            } else if (last != null) {
                log.next = last.offset();
                log.begun = last.offset();
                last.leaderEpoch().ifPresent(epoch -> log.epochs.put(last.offset() - 1, epoch));
            }
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        logs.keySet().removeAll(partitions);
    }

    /** What {@link #commitOf} wrote; nothing of an earlier version's commits or somebody else's. */
    private static Uuid topicOf(String metadata) {
        if (metadata == null || !metadata.startsWith(TOPIC_ID)) {
            return Uuid.ZERO_UUID;
        }
        try {
            return Uuid.fromString(metadata.substring(TOPIC_ID.length()));
        } catch (IllegalArgumentException noId) {
            return Uuid.ZERO_UUID;
        }
    }

    private static boolean isKnown(Uuid topic) {
        return topic != null && !topic.equals(Uuid.ZERO_UUID);
    }

    private void readFromStart(TopicPartition partition, Log log) {
        troubles.createdAgain(partition);
        consumer.seekToBeginning(Set.of(partition));
        log.next = -1;
        log.begun = -1;
        log.epochs.clear();
    }

    /**
     * Topics that were created again since the last call: the consumer reads them from the start.
     *
     * @return their partitions; what was polled or is owed of them belongs to the former topic, or comes again
     */
    Set<TopicPartition> createdAgain() {
        Set<TopicPartition> found = new HashSet<>();
        logs.forEach((partition, log) -> {
            Uuid now = topicIds.apply(partition.topic());
            if (isKnown(now) && !now.equals(log.topic)) {
                if (isKnown(log.topic)) {
                    readFromStart(partition, log);
                    found.add(partition);
                }
                log.topic = now;
            }
        });
        return found;
    }

    /**
     * Looks at the offsets of what was polled.
     *
     * @return partitions of which the broker has lost records that were read: what is owed of them is not to be committed
     */
    List<TopicPartition> polled(ConsumerRecords<?, ?> records) {
        List<TopicPartition> truncated = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            Log log = logs.get(partition);
            if (log != null && advance(partition, log, records.records(partition))) {
                truncated.add(partition);
            }
        }
        return truncated;
    }

    private <K, V> boolean advance(TopicPartition partition, Log log, List<ConsumerRecord<K, V>> records) {
        long first = records.get(0).offset();
        boolean truncated = first < log.next;
        if (truncated) {
            troubles.truncated(partition, first, log.next);
            log.epochs.tailMap(first, true).clear();
        } else if (log.next >= 0 && first > log.next) {
            long start = consumer.beginningOffsets(Set.of(partition)).get(partition);
            if (Math.min(start, first) > log.next) {
                troubles.expired(partition, Math.min(start, first) - log.next);
            }
        }
        records.forEach(log::add);
        return truncated;
    }

    /** Whether the offset lies after the commit with which reading began here. */
    boolean hasPassed(TopicPartition partition, long offset) {
        Log log = logs.get(partition);
        return log != null && offset > log.begun;
    }

    /** Which log a record is of that was read from the partition. */
    LogId of(String cluster, TopicPartition partition, long offset) {
        Log log = logs.get(partition);
        if (log == null) {
            return LogId.UNKNOWN;
        }
        Map.Entry<Long, Integer> epoch = log.epochs.floorEntry(offset);
        return new LogId(
                cluster, isKnown(log.topic) ? log.topic.toString() : "", epoch == null ? -1 : epoch.getValue());
    }

    /** A commit that says of which topic id and leader epoch it is. */
    OffsetAndMetadata commitOf(TopicPartition partition, long next) {
        Log log = logs.get(partition);
        if (log == null) {
            return new OffsetAndMetadata(next);
        }
        return new OffsetAndMetadata(
                next, log.epochBefore(next), metadata(isKnown(log.topic) ? log.topic.toString() : ""));
    }

    /** What a commit says of its topic, whose id may be empty. */
    static String metadata(String topicId) {
        return topicId.isEmpty() ? "" : TOPIC_ID + topicId;
    }

    private static final class Log {
        private Uuid topic;
        /** The offset after the last one that was read; −1: none was. */
        private long next = -1;
        /** The commit with which reading began; −1: there was none, or it counts for nothing. */
        private long begun = -1;
        /** By the offset of its first record, as far as it is known. */
        private final NavigableMap<Long, Integer> epochs = new TreeMap<>();

        Log(Uuid topic) {
            this.topic = topic;
        }

        void add(ConsumerRecord<?, ?> record) {
            next = record.offset() + 1;
            Integer epoch = record.leaderEpoch().orElse(null);
            Map.Entry<Long, Integer> last = epochs.lastEntry();
            if (epoch != null && (last == null || !Objects.equals(last.getValue(), epoch))) {
                epochs.put(record.offset(), epoch);
            }
        }

        Optional<Integer> epochBefore(long offset) {
            Map.Entry<Long, Integer> entry = epochs.floorEntry(offset - 1);
            if (entry == null) {
                return Optional.empty();
            }
            epochs.headMap(entry.getKey(), false).clear();
            return Optional.of(entry.getValue());
        }
    }
}
