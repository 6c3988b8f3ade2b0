package routes.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.Batches;

/**
 * Archives what one polling thread reads. After any failure it forgets what is in no file that stands: nothing of that
 * is committed, the consumer connects again, and reads it once more.
 */
final class Tap implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tap.class);
    private static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);
    /** Longer than a disk or a store takes that is well. */
    private static final long LONG_MILLIS = 10_000;

    private final ArchiveStore store;
    private final TapSettings settings;
    private final BufferFolder buffers;
    private final TapMeters meters;
    private final Clock clock;
    private final StandingFiles standing;
    private final CaptureEncoder encoder = new CaptureEncoder();
    private final PartitionTap.Watch watch = new Watch();
    private final Map<TopicPartition, PartitionTap> partitions = new HashMap<>();
    private final Set<TopicPartition> seen = new HashSet<>();
    private final Map<TopicPartition, Long> read = new ConcurrentHashMap<>();
    private Consumer<?, ?> current;
    private boolean readAgain;
    private long oldestOfTrouble = Long.MAX_VALUE;
    // What is asked of it by others, who must not wait for a store that does not answer.
    private final Map<TopicPartition, String> stopped = new ConcurrentSkipListMap<>(BY_NAME);
    private volatile String trouble;
    private volatile long oldest = Long.MAX_VALUE;
    private volatile long busySince = Long.MAX_VALUE;

    Tap(ArchiveStore store, TapSettings settings, BufferFolder buffers, TapMeters meters, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.buffers = buffers;
        this.meters = meters;
        this.clock = clock;
        this.standing = new StandingFiles(store, settings.namespace());
    }

    /**
     * Takes a batch.
     *
     * @param consumer that read it, and is asked for its assignment and commits
     * @param records in the order of each partition
     * @throws IOException if the store or the disk fails, or what the batch holds does not follow on what was taken: the
     *     consumer is to read again from its commit
     */
    synchronized void take(Consumer<?, ?> consumer, List<CapturedRecord> records) throws IOException {
        boolean taken = false;
        busySince = clock.millis();
        try {
            requireCurrent(consumer);
            if (trouble != null) {
                store.probe();
            }
            for (Map.Entry<TopicPartition, List<CapturedRecord>> ofPartition :
                    byPartition(records).entrySet()) {
                take(ofPartition.getKey(), ofPartition.getValue());
            }
            taken = true;
        } catch (ReadAgainException e) {
            throw e;
        } catch (IOException | UncheckedIOException e) {
            noteTrouble(e);
            throw e;
        } finally {
            // Half a batch must not be finished by anybody.
            if (!taken) {
                dropAll();
            }
            publish();
        }
    }

    private void publish() {
        busySince = Long.MAX_VALUE;
        oldest = Math.min(oldestOfTrouble, oldestTaken().orElse(Long.MAX_VALUE));
        stopped.keySet().retainAll(partitions.keySet());
        partitions.forEach((partition, tap) -> tap.stopped().ifPresent(reason -> stopped.put(partition, reason)));
    }

    private void requireCurrent(Consumer<?, ?> consumer) throws IOException {
        if (consumer != current) {
            dropAll();
            seen.clear();
            readAgain = false;
            current = consumer;
        } else if (readAgain) {
            throw new ReadAgainException("what was read is read again, after the failure before");
        }
        Set<TopicPartition> gone = new HashSet<>(partitions.keySet());
        gone.removeAll(consumer.assignment());
        for (TopicPartition partition : gone) {
            read.remove(partition);
            partitions.remove(partition).drop();
        }
    }

    private static Map<TopicPartition, List<CapturedRecord>> byPartition(List<CapturedRecord> records) {
        Map<TopicPartition, List<CapturedRecord>> byPartition = new LinkedHashMap<>();
        for (CapturedRecord record : records) {
            byPartition
                    .computeIfAbsent(new TopicPartition(record.topic(), record.partition()), any -> new ArrayList<>())
                    .add(record);
        }
        return byPartition;
    }

    private void take(TopicPartition partition, List<CapturedRecord> records) throws IOException {
        PartitionTap tap = following(partition, records.get(0));
        long now = clock.millis();
        for (CapturedRecord record : records) {
            tap.take(record, now);
        }
        tap.pause();
        read.put(partition, tap.next());
    }

    /** The partition's tap, which goes on at this record; a new one if the partition was elsewhere meanwhile. */
    private PartitionTap following(TopicPartition partition, CapturedRecord record) throws IOException {
        PartitionTap tap = partitions.get(partition);
        if (tap != null && record.offset() == tap.next()) {
            return tap;
        }
        long committed = committed(partition);
        // Compaction and transactions leave gaps; if the commit is ours still, nobody else has had the partition.
        if (tap != null && record.offset() > tap.next() && tap.isOwn(committed)) {
            return tap;
        }
        boolean cut = tap != null && tap.isCutBy(record);
        if (tap != null) {
            partitions.remove(partition).drop();
        }
        return begin(partition, record.offset(), committed, cut);
    }

    /** @param cut whether the log has lost its end since it was read */
    private PartitionTap begin(TopicPartition partition, long offset, long committed, boolean cut) throws IOException {
        // A consumer that has just connected begins at the commit, at the first record behind it, or where the log was
        // cut off before it. Any other offset is of records that were fetched before the partition went elsewhere and
        // came back.
        boolean first = seen.add(partition);
        if (!first && offset != committed && !(cut && offset <= committed)) {
            throw new ReadAgainException(partition + ": the batch begins at offset " + offset + ", the commit is "
                    + committed + "; it is read again from there");
        }
        PartitionTap tap = new PartitionTap(partition, offset, committed, settings, standing, encoder, buffers, watch);
        partitions.put(partition, tap);
        return tap;
    }

    private long committed(TopicPartition partition) {
        OffsetAndMetadata committed = current.committed(Set.of(partition)).get(partition);
        return committed == null ? -1 : committed.offset();
    }

    /** What may be committed: by partition, the offset after the last record that is in a file that stands. */
    synchronized Map<TopicPartition, Long> committable() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach((partition, tap) -> {
            tap.committable().ifPresent(offset -> offsets.put(partition, offset));
        });
        return offsets;
    }

    /** These have been committed. */
    synchronized void committed(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            PartitionTap tap = partitions.get(partition);
            if (tap != null) {
                tap.committed(offset);
            }
        });
    }

    /**
     * By partition that it holds, the offset that it takes next; none while the store takes nothing. Asked by others, who
     * must not wait for a store that does not answer.
     */
    Map<TopicPartition, Long> read() {
        return trouble == null ? Map.copyOf(read) : Map.of();
    }

    /** Finishes the files of partitions that have been idle, and has the consumer commit what they hold. */
    synchronized void finishIdle() {
        finish(tap -> tap.finishIfIdle(clock.millis()));
        Map<TopicPartition, Long> stands = committable();
        if (!stands.isEmpty() && Batches.commitLater(current, stands)) {
            committed(stands);
        }
    }

    /**
     * Finishes all files, up to the first for which the store does not answer. They are not committed: whoever reads their
     * records next finds them.
     */
    synchronized void finishAll() {
        finish(PartitionTap::finish);
    }

    private void finish(Step step) {
        busySince = clock.millis();
        for (Iterator<PartitionTap> taps = partitions.values().iterator(); !readAgain && taps.hasNext(); ) {
            try {
                step.run(taps.next());
            } catch (ReadAgainException e) {
                LOG.info("{}", e.getMessage());
                readAgain = true;
            } catch (ArchiveException e) {
                noteTrouble(e);
            } catch (IOException | RuntimeException e) {
                // The timer has to go on, whatever it is; but not to the next file, which might wait as long.
                noteTrouble(e);
                break;
            }
        }
        publish();
    }

    /** Of all partitions. */
    private final class Watch implements PartitionTap.Watch {
        @Override
        public void archived(ArchiveFile file) {
            meters.archived(file);
            if (trouble != null) {
                LOG.info("the archive goes on: {} stands", file.path());
            }
            trouble = null;
            oldestOfTrouble = Long.MAX_VALUE;
        }

        @Override
        public void truncated(String topic, long records) {
            meters.truncated(topic, records);
        }
    }

    private void noteTrouble(Exception e) {
        oldestOfTrouble = Math.min(oldestOfTrouble, oldestTaken().orElse(Long.MAX_VALUE));
        if (trouble == null) {
            LOG.warn("the archive in {} takes nothing now: {}; nothing is skipped", store.description(), e.toString());
        }
        trouble = "the archive in " + store.description() + " takes nothing: " + e;
    }

    private void dropAll() throws IOException {
        read.clear();
        try {
            for (PartitionTap tap : partitions.values()) {
                tap.drop();
            }
        } finally {
            partitions.clear();
        }
    }

    private OptionalLong oldestTaken() {
        return partitions.values().stream()
                .flatMap(tap -> tap.oldestMillis().stream())
                .mapToLong(Long::longValue)
                .min();
    }

    /** The time of the oldest record that was read and is in no file that stands, milliseconds since 1970. */
    OptionalLong oldestMillis() {
        long known = oldest;
        return known == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(known);
    }

    /** What keeps it, or one of its partitions, from archiving; empty if nothing does. */
    Optional<String> trouble() {
        long since = busySince;
        if (trouble == null && clock.millis() - LONG_MILLIS > since) {
            return Optional.of("the archive in " + store.description() + " has not answered for "
                    + (clock.millis() - since) / 1000 + " s");
        }
        return Optional.ofNullable(trouble).or(() -> stopped.values().stream().findFirst());
    }

    /** The partitions that are not archived, with the reason. */
    Map<TopicPartition, String> stopped() {
        return Collections.unmodifiableMap(stopped);
    }

    @Override
    public synchronized void close() {
        try {
            dropAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            encoder.close();
        }
    }

    private interface Step {
        void run(PartitionTap tap) throws IOException;
    }
}
