package routes.deadletter;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** A folder for what dead letters leave beside their topic. Paths are relative to it, their parts separated by {@code /}. */
public interface LetterFiles {
    /** Puts a file, whole, in the place of one that has the path. */
    void put(String path, byte[] content) throws IOException;

    /** The size of a file; empty if there is none. */
    OptionalLong size(String path) throws IOException;

    /** @throws NoSuchFileException if there is no such file */
    byte[] read(String path) throws IOException;

    /** Deletes a file, if there is one. */
    void delete(String path) throws IOException;

    /** All files. */
    List<Kept> list() throws IOException;

    /** Where a file is, or would be, for people and for letters. */
    String place(String path);

    /** Where the folder is, for people. */
    String description();

    /** The settings that say where it is. */
    String settings();

    /**
     * A file.
     *
     * @param bytes its size
     * @param written when it was put
     */
    record Kept(String path, long bytes, Instant written) {}
}
