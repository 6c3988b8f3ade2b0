package routes.archive;

import java.util.Map;
import java.util.TreeMap;
import routes.kafka.LogId;

/**
 * What {@link ArchiveKeep} has taken out of an archive so far.
 *
 * @param files how many
 * @param bytes their size
 * @param partitions by folder of a partition ({@link CapturePath#folder}), up to where
 */
public record Removed(long files, long bytes, Map<String, Until> partitions) {
    static final Removed NOTHING = new Removed(0, 0, Map.of());

    /**
     * All before it was removed, unless it still stands.
     *
     * @param next the offset after the last one that was removed
     * @param log that it was of
     */
    public record Until(long next, LogId log) {}

    Removed and(String folder, ArchiveFile file) {
        Map<String, Until> more = new TreeMap<>(partitions);
        if (file.records() > 0) {
            more.put(folder, new Until(file.lastOffset() + 1, file.log()));
        }
        return new Removed(files + 1, bytes + file.bytes(), more);
    }

    /** The first offset of a partition that cannot have been removed; 0 if the offsets of another log were. */
    public long next(String folder, LogId log) {
        Until until = partitions.get(folder);
        return until != null && until.log().isOfSameTopic(log) ? until.next() : 0;
    }
}
