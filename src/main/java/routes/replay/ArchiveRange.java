package routes.replay;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import routes.archive.ArchiveFile;
import routes.archive.ArchiveStore;
import routes.archive.CaptureReader;
import routes.archive.CapturedRecord;
import routes.replay.ReplayRange.Span;

/** Finds out which offsets of a topic's archive a replay is to give. */
final class ArchiveRange {
    private final ArchiveStore store;
    private final String topic;
    private final SortedMap<Integer, List<ArchiveFile>> files;
    private final TreeMap<Integer, Long> begins = new TreeMap<>();
    private final TreeMap<Integer, Long> ends = new TreeMap<>();

    /** @param files by partition, in the order of their offsets */
    ArchiveRange(ArchiveStore store, String topic, SortedMap<Integer, List<ArchiveFile>> files) {
        this.store = store;
        this.topic = topic;
        this.files = files;
        files.forEach((partition, list) -> {
            begins.put(partition, list.get(0).firstOffset());
            ends.put(
                    partition,
                    1 + list.stream().mapToLong(ArchiveFile::lastOffset).max().orElseThrow());
        });
    }

    /**
     * The offsets between two points.
     *
     * @throws ReplayException if there is no such partition or offset, or a span ends before it begins
     */
    ReplayRange between(ReplayPoint from, ReplayPoint to) {
        SortedMap<Integer, Long> stops = new TreeMap<>(ends);
        stops.putAll(place(to));
        SortedMap<Integer, Span> spans = new TreeMap<>();
        place(from).forEach((partition, start) -> spans.put(partition, new Span(start, stops.get(partition))));
        return new ReplayRange(spans);
    }

    /** What the archive has, for people who asked for something else. */
    String described() {
        Instant first = Instant.ofEpochMilli(files.values().stream()
                .flatMap(List::stream)
                .mapToLong(ArchiveFile::firstTimeMillis)
                .min()
                .orElseThrow());
        Instant last = Instant.ofEpochMilli(files.values().stream()
                .flatMap(List::stream)
                .mapToLong(ArchiveFile::lastTimeMillis)
                .max()
                .orElseThrow());
        return "the archive has records of it from " + first + " to " + last;
    }

    private SortedMap<Integer, Long> place(ReplayPoint point) {
        if (point instanceof ReplayPoint.At at) {
            return since(at.millis());
        }
        if (point instanceof ReplayPoint.Offsets offsets) {
            return checked(offsets.byPartition());
        }
        return point == ReplayPoint.Edge.EARLIEST ? begins : ends;
    }

    private SortedMap<Integer, Long> since(long millis) {
        SortedMap<Integer, Long> found = new TreeMap<>();
        files.forEach((partition, list) -> found.put(
                partition,
                list.stream()
                        .filter(file -> file.lastTimeMillis() >= millis)
                        .findFirst()
                        .map(file -> firstSince(file, millis))
                        .orElse(ends.get(partition))));
        return found;
    }

    private long firstSince(ArchiveFile file, long millis) {
        if (file.firstTimeMillis() >= millis) {
            return file.firstOffset();
        }
        try (CaptureReader reader = CaptureReader.open(store, file.path())) {
            for (CapturedRecord record = reader.next(); record != null; record = reader.next()) {
                if (record.timestampMillis() >= millis) {
                    return record.offset();
                }
            }
            return file.lastOffset() + 1;
        } catch (IOException e) {
            throw new ReplayException(e.getMessage(), e);
        }
    }

    private SortedMap<Integer, Long> checked(SortedMap<Integer, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (!ends.containsKey(partition)) {
                throw new ReplayException("the archive has nothing of " + topic + "/" + partition
                        + "; it has partition(s) " + ends.keySet());
            }
            if (offset < begins.get(partition) || offset > ends.get(partition)) {
                throw new ReplayException("offset " + offset + " of " + topic + "/" + partition
                        + " is not in the archive, which has the partition's offsets from " + begins.get(partition)
                        + " up to, without, " + ends.get(partition));
            }
        });
        return offsets;
    }
}
