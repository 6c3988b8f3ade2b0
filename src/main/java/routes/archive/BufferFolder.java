package routes.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import routes.settings.PrivateFiles;

/**
 * A folder of this process alone for files that are being written. What processes that have ended left in theirs is
 * deleted: their records were not committed and are read again.
 */
final class BufferFolder implements AutoCloseable {
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel lock;
    private final AtomicLong names = new AtomicLong();

    private BufferFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * One at a time: nobody takes a folder that is just being made for one that was left.
     *
     * @param parent of the folders of all processes that write to the same archive
     */
    static BufferFolder open(Path parent) throws IOException {
        PrivateFiles.folders(parent);
        // A lock of the file system keeps out other processes only.
        synchronized (BufferFolder.class) {
            try (FileChannel starts = lockFile(parent.resolve(".starts"));
                    FileLock held = starts.lock()) {
                return make(parent, held);
            }
        }
    }

    private static BufferFolder make(Path parent, FileLock whileHeld) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "process-*")) {
            for (Path left : folders) {
                deleteIfLeft(left);
            }
        }
        Path own = Files.createTempDirectory(parent, "process-");
        FileChannel channel = lockFile(own.resolve(LOCK));
        channel.lock();
        return new BufferFolder(own, channel);
    }

    private static FileChannel lockFile(Path file) throws IOException {
        return PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void deleteIfLeft(Path folder) throws IOException {
        Path lockFile = folder.resolve(LOCK);
        if (!Files.exists(lockFile)) {
            // A process ended as it made it: it holds no records.
            return;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held != null) {
                delete(folder);
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            // Another tap of this process uses it.
        } catch (NoSuchFileException gone) {
            // Another process that starts just now has deleted it.
        }
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** A path that no file has had yet. */
    Path newFile() {
        return folder.resolve(names.incrementAndGet() + ".avro");
    }

    @Override
    public void close() {
        try {
            delete(folder);
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The archive's buffers in " + folder + " cannot be deleted", e);
        }
    }
}
