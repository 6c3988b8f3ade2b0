package routes.archive;

import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition as one polling thread archives it, from where it was committed on: the file that is being written, and up
 * to where files stand. Every file begins with the record after the last one of the file before, and the commit is always
 * such a place: that is why whoever goes on from it finds what stands, and nobody archives a record a second time.
 */
final class PartitionTap {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionTap.class);

    private final TopicPartition partition;
    private final TapSettings settings;
    private final StandingFiles standing;
    private final CaptureEncoder encoder;
    private final BufferFolder buffers;
    private final Archived archived;
    private long committed;
    private long standsTo;
    private long next;
    private boolean lookUp = true;
    private CaptureWriter file;
    private boolean sealed;
    private long lastRecordMillis;
    private String stopped;

    /** @param committed the group's commit, -1 if there is none */
    PartitionTap(
            TopicPartition partition,
            long committed,
            TapSettings settings,
            StandingFiles standing,
            CaptureEncoder encoder,
            BufferFolder buffers,
            Archived archived) {
        this.partition = partition;
        this.committed = committed;
        this.standsTo = committed;
        this.settings = settings;
        this.standing = standing;
        this.encoder = encoder;
        this.buffers = buffers;
        this.archived = archived;
    }

    /** @param nowMillis when it came, by the clock: from then on the partition is idle */
    void take(CapturedRecord record, long nowMillis) throws IOException {
        next = record.offset() + 1;
        lastRecordMillis = nowMillis;
        if (file != null && (sealed || record.timestampMillis() - file.firstTimeMillis() >= windowMillis())) {
            finish();
        }
        if (stopped == null && record.offset() >= standsTo && !(lookUp && standsAlready(record))) {
            write(record);
        }
    }

    private void write(CapturedRecord record) throws IOException {
        if (file == null) {
            file = new CaptureWriter(encoder, buffers.newFile(), record);
            sealed = false;
        }
        file.add(record);
        if (file.bytes() >= settings.maxBytes()) {
            finish();
        }
    }

    /** Whether the record, with which this reading begins, is in the archive since before. */
    private boolean standsAlready(CapturedRecord record) throws IOException {
        Optional<ArchiveFile> found = standing.beginningWith(record);
        if (found.isEmpty()) {
            Optional<ArchiveFile> newest = standing.newest(record);
            if (newest.isPresent() && newest.get().lastOffset() >= record.offset()) {
                found = standing.holding(record);
                if (found.isEmpty() && !settings.goOnAfterRecreation()) {
                    stop(record, newest.get());
                    return true;
                }
            }
        }
        found.ifPresentOrElse(before -> standsTo = before.lastOffset() + 1, () -> lookUp = false);
        return found.isPresent();
    }

    private void stop(CapturedRecord record, ArchiveFile newest) {
        stopped = partition + ": the archive holds offsets up to " + newest.lastOffset() + " (" + newest.path()
                + "), but not the record that now has offset " + record.offset()
                + ": the topic was made again, or files were removed; this partition is not archived. Set"
                + " archive.recreated=continue to archive it beside what is there";
        LOG.error("{}", stopped);
    }

    /** What was taken is on disk; the encoder is free for other partitions. */
    void pause() throws IOException {
        if (file != null) {
            file.pause();
            if (file.bytes() >= settings.maxBytes()) {
                finish();
            }
        }
    }

    /** Finishes the file if nothing has been added to it for the window's length. May be tried again if it fails. */
    void finishIfIdle(long nowMillis) throws IOException {
        if (nowMillis - lastRecordMillis >= windowMillis()) {
            finish();
        }
    }

    /**
     * Puts the file into the store, if one is being written. If that fails, it may be tried again.
     *
     * @throws ReadAgainException if another process has put a shorter one: what is missing of it must be read again
     */
    void finish() throws IOException {
        if (file == null) {
            return;
        }
        // The store may have it, whatever it says: nothing may be added any more.
        sealed = true;
        file.finish();
        ArchiveFile stands = standing.put(file.file());
        if (stands.lastOffset() < file.lastOffset()) {
            throw new ReadAgainException(stands.path() + ": another process has archived " + partition
                    + " up to offset " + stands.lastOffset() + "; what follows is read again");
        }
        // Whoever put a longer file may have put others after it.
        lookUp = stands.lastOffset() > file.lastOffset();
        standsTo = stands.lastOffset() + 1;
        CaptureWriter done = file;
        file = null;
        archived.archived(stands);
        done.discard();
    }

    /** Forgets what no file in the store holds. */
    void drop() throws IOException {
        CaptureWriter dropped = file;
        file = null;
        if (dropped != null) {
            dropped.discard();
        }
    }

    private long windowMillis() {
        return settings.window().toMillis();
    }

    long committed() {
        return committed;
    }

    void committed(long offset) {
        committed = offset;
    }

    /** The first offset that is in no file that stands; what may be committed. */
    long standsTo() {
        return standsTo;
    }

    /** The offset after the last one taken. */
    long next() {
        return next;
    }

    /** When its oldest record that is in no file yet was written to Kafka; empty if there is none. */
    Optional<Long> oldestMillis() {
        return Optional.ofNullable(file).map(CaptureWriter::firstTimeMillis);
    }

    /** Why it is not archived; empty if it is. */
    Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** Told of each file that now stands. */
    interface Archived {
        void archived(ArchiveFile file);
    }
}
