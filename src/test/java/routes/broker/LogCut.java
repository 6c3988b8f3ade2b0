package routes.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.record.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.FileRecords;

/**
 * Takes the end off the log of one partition while its broker is stopped, however that was stopped: what a power failure
 * leaves, or an unclean election. The next start recovers the folder as it does after such a failure.
 */
public final class LogCut {
    private static final String SEGMENT = ".log";

    private LogCut() {}

    /**
     * Takes off at least so many of the partition's last records, as whole batches.
     *
     * @param folder of the broker, with the folders of its partitions
     * @param records at least 1
     * @return the offset at which the log ends now; offsets from there on will be given again
     */
    public static long last(Path folder, String topic, int partition, long records) throws IOException {
        Path log = folder.resolve(topic + "-" + partition);
        long end = end(log) - records;
        List<Path> segments = segments(log);
        for (int i = segments.size() - 1; i > 0 && baseOffset(segments.get(i)) >= end; i--) {
            Files.delete(segments.remove(i));
        }
        long cut = cut(segments.get(segments.size() - 1), end);
        forgetWhatWasKnown(folder, log);
        return cut;
    }

    /** The offset at which the partition's log ends, as its files say. */
    public static long end(Path folder, String topic, int partition) throws IOException {
        return end(folder.resolve(topic + "-" + partition));
    }

    private static long end(Path log) throws IOException {
        List<Path> segments = segments(log);
        Path last = segments.get(segments.size() - 1);
        long end = baseOffset(last);
        try (FileRecords records = FileRecords.open(last.toFile())) {
            for (FileChannelRecordBatch batch : records.batches()) {
                end = batch.nextOffset();
            }
        }
        return end;
    }

    /** The first batch with a record at or behind {@code end} goes, and all after it. */
    private static long cut(Path segment, long end) throws IOException {
        try (FileRecords records = FileRecords.open(segment.toFile(), true)) {
            for (FileChannelRecordBatch batch : records.batches()) {
                if (batch.nextOffset() > end) {
                    long first = batch.baseOffset();
                    records.truncateTo(batch.position());
                    records.flush();
                    return first;
                }
            }
        }
        throw new IllegalStateException(segment + " ends before offset " + end + "; nothing was cut");
    }

    /** The marks of a clean stop, the indexes and the producers' states say what no longer is. */
    private static void forgetWhatWasKnown(Path folder, Path log) throws IOException {
        Files.deleteIfExists(folder.resolve(".kafka_cleanshutdown"));
        Files.deleteIfExists(folder.resolve("recovery-point-offset-checkpoint"));
        try (Stream<Path> files = Files.list(log)) {
            files.filter(file -> file.toString().matches(".*\\.(index|timeindex|txnindex|snapshot)"))
                    .forEach(LogCut::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> segments(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return new ArrayList<>(
                    files.filter(file -> file.getFileName().toString().matches("\\d{20}\\" + SEGMENT))
                            .sorted(Comparator.comparing(Path::toString))
                            .toList());
        }
    }

    private static long baseOffset(Path segment) {
        return Long.parseLong(segment.getFileName().toString().replace(SEGMENT, ""));
    }
}
