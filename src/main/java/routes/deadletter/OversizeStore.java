package routes.deadletter;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import routes.deadletter.Letter.Part;
import routes.deadletter.Letter.Stored;

/**
 * Keeps the parts of records that are too large for a dead letter. The name of a file is made of where its record stood, so
 * that keeping it again changes nothing.
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
     * Returns when the part is kept, whole, under its name.
     *
     * @param place of the record, as {@code topic/partition/offset}
     */
    Stored keep(String place, Part part, byte[] content) throws IOException {
        String name = place + part.extension();
        files.put(name, content);
        return new Stored(part, files.place(name), sha256(content), content.length);
    }

    static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
