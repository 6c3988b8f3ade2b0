package routes.deadletter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Keeps, in a local folder, the values that are too large for a dead letter. A value's name is made of where its record
 * stood, so that keeping it again changes nothing.
 */
public final class OversizeStore {
    private final Path folder;

    public OversizeStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Where a value is kept.
     *
     * @param path of its file
     * @param sha256 of the whole value, in lower-case hexadecimal
     */
    public record Stored(String path, String sha256) {
        /**
         * Keeps a header of the same record beside the value, as {@code <path>.<name>}, characters that may not be in
         * a file's name as underscores.
         */
        void keepHeader(String name, byte[] value) throws IOException {
            writeWhole(Path.of(pathOfHeader(path, name)), value);
        }
    }

    /** The file of a header that is kept beside the value. */
    static String pathOfHeader(String valuePath, String name) {
        return valuePath + "." + name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** Returns when the value is on disk, whole, under its name. */
    public Stored keep(String topic, int partition, long offset, byte[] value) throws IOException {
        Path file = folder.resolve(topic).resolve(Integer.toString(partition)).resolve(offset + ".bin");
        Files.createDirectories(file.getParent());
        writeWhole(file, value);
        return new Stored(file.toString(), sha256(value));
    }

    private static void writeWhole(Path file, byte[] value) throws IOException {
        Path unfinished = Files.createTempFile(file.getParent(), "unfinished-", ".part");
        try {
            write(unfinished, value);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void write(Path file, byte[] value) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(value);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
