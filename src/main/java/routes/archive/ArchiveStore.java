package routes.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the archive's files stand: a container of files that are written once, whole, and never changed. A path is the
 * file's name in the container, parts separated by {@code /}, none at the front.
 */
public interface ArchiveStore {
    /**
     * What stands directly in a folder, sorted by name. Folders end in {@code /}. Whatever has a name that no archive
     * gives, or leads out of the container, is left out.
     *
     * @param folder empty for the container itself, otherwise ending in {@code /}
     * @return full paths; empty if there is no such folder
     * @throws ArchiveException if the container cannot be read
     */
    List<String> children(String folder) throws IOException;

    /**
     * A file from its beginning.
     *
     * @throws NoSuchFileException if no file of that path stands
     * @throws ArchiveException if the path leads out of the container or the file cannot be read
     */
    InputStream open(String path) throws IOException;

    /** The file's size in bytes; throws as {@link #open} does. */
    long size(String path) throws IOException;

    /**
     * Puts a copy of a local file under this path. When it returns true, the file stands there whole and outlives a loss
     * of power; before, nothing of it can be seen.
     *
     * @return false if a file of that path stands already; it is left as it is
     */
    boolean createIfAbsent(String path, Path content) throws IOException;

    /** Returns if the store can take a file now; throws otherwise. Leaves nothing behind. */
    void probe() throws IOException;

    /** What was removed from it because it had become too much. */
    default Removed removed() throws IOException {
        return Removed.NOTHING;
    }

    /** From now on, until this process ends, nothing is removed from it. */
    default void beginReading() throws IOException {}

    /** The store's place, for people. */
    String description();

    /**
     * The files, not the folders, whose path begins with {@code prefix}, in the order of {@link #children}, read as the
     * stream is.
     *
     * @param prefix empty, or a folder ending in {@code /}
     * @throws java.io.UncheckedIOException from the stream, if the store cannot be read
     */
    default Stream<String> list(String prefix) {
        return StoreWalk.ascending(this, prefix);
    }
}
