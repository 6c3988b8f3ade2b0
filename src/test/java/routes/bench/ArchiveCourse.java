package routes.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import routes.archive.ArchiveStore;
import routes.archive.CaptureReader;
import routes.archive.CapturedRecord;
import routes.archive.LocalStore;

/**
 * Archive all of {@code rig.telemetry}. What is seen are the bytes of its files, finished or not: the same records take
 * about the same room everywhere in the topic.
 */
final class ArchiveCourse implements Turns.Course {
    private static final String FOLDER = "archive";

    private final BenchBroker broker;
    private final Input input;
    private final Prints prints;

    ArchiveCourse(BenchBroker broker, Input input, Prints prints) {
        this.broker = broker;
        this.input = input;
        this.prints = prints;
    }

    /** Where a contender archives. */
    static Path archive(Path folder) {
        return folder.resolve(FOLDER);
    }

    @Override
    public void prepare(Race.Entrant entrant, Path folder) throws Exception {
        Map<TopicPartition, Long> begins = new HashMap<>();
        input.ends().keySet().forEach(partition -> begins.put(partition, 0L));
        broker.position(entrant.kind().group(), begins);
    }

    @Override
    public long done(Path folder) throws IOException {
        Path archive = archive(folder);
        // A file that is just getting its name has two.
        Map<Object, Long> bytes = new HashMap<>();
        if (Files.exists(archive)) {
            Files.walkFileTree(archive, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes.put(attributes.fileKey(), attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException vanished) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return bytes.values().stream().mapToLong(size -> size).sum();
    }

    @Override
    public long check(Race.Entrant entrant, Path folder) throws IOException {
        Map<Integer, BitSet> found = new HashMap<>();
        ArchiveStore store = new LocalStore(archive(folder).resolve("capture"));
        try (Stream<String> paths = store.list("")) {
            for (String path : paths.toList()) {
                check(store, path, found);
            }
        }
        for (int partition = 0; partition < prints.partitions(); partition++) {
            BitSet expected = new BitSet();
            expected.set(0, (int) prints.records(partition));
            if (!expected.equals(found.getOrDefault(partition, new BitSet()))) {
                throw new BenchFailedException(entrant.label() + " has archived other records of partition " + partition
                        + " than the " + expected.cardinality() + " that stand there");
            }
        }
        return done(folder);
    }

    private void check(ArchiveStore store, String path, Map<Integer, BitSet> found) throws IOException {
        int partition = Integer.parseInt(path.split("/")[2]);
        try (CaptureReader reader = CaptureReader.open(store, path)) {
            for (CapturedRecord record = reader.next(); record != null; record = reader.next()) {
                BitSet offsets = found.computeIfAbsent(partition, number -> new BitSet());
                boolean same = Prints.print(record.key(), record.value(), record.headers())
                                == prints.print(partition, record.offset())
                        && record.timestampMillis() == prints.time(partition, record.offset());
                if (!same || offsets.get((int) record.offset())) {
                    throw new BenchFailedException(
                            path + ": offset " + record.offset() + " is doubled, or not as it stands in the topic");
                }
                offsets.set((int) record.offset());
            }
        }
    }

    @Override
    public void clear(Path folder) {
        try {
            Utils.delete(archive(folder).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
