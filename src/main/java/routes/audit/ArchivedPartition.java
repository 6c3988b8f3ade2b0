package routes.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import routes.archive.ArchiveFile;
import routes.archive.ArchiveStore;
import routes.archive.CaptureReader;
import routes.archive.CapturedRecord;
import routes.audit.Audit.Limits;
import routes.audit.StageCount.Example;

/**
 * Goes through the files of one partition and counts what is wrong with them. It remembers which offsets are missing, and
 * nothing of those that follow one another.
 */
final class ArchivedPartition {
    private final ArchiveStore store;
    private final TopicPartition partition;
    private final List<ArchiveFile> files;
    private final TopicCursor topic;
    private final StageCount count;
    private final List<String> problems;
    private final Limits limits;
    private final RigSequence offsets = new RigSequence();
    private final Run again = new Run();
    private final Run incomparable = new Run();
    private long from;
    private long highest;

    /** Offsets that follow one another. */
    private static final class Run {
        private long first = -1;
        private long last;

        boolean isEmpty() {
            return first < 0;
        }

        boolean continues(long offset) {
            return !isEmpty() && offset == last + 1;
        }

        void add(long offset) {
            first = isEmpty() ? offset : first;
            last = offset;
        }

        void clear() {
            first = -1;
        }
    }

    /** @param files those with records, in the order of their offsets */
    ArchivedPartition(
            ArchiveStore store,
            TopicPartition partition,
            List<ArchiveFile> files,
            TopicCursor topic,
            StageCount count,
            List<String> problems,
            Limits limits) {
        this.store = store;
        this.partition = partition;
        this.files = files;
        this.topic = topic;
        this.count = count;
        this.problems = problems;
        this.limits = limits;
    }

    /**
     * @param first the first offset that must be in a file
     * @param committed one more than the last offset that must be in a file
     * @param progress told which file it is at
     */
    void check(long first, long committed, Consumer<Supplier<String>> progress) {
        from = first;
        highest = first - 1;
        offsets.add(highest);
        for (ArchiveFile file : files) {
            progress.accept(() ->
                    String.format(Locale.ROOT, "%,d records of the archive, to %s", count.records(), file.path()));
            read(file);
        }
        endIncomparable();
        if (committed > highest + 1) {
            offsets.add(committed);
        }
        offsets.missing().forEach((begin, end) -> missing(begin, Math.min(end, committed - 1)));
    }

    private void read(ArchiveFile file) {
        long least = Long.MAX_VALUE;
        long greatest = -1;
        try (CaptureReader reader = CaptureReader.open(store, file.path())) {
            for (CapturedRecord record = reader.next(); record != null; record = reader.next()) {
                if (record.offset() < file.lostFrom()) {
                    take(record, file);
                    least = Math.min(least, record.offset());
                    greatest = Math.max(greatest, record.offset());
                }
            }
            if (!file.isCut() && (least != file.firstOffset() || greatest != file.lastOffset())) {
                problems.add(file.path() + ": the file says that it holds "
                        + text(file.firstOffset(), file.lastOffset()) + ", found " + text(least, greatest));
            }
        } catch (IOException e) {
            problems.add(e.getMessage());
            unread(file);
        }
        endAgain(file);
    }

    private void take(CapturedRecord record, ArchiveFile file) {
        if (record.offset() < from) {
            return;
        }
        switch (offsets.add(record.offset())) {
            case AGAIN -> again(record.offset(), file);
            case LATE -> late(record.offset(), file);
            default -> {
                count.records(1);
                highest = record.offset();
            }
        }
        if (offsets.missing().size() > limits.missing()) {
            throw new AuditException("the archive of " + name() + " has more than " + limits.missing()
                    + " gaps, which is more than fits into memory; look at a shorter time with --since");
        }
        compare(record, file);
    }

    private void again(long offset, ArchiveFile file) {
        if (!again.continues(offset)) {
            endAgain(file);
        }
        again.add(offset);
    }

    private void endAgain(ArchiveFile file) {
        if (!again.isEmpty()) {
            long first = again.first;
            long last = again.last;
            String before = files.stream()
                    .takeWhile(other -> other != file)
                    .filter(other -> other.firstOffset() <= last && first <= other.lastOffset())
                    .map(other -> "in " + other.path() + " and again in " + file.path())
                    .findFirst()
                    .orElse("twice in " + file.path());
            found(Fault.DOUBLED, last - first + 1, first, file.path(), stands(first, last) + before);
            again.clear();
        }
    }

    private void late(long offset, ArchiveFile file) {
        count.records(1);
        found(
                Fault.REORDERED,
                1,
                offset,
                file.path(),
                stands(offset, offset) + "in " + file.path() + " behind offset " + highest);
    }

    /** What a file that cannot be read says that it holds is neither there nor lost. */
    private void unread(ArchiveFile file) {
        long unread = 0;
        for (long offset = Math.max(from, file.firstOffset()); offset <= file.lastOffset(); offset++) {
            if (offsets.add(offset) != RigSequence.Place.AGAIN) {
                unread++;
            }
            highest = Math.max(highest, offset);
        }
        if (unread > 0) {
            count.records(unread);
            found(
                    Fault.UNVERIFIABLE,
                    unread,
                    file.firstOffset(),
                    file.path(),
                    text(file.firstOffset(), file.lastOffset()) + " should stand in " + file.path()
                            + ", which cannot be read");
        }
    }

    private void compare(CapturedRecord record, ArchiveFile file) {
        ConsumerRecord<byte[], byte[]> original = topic.at(record.offset());
        if (original == null) {
            if (!incomparable.continues(record.offset())) {
                endIncomparable();
            }
            incomparable.add(record.offset());
        } else {
            difference(original, record)
                    .ifPresent(what -> found(
                            Fault.ALTERED,
                            1,
                            record.offset(),
                            file.path(),
                            stands(record.offset(), record.offset()) + "in " + file.path() + " with another " + what));
        }
    }

    private void endIncomparable() {
        if (!incomparable.isEmpty()) {
            long first = incomparable.first;
            long last = incomparable.last;
            found(
                    Fault.UNVERIFIABLE,
                    last - first + 1,
                    first,
                    null,
                    stands(first, last)
                            + "in the archive; the content cannot be compared, as the topic has no such record"
                            + " any more");
            incomparable.clear();
        }
    }

    private static Optional<String> difference(ConsumerRecord<byte[], byte[]> original, CapturedRecord record) {
        if (!Arrays.equals(original.key(), record.key())) {
            return Optional.of("key");
        }
        if (!Arrays.equals(original.value(), record.value())) {
            return Optional.of("value");
        }
        if (!List.<Header>of(original.headers().toArray()).equals(record.headers())) {
            return Optional.of("set of headers");
        }
        return original.timestamp() == record.timestampMillis() ? Optional.empty() : Optional.of("time");
    }

    /** Transactions and compaction leave offsets without records; what has expired without a file is lost for good. */
    private void missing(long first, long last) {
        long lost = 0;
        for (long offset = first; offset <= last; offset++) {
            lost += offset < topic.begin() || topic.at(offset) != null ? 1 : 0;
        }
        if (lost > 0) {
            found(
                    Fault.LOST,
                    lost,
                    first,
                    null,
                    text(first, last) + (first == last ? " is" : " are") + " in no file" + place(first, last));
        }
    }

    private String place(long first, long last) {
        String before = null;
        for (ArchiveFile file : files) {
            if (file.firstOffset() < first && last < file.lastOffset()) {
                return "; expected within " + file.path();
            }
            if (file.firstOffset() > last) {
                return before == null
                        ? "; expected before " + file.path()
                        : "; expected between " + before + " and " + file.path();
            }
            before = file.path();
        }
        return before == null ? "" : "; expected behind " + before;
    }

    private void found(Fault fault, long number, long offset, String at, String sentence) {
        if (fault == Fault.LOST) {
            count.records(number);
        }
        count.count(fault, number, () -> new Example(null, null, name() + "/" + offset, at, sentence));
    }

    private String stands(long first, long last) {
        return text(first, last) + (first == last ? " stands " : " stand ");
    }

    private String text(long first, long last) {
        return (first == last ? "offset " + first : "offsets " + first + " to " + last) + " of " + name();
    }

    private String name() {
        return partition.topic() + "/" + partition.partition();
    }
}
