package routes.replay;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import routes.archive.ArchiveFile;
import routes.archive.ArchiveStore;
import routes.archive.CaptureReader;
import routes.archive.CapturedRecord;
import routes.kafka.OffsetRange;

/** Reads the range from the files of an archive: of each partition one file at a time, and each offset once. */
final class ArchiveSource implements ReplaySource {
    private final ArchiveStore store;
    private final String topic;
    private final List<Unread> partitions = new ArrayList<>();
    private final PriorityQueue<Unread> ready =
            new PriorityQueue<>(Comparator.<Unread>comparingLong(unread -> unread.head.timestamp())
                    .thenComparing(unread -> unread.partition));
    private final List<String> problems = new ArrayList<>();

    /** @param files by partition, in the order of their offsets */
    ArchiveSource(ArchiveStore store, String topic, SortedMap<Integer, List<ArchiveFile>> files, ReplayRange range) {
        this.store = store;
        this.topic = topic;
        range.nonEmpty().forEach((partition, span) -> {
            Unread unread = new Unread(partition, span, files.get(partition));
            partitions.add(unread);
            forward(unread);
        });
    }

    /** What is to come of one partition. */
    private static final class Unread {
        private final int partition;
        private final long end;
        private final Deque<ArchiveFile> files = new ArrayDeque<>();
        private long next;
        private ArchiveFile file;
        private CaptureReader reader;
        private Original head;

        Unread(int partition, OffsetRange span, List<ArchiveFile> all) {
            this.partition = partition;
            this.next = span.begin();
            this.end = span.end();
            all.stream()
                    .filter(file -> file.lastOffset() >= span.begin() && file.firstOffset() < span.end())
                    .forEach(files::add);
        }
    }

    @Override
    public boolean isDone() {
        return ready.isEmpty();
    }

    @Override
    public Optional<Original> next() {
        Unread unread = ready.poll();
        if (unread == null) {
            return Optional.empty();
        }
        Original record = unread.head;
        forward(unread);
        return Optional.of(record);
    }

    /** To the next record of the range, in this file or one of the next. */
    private void forward(Unread unread) {
        unread.head = null;
        while (unread.head == null && unread.next < unread.end && (unread.reader != null || open(unread))) {
            read(unread);
        }
        if (unread.head != null) {
            missing(unread, unread.head.offset());
            unread.next = unread.head.offset() + 1;
            ready.add(unread);
        } else {
            close(unread);
            missing(unread, unread.end);
            unread.next = unread.end;
        }
    }

    private boolean open(Unread unread) {
        while (!unread.files.isEmpty()) {
            try {
                unread.file = unread.files.remove();
                unread.reader = CaptureReader.open(store, unread.file.path());
                return true;
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
        }
        return false;
    }

    private void read(Unread unread) {
        try {
            CapturedRecord record = unread.reader.next();
            if (record == null) {
                close(unread);
            } else if (record.offset() >= unread.end) {
                unread.files.clear();
                close(unread);
            } else if (record.offset() >= unread.next && record.offset() < unread.file.lostFrom()) {
                unread.head = original(unread, record);
            }
        } catch (IOException e) {
            problems.add(e.getMessage());
            close(unread);
        }
    }

    private static Original original(Unread unread, CapturedRecord record) {
        return new Original(
                unread.partition,
                record.offset(),
                record.timestampMillis(),
                record.key(),
                record.value(),
                record.headers());
    }

    private void missing(Unread unread, long found) {
        if (found > unread.next) {
            problems.add("offsets " + unread.next + " to " + (found - 1) + " of " + topic + "/" + unread.partition
                    + " could not be read in the archive, and were left out");
        }
    }

    private void close(Unread unread) {
        if (unread.reader != null) {
            try {
                unread.reader.close();
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
            unread.reader = null;
        }
    }

    @Override
    public List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public void close() {
        partitions.forEach(this::close);
    }
}
