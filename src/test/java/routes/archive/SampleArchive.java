package routes.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import routes.kafka.LogId;

/** Puts files into an archive's folder, as the tap would. */
public final class SampleArchive {
    private static final String NAMESPACE = "rig-streams";

    private final Path root;
    private final ArchiveStore store;

    /** @param root the container */
    public SampleArchive(Path root) {
        this.root = root;
        this.store = new LocalStore(root);
    }

    /** Writes records of one partition as one file under the first free name; returns its path. */
    public String add(List<ConsumerRecord<byte[], byte[]>> records) {
        CapturedRecord first = captured(records.get(0));
        CapturePath path = CapturePath.of(NAMESPACE, first.topic(), first.partition(), first.timestampMillis());
        try (CaptureEncoder encoder = new CaptureEncoder()) {
            Files.createDirectories(root);
            Path content = Files.createTempDirectory(root, ".").resolve("file");
            CaptureWriter writer = new CaptureWriter(encoder, content, first);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                writer.add(captured(record));
            }
            writer.finish();
            while (!store.createIfAbsent(path.toString(), content)) {
                path = path.later(1);
            }
            Files.delete(content);
            Files.delete(content.getParent());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return path.toString();
    }

    private static CapturedRecord captured(ConsumerRecord<byte[], byte[]> record) {
        return new CapturedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                List.of(record.headers().toArray()),
                LogId.UNKNOWN);
    }
}
