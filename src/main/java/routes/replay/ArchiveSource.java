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
    private final List<Strand> strands = new ArrayList<>();
    private final PriorityQueue<Strand> ready =
            new PriorityQueue<>(Comparator.<Strand>comparingLong(strand -> strand.head.timestamp())
                    .thenComparing(strand -> strand.partition));
    private final List<String> problems = new ArrayList<>();

    /** @param files by partition, in the order of their offsets */
    ArchiveSource(ArchiveStore store, String topic, SortedMap<Integer, List<ArchiveFile>> files, ReplayRange range) {
        this.store = store;
        this.topic = topic;
        range.nonEmpty().forEach((partition, span) -> {
            Strand strand = new Strand(partition, span, files.get(partition));
            strands.add(strand);
            forward(strand);
        });
    }

    /** What is to come of one partition. */
    private static final class Strand {
        private final int partition;
        private final long end;
        private final Deque<ArchiveFile> files = new ArrayDeque<>();
        private long next;
        private ArchiveFile file;
        private CaptureReader reader;
        private Original head;

        Strand(int partition, OffsetRange span, List<ArchiveFile> all) {
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
        Strand strand = ready.poll();
        if (strand == null) {
            return Optional.empty();
        }
        Original record = strand.head;
        forward(strand);
        return Optional.of(record);
    }

    /** To the next record of the range, in this file or one of the next. */
    private void forward(Strand strand) {
        strand.head = null;
        while (strand.head == null && strand.next < strand.end && (strand.reader != null || open(strand))) {
            read(strand);
        }
        if (strand.head != null) {
            missing(strand, strand.head.offset());
            strand.next = strand.head.offset() + 1;
            ready.add(strand);
        } else {
            close(strand);
            missing(strand, strand.end);
            strand.next = strand.end;
        }
    }

    private boolean open(Strand strand) {
        while (!strand.files.isEmpty()) {
            try {
                strand.file = strand.files.remove();
                strand.reader = CaptureReader.open(store, strand.file.path());
                return true;
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
        }
        return false;
    }

    private void read(Strand strand) {
        try {
            CapturedRecord record = strand.reader.next();
            if (record == null) {
                close(strand);
            } else if (record.offset() >= strand.end) {
                strand.files.clear();
                close(strand);
            } else if (record.offset() >= strand.next && record.offset() < strand.file.lostFrom()) {
                strand.head = original(strand, record);
            }
        } catch (IOException e) {
            problems.add(e.getMessage());
            close(strand);
        }
    }

    private static Original original(Strand strand, CapturedRecord record) {
        return new Original(
                strand.partition,
                record.offset(),
                record.timestampMillis(),
                record.key(),
                record.value(),
                record.headers());
    }

    private void missing(Strand strand, long found) {
        if (found > strand.next) {
            problems.add("offsets " + strand.next + " to " + (found - 1) + " of " + topic + "/" + strand.partition
                    + " could not be read in the archive, and were left out");
        }
    }

    private void close(Strand strand) {
        if (strand.reader != null) {
            try {
                strand.reader.close();
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
            strand.reader = null;
        }
    }

    @Override
    public List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public void close() {
        strands.forEach(this::close);
    }
}
