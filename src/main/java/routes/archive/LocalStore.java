package routes.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import routes.settings.PrivateFiles;

/**
 * A folder as the archive's container. A file is put there by a hard link to content that is on disk already, which
 * fails if the name is taken; so the content must lie in the same file system.
 */
public final class LocalStore implements ArchiveStore {
    /** What lies in the root itself and begins with a point is the store's own. */
    private static final String REMOVED = ".removed.json";

    private static final String LOCK = ".lock";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;
    private final FolderSync sync;
    /** Holds a lock for as long as this store is in use. */
    private FileChannel reading;

    /** @param root is made by the first file that is put */
    public LocalStore(Path root) {
        this(root, LocalStore::force);
    }

    LocalStore(Path root, FolderSync sync) {
        this.root = root.toAbsolutePath().normalize();
        this.sync = sync;
    }

    /** Has what stands in a folder outlive a loss of power. */
    interface FolderSync {
        void force(Path folder) throws IOException;
    }

    @Override
    public List<String> children(String folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(resolve(folder))) {
            for (Path entry : entries) {
                add(folder, entry, found);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw new ArchiveException(resolve(folder) + ": the folder cannot be read", e.getCause());
        }
        found.sort(null);
        return found;
    }

    private static void add(String folder, Path entry, List<String> found) {
        String name = entry.getFileName().toString();
        boolean own = folder.isEmpty() && name.startsWith(".") && !Files.isDirectory(entry);
        if (StorePath.isName(name) && !own) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                found.add(folder + name + "/");
            } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                found.add(folder + name);
            }
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(existing(path), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public long size(String path) throws IOException {
        return Files.size(existing(path));
    }

    @Override
    public boolean createIfAbsent(String path, Path content) throws IOException {
        Path file = resolve(path);
        try (FileChannel channel = FileChannel.open(content, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        makeFolder(file.getParent());
        requireInside(path, file.getParent());
        boolean created = link(file, content);
        // Also of a file that was there before: whoever put it may have failed in this.
        for (Path folder = file.getParent(); folder.startsWith(root); folder = folder.getParent()) {
            sync.force(folder);
        }
        return created;
    }

    private static boolean link(Path file, Path content) throws IOException {
        try {
            Files.createLink(file, content);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new ArchiveException(file + ": the file system knows no hard links; set another archive.dir", e);
        }
    }

    @Override
    public void probe() throws IOException {
        makeFolder(root);
        Path probe = Files.createTempFile(root, ".probe-", "");
        try {
            Files.write(probe, new byte[4096], StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        } finally {
            Files.delete(probe);
        }
    }

    @Override
    public Removed removed() throws IOException {
        Path file = root.resolve(REMOVED);
        return Files.exists(file) ? JSON.readValue(file.toFile(), Removed.class) : Removed.NOTHING;
    }

    /** Each reader locks a byte of its own, which whoever removes files must have all. */
    @Override
    public void beginReading() throws IOException {
        Path file = root.resolve(LOCK);
        if (reading == null && Files.exists(file)) {
            reading = FileChannel.open(file, StandardOpenOption.READ);
            reading.lock(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 1, true);
        }
    }

    /**
     * Keeps readers out until it is closed.
     *
     * @return empty if somebody is reading the archive
     */
    Optional<Closeable> lockForRemoval() throws IOException {
        FileChannel channel =
                PrivateFiles.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isLocked(channel)) {
            return Optional.of(channel);
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException readByThisProcess) {
            return false;
        }
    }

    /**
     * Removes a file, and the folders that it leaves empty.
     *
     * @param removed what is removed then; written down before
     */
    void remove(String path, Removed removed) throws IOException {
        Path file = existing(path);
        Path note = Files.createTempFile(root, REMOVED, "");
        Files.write(note, JSON.writeValueAsBytes(removed), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(note, root.resolve(REMOVED), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(file);
        for (Path folder = file.getParent(); !folder.equals(root) && isEmpty(folder); folder = folder.getParent()) {
            Files.delete(folder);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }

    @Override
    public String description() {
        return root.toString();
    }

    /** A new folder outlives a loss of power only with the folder that it stands in. */
    private void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeFolder(folder.getParent());
            try {
                PrivateFiles.folder(folder);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder)) {
                    throw new ArchiveException(folder + ": a file stands where the archive needs a folder", e);
                }
            }
            sync.force(folder.getParent());
        }
    }

    private static void force(Path folder) throws IOException {
        // Windows opens no folders; its file system logs them itself.
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private Path existing(String path) throws IOException {
        Path file = resolve(path);
        requireInside(path, file);
        return file;
    }

    private Path resolve(String path) throws ArchiveException {
        return root.resolve(StorePath.require(path));
    }

    private void requireInside(String path, Path file) throws IOException {
        if (!file.toRealPath().equals(root.toRealPath().resolve(root.relativize(file)))) {
            throw new ArchiveException(
                    "'" + path + "' leads through a symbolic link out of the archive's folder " + root);
        }
    }
}
