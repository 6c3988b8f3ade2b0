package routes.deadletter;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Keeps the values that are too large for a dead letter. A value's name is made of where its record stood, so that
 * keeping it again changes nothing.
 */
public final class OversizeStore {
    private final LetterFiles files;

    /** In a local folder. */
    public OversizeStore(Path folder) {
        this(new LocalLetterFiles(folder, true));
    }

    /** @param files of one cluster alone */
    public OversizeStore(LetterFiles files) {
        this.files = files;
    }

    /**
     * A value that is kept.
     *
     * @param name in its store
     * @param sha256 of the whole value, in lower-case hexadecimal
     */
    public record Stored(LetterFiles files, String name, String sha256) {
        /** Where it is. */
        public String path() {
            return files.place(name);
        }

        /**
         * Keeps a header of the same record beside the value, as {@code <path>.<name>}, characters that may not be in
         * a file's name as underscores.
         */
        void keepHeader(String header, byte[] value) throws IOException {
            files.put(pathOfHeader(name, header), value);
        }
    }

    /** The file of a header that is kept beside the value. */
    static String pathOfHeader(String valuePath, String name) {
        return valuePath + "." + name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** Returns when the value is kept, whole, under its name. */
    public Stored keep(String topic, int partition, long offset, byte[] value) throws IOException {
        String name = topic + "/" + partition + "/" + offset + ".bin";
        files.put(name, value);
        return new Stored(files, name, sha256(value));
    }

    static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
