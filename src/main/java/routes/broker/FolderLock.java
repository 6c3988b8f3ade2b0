package routes.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import routes.settings.ConfigurationException;
import routes.settings.PrivateFiles;

/**
 * Keeps a broker's folder for one broker. Kafka's own lock comes too late for that: in a node of both roles it is
 * taken after the controller has begun to write.
 */
final class FolderLock implements AutoCloseable {
    static final String FILE = "rig-streams.lock";
    /** The lock of a Kafka that was started by other means. */
    static final String KAFKA_FILE = ".lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws ConfigurationException if another broker has it */
    static FolderLock take(Path folder) throws IOException {
        FileChannel ours = lock(folder, FILE);
        try {
            if (Files.exists(folder.resolve(KAFKA_FILE))) {
                lock(folder, KAFKA_FILE).close();
            }
            return new FolderLock(ours);
        } catch (IOException | RuntimeException e) {
            ours.close();
            throw e;
        }
    }

    private static FileChannel lock(Path folder, String file) throws IOException {
        FileChannel channel =
                PrivateFiles.open(folder.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // Said below, as for another process.
        }
        channel.close();
        throw new ConfigurationException("The Kafka folder " + folder
                + " is in use by another broker; stop that one or set another folder (data.dir).");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The lock of the Kafka folder cannot be released", e);
        }
    }
}
