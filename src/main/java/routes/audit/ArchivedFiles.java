package routes.audit;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import routes.archive.ArchiveFile;
import routes.archive.ArchiveStore;
import routes.archive.CapturePath;
import routes.archive.CaptureReader;
import routes.archive.CurrentFiles;
import routes.kafka.LogId;

/**
 * The files of one partition, without what its log has lost since.
 *
 * @param files those with records, in the order of their offsets
 */
record ArchivedFiles(ArchiveStore store, List<ArchiveFile> files) {
    /**
     * @param since if not null, those before the last one that begins before it are left out
     * @param problems is added a sentence for each file that cannot be read
     * @throws java.io.UncheckedIOException if the store cannot be read
     */
    static ArchivedFiles of(AuditedArchive archive, TopicPartition partition, Instant since, List<String> problems) {
        String folder = CapturePath.folder(archive.namespace(), partition.topic(), partition.partition());
        List<ArchiveFile> files = new ArrayList<>();
        for (String path : paths(archive.store(), folder, since)) {
            try {
                files.add(CaptureReader.describe(archive.store(), path));
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
        }
        files.removeIf(file -> file.records() == 0);
        List<ArchiveFile> current = new ArrayList<>(CurrentFiles.of(files));
        current.sort(Comparator.comparingLong(ArchiveFile::firstOffset).thenComparing(ArchiveFile::path));
        return new ArchivedFiles(archive.store(), current);
    }

    /** Their names say when they begin. */
    private static List<String> paths(ArchiveStore store, String folder, Instant since) {
        List<String> paths;
        try (Stream<String> listed = store.list(folder)) {
            paths = listed.filter(path -> CapturePath.parse(path).isPresent()).toList();
        }
        int first = 0;
        for (int i = 0; since != null && i < paths.size(); i++) {
            if (CapturePath.parse(paths.get(i)).orElseThrow().second() < since.getEpochSecond()) {
                first = i;
            }
        }
        return paths.subList(first, paths.size());
    }

    /** Below it, files have stood and were removed because there were too many. */
    long removedTo(AuditedArchive archive, TopicPartition partition) throws IOException {
        String folder = CapturePath.folder(archive.namespace(), partition.topic(), partition.partition());
        return store.removed()
                .next(folder, files.isEmpty() ? LogId.UNKNOWN : files.get(0).log());
    }

    /** The first offset; {@link Long#MAX_VALUE} if there is none. */
    long begin() {
        return files.isEmpty() ? Long.MAX_VALUE : files.get(0).firstOffset();
    }

    /** One more than the last offset. */
    long end() {
        return files.stream().mapToLong(file -> file.lastOffset() + 1).max().orElse(0);
    }

    /** The first offset of a time; {@link Long#MAX_VALUE} if there is none. */
    long firstSince(Instant since) {
        return files.stream()
                .filter(file -> file.lastTimeMillis() >= since.toEpochMilli())
                .findFirst()
                .map(file -> firstSince(file, since.toEpochMilli()))
                .orElse(Long.MAX_VALUE);
    }

    private long firstSince(ArchiveFile file, long millis) {
        try {
            return CaptureReader.firstSince(store, file, millis);
        } catch (IOException damaged) {
            // It is named when it is read for the check.
            return file.firstOffset();
        }
    }
}
