package routes.check;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of YAML routes as it was read, once.
 *
 * @param name its path, as messages name it
 * @param refused why it was not read; empty if it was
 * @param quotable whether messages may show what it says: not of a file that a link leads to from the folder of routes
 * @param written what its user wrote, of which {@code text} is made
 */
public record RouteText(String name, String text, String refused, boolean quotable, String written) {
    /** The most bytes that a file may have. */
    public static final int LARGEST = 1_000_000;

    private static final int SHORT = 12;

    public RouteText(String name, String text) {
        this(name, text, "", true);
    }

    public RouteText(String name, String text, String refused, boolean quotable) {
        this(name, text, refused, quotable, text);
    }

    /** SHA-256 of the text in UTF-8, as hexadecimal digits. */
    public String sha256() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The beginning of {@link #sha256()}, to tell versions apart; {@code deleted} of no file. */
    public static String version(RouteText text) {
        return text == null ? "deleted" : text.sha256().substring(0, SHORT);
    }
}
