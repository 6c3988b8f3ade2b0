package routes.archive;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.LogId;

/**
 * One partition as one polling thread archives it, from where it was committed on: the file that is being written, and up
 * to where files stand. Every file begins with the record after the last one of the file before, and the commit is always
 * such a place: that is why whoever goes on from it finds what stands, and nobody archives a record a second time.
 *
 * <p>What stands is gone through beside the topic, record by record: where the topic has another record, the broker has
 * lost the end of its log, and what it has there now is archived in files beside the old ones, which say a higher leader
 * epoch.
 */
final class PartitionTap {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionTap.class);

    private final TopicPartition partition;
    private final TapSettings settings;
    private final StandingFiles standing;
    private final CaptureEncoder encoder;
    private final BufferFolder buffers;
    private final Watch watch;
    private final long committedBefore;
    private final long begun;
    private long committed;
    private long standsTo;
    private long next;
    private LogId log = LogId.UNKNOWN;
    private boolean lookUp = true;
    /** Below it, files have stood and were removed; −1: not asked yet. */
    private long removedTo = -1;

    private StandingFile beside;
    private CaptureWriter file;
    private boolean sealed;
    private long lastRecordMillis;
    private String stopped;

    /**
     * @param offset that it begins with
     * @param committed the group's commit, -1 if there is none; behind the offset if the log has lost its end since
     */
    PartitionTap(
            TopicPartition partition,
            long offset,
            long committed,
            TapSettings settings,
            StandingFiles standing,
            CaptureEncoder encoder,
            BufferFolder buffers,
            Watch watch) {
        this.partition = partition;
        this.committedBefore = committed;
        this.committed = committed;
        this.begun = Math.min(committed, offset);
        this.standsTo = begun;
        this.settings = settings;
        this.standing = standing;
        this.encoder = encoder;
        this.buffers = buffers;
        this.watch = watch;
    }

    /** @param nowMillis when it came, by the clock: from then on the partition is idle */
    void take(CapturedRecord record, long nowMillis) throws IOException {
        next = record.offset() + 1;
        log = record.log();
        lastRecordMillis = nowMillis;
        if (file != null && (sealed || isOver(record))) {
            finish();
        }
        if (stopped == null && record.offset() >= standsTo && !standsAlready(record)) {
            write(record);
        }
    }

    /** A file is of one leader epoch, so that it is known which of two files with the same offsets came later. */
    private boolean isOver(CapturedRecord record) {
        return record.timestampMillis() - file.firstTimeMillis() >= windowMillis()
                || !record.log().equals(file.log());
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

    /** Whether the record is in the archive since before, or its partition is not archived. */
    private boolean standsAlready(CapturedRecord record) throws IOException {
        if (removedTo < 0) {
            removedTo = standing.removedTo(record);
        }
        if (lookUp && record.offset() < removedTo) {
            standsTo = record.offset() + 1;
            return true;
        }
        ArchiveFile differs = null;
        while (stopped == null && (beside != null || lookUp)) {
            if (beside == null) {
                lookUp = false;
                lookFor(record, differs);
            } else if (record.offset() > beside.file().lastOffset()) {
                passed();
            } else if (beside.holds(record)) {
                if (record.offset() == beside.file().lastOffset()) {
                    passed();
                }
                return true;
            } else {
                differs = beside.file();
                closeBeside();
                lookUp = true;
            }
        }
        return stopped != null;
    }

    private void passed() throws IOException {
        standsTo = beside.file().lastOffset() + 1;
        closeBeside();
        lookUp = true;
    }

    private void closeBeside() throws IOException {
        StandingFile done = beside;
        beside = null;
        if (done != null) {
            done.close();
        }
    }

    /** @param differs the file that holds the records before this one and another in its place; null if none does */
    private void lookFor(CapturedRecord record, ArchiveFile differs) throws IOException {
        beside = standing.beginningWith(record).orElse(null);
        Optional<ArchiveFile> newest = beside == null ? standing.newest(record) : Optional.empty();
        if (newest.isEmpty()) {
            return;
        }
        ArchiveFile last = newest.get();
        boolean sameTopic = last.log().isOfSameTopic(record.log());
        if (!sameTopic) {
            stopUnlessTold(
                    record,
                    last,
                    isOtherCluster(last, record) ? "that is of another cluster" : "the topic was made again");
        }
        boolean behind = differs != null || last.lastOffset() >= record.offset();
        if (stopped == null && (behind || !isBoundary(record.offset()))) {
            beside = standing.holding(record).orElse(null);
            if (beside == null && behind && sameTopic) {
                contradicted(record, differs == null ? last : differs, differs != null);
            }
        }
    }

    private static boolean isOtherCluster(ArchiveFile last, CapturedRecord record) {
        return !new LogId(last.log().cluster(), "", -1).isOfSameTopic(record.log());
    }

    /** Behind what was committed, or behind a file that stands, the next file begins: no file holds it elsewhere. */
    private boolean isBoundary(long offset) {
        return offset == standsTo && (offset > begun || offset == committedBefore);
    }

    private void contradicted(CapturedRecord record, ArchiveFile last, boolean held) {
        boolean later = !last.log().topic().isEmpty()
                && record.log().leaderEpoch() > last.log().leaderEpoch();
        if (held || later) {
            LOG.error(
                    "{}: the broker lost the records from offset {} on after they were archived, up to {} in {}; what the"
                            + " topic has there now is archived in files beside those",
                    partition,
                    record.offset(),
                    last.lastOffset(),
                    last.path());
            watch.truncated(partition.topic(), last.lastOffset() + 1 - record.offset());
        } else {
            stopUnlessTold(record, last, "the topic was made again, or files were removed");
        }
    }

    private void stopUnlessTold(CapturedRecord record, ArchiveFile last, String why) {
        if (!settings.goOnAfterRecreation()) {
            stopped = partition + ": the archive holds offsets up to " + last.lastOffset() + " (" + last.path()
                    + "), but not the record that now has offset " + record.offset() + ": " + why
                    + "; this partition is not archived. Set archive.recreated=continue to archive it beside what is"
                    + " there, or another archive.namespace";
            LOG.error("{}", stopped);
        }
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
     * @throws ReadAgainException if another process has put a shorter one, or one with other records: what is missing of
     *     it must be read again
     */
    void finish() throws IOException {
        if (file == null) {
            return;
        }
        // The store may have it, whatever it says: nothing may be added any more.
        sealed = true;
        file.finish();
        StandingFile stands = standing.put(file.file());
        try {
            requireSame(stands);
        } catch (IOException e) {
            stands.close();
            throw e;
        }
        CaptureWriter done = file;
        file = null;
        if (stands.file().lastOffset() > done.lastOffset()) {
            // Whoever put a longer file may have put others after it.
            beside = stands;
        } else {
            standsTo = stands.file().lastOffset() + 1;
            stands.close();
        }
        watch.archived(stands.file());
        done.discard();
    }

    private void requireSame(StandingFile stands) throws IOException {
        if (stands.wasCreated()) {
            return;
        }
        if (!StandingFiles.isSame(stands, file.file())) {
            throw new ReadAgainException(stands.file().path() + ": another process has archived other records of "
                    + partition + " than the topic had when they were read here; they are read again");
        }
        if (stands.file().lastOffset() < file.lastOffset()) {
            throw new ReadAgainException(stands.file().path() + ": another process has archived " + partition
                    + " up to offset " + stands.file().lastOffset() + "; what follows is read again");
        }
    }

    /** Forgets what no file in the store holds. */
    void drop() throws IOException {
        closeBeside();
        CaptureWriter dropped = file;
        file = null;
        if (dropped != null) {
            dropped.discard();
        }
    }

    private long windowMillis() {
        return settings.window().toMillis();
    }

    void committed(long offset) {
        committed = offset;
    }

    /** Whether nobody else can have archived from there on: it is what was committed before, or here since. */
    boolean isOwn(long groupsCommit) {
        return groupsCommit == committedBefore || groupsCommit <= committed;
    }

    /** The first offset that is in no file that stands, if it is to be committed; empty if nothing is. */
    OptionalLong committable() {
        return standsTo > begun && standsTo != committed ? OptionalLong.of(standsTo) : OptionalLong.empty();
    }

    /** The offset after the last one taken. */
    long next() {
        return next;
    }

    /** Whether a broker that had lost the end of its log has put this record where others were read. */
    boolean isCutBy(CapturedRecord record) {
        return record.offset() < next
                && record.log().isOfSameTopic(log)
                && record.log().leaderEpoch() > log.leaderEpoch();
    }

    /** When its oldest record that is in no file yet was written to Kafka; empty if there is none. */
    Optional<Long> oldestMillis() {
        return Optional.ofNullable(file).map(CaptureWriter::firstTimeMillis);
    }

    /** Why it is not archived; empty if it is. */
    Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** Told of what becomes of the files. */
    interface Watch {
        /** It now stands. */
        void archived(ArchiveFile file);

        /** So many records of the archive have been lost by their topic. */
        void truncated(String topic, long records);
    }
}
