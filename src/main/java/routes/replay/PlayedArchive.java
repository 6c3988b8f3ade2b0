package routes.replay;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import routes.archive.ArchiveFile;
import routes.archive.ArchiveStore;
import routes.archive.CaptureReader;
import routes.kafka.OffsetRange;
import routes.kafka.Timestamps;

/** The archive of a topic that is played back. */
final class PlayedArchive implements ReplayLog {
    private final ArchiveStore store;
    private final String topic;
    private final SortedMap<Integer, List<ArchiveFile>> files;
    private final SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();

    /** @param files by partition, in the order of their offsets */
    PlayedArchive(ArchiveStore store, String topic, SortedMap<Integer, List<ArchiveFile>> files) {
        this.store = store;
        this.topic = topic;
        this.files = files;
        files.forEach((partition, list) -> ranges.put(
                partition,
                new OffsetRange(
                        list.get(0).firstOffset(),
                        1
                                + list.stream()
                                        .mapToLong(ArchiveFile::lastOffset)
                                        .max()
                                        .orElseThrow())));
    }

    @Override
    public SortedMap<Integer, OffsetRange> ranges() {
        return ranges;
    }

    @Override
    public ReplaySource source(ReplayRange range) {
        return new ArchiveSource(store, topic, files, range);
    }

    @Override
    public String described() {
        List<ArchiveFile> all = files.values().stream().flatMap(List::stream).toList();
        return "the archive has records of it from "
                + Instant.ofEpochMilli(all.stream()
                        .mapToLong(ArchiveFile::firstTimeMillis)
                        .min()
                        .orElseThrow())
                + " to "
                + Instant.ofEpochMilli(all.stream()
                        .mapToLong(ArchiveFile::lastTimeMillis)
                        .max()
                        .orElseThrow());
    }

    @Override
    public SortedMap<Integer, Long> since(Instant time) {
        SortedMap<Integer, Long> found = new TreeMap<>();
        files.forEach((partition, list) -> found.put(
                partition,
                list.stream()
                        .filter(file -> file.lastTimeMillis() >= Timestamps.of(time))
                        .findFirst()
                        .map(file -> firstSince(file, Timestamps.of(time)))
                        .orElse(ranges.get(partition).end())));
        return found;
    }

    private long firstSince(ArchiveFile file, long millis) {
        try {
            return CaptureReader.firstSince(store, file, millis);
        } catch (IOException e) {
            throw new ReplayException(e.getMessage(), e);
        }
    }

    @Override
    public void check(int partition, long offset) {
        OffsetRange range = ranges.get(partition);
        if (range == null) {
            throw new ReplayException("the archive has nothing of " + topic + "/" + partition + "; it has partition(s) "
                    + ranges.keySet());
        }
        if (offset < range.begin() || offset > range.end()) {
            throw new ReplayException("offset " + offset + " of " + topic + "/" + partition
                    + " is not in the archive, which has the partition's offsets from " + range.begin()
                    + " up to, without, " + range.end());
        }
    }
}
