package routes.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import routes.kafka.LogId;

/**
 * What of the files of one partition is of the log as it was archived last. Where a broker lost the end of a log, and gave
 * its offsets again, the lost records stand in files of a lower leader epoch than those that took their place. Where a
 * topic was deleted and created, the files of the former one have another topic id.
 */
public final class CurrentFiles {
    private CurrentFiles() {}

    /** @return those with records, in the order given, cut off where others took the place of their last records */
    public static List<ArchiveFile> of(List<ArchiveFile> files) {
        String topic = latestTopic(files);
        Map<ArchiveFile, Long> ends = new HashMap<>();
        // From the latest epoch down: what begins in it ends all before it.
        long begin = Long.MAX_VALUE;
        long beginOfEpoch = Long.MAX_VALUE;
        int epoch = Integer.MAX_VALUE;
        for (ArchiveFile file : latestEpochFirst(files, topic)) {
            if (file.log().leaderEpoch() < epoch) {
                epoch = file.log().leaderEpoch();
                begin = beginOfEpoch;
            }
            ends.put(file, begin);
            beginOfEpoch = Math.min(beginOfEpoch, file.firstOffset());
        }
        List<ArchiveFile> current = new ArrayList<>();
        for (ArchiveFile file : files) {
            long end = ends.getOrDefault(file, -1L);
            if (end > file.firstOffset()) {
                current.add(end > file.lastOffset() ? file : file.lostFrom(end));
            }
        }
        return current;
    }

    /** Ids have no order: the topic that was written to last is the one that is there. */
    private static String latestTopic(List<ArchiveFile> files) {
        return files.stream()
                .filter(file -> !file.log().topic().isEmpty())
                .max(Comparator.comparingLong(ArchiveFile::firstTimeMillis))
                .map(file -> file.log().topic())
                .orElse("");
    }

    private static List<ArchiveFile> latestEpochFirst(List<ArchiveFile> files, String topic) {
        boolean one = files.stream().map(file -> file.log().topic()).allMatch(id -> id.isEmpty() || id.equals(topic));
        return files.stream()
                .filter(file -> file.records() > 0)
                .filter(file -> one || file.log().topic().equals(topic))
                .sorted(Comparator.comparing(ArchiveFile::log, Comparator.comparingInt(LogId::leaderEpoch))
                        .reversed())
                .toList();
    }
}
