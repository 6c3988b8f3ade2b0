package routes.reload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of YAML routes as it was read, once.
 *
 * @param name its path, as messages name it
 */
public record RouteText(String name, String text) {
    private static final int SHORT = 12;

    /** SHA-256 of the text in UTF-8, as hexadecimal digits. */
    String sha256() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The beginning of {@link #sha256()}, to tell versions apart; {@code deleted} of no file. */
    static String version(RouteText text) {
        return text == null ? "deleted" : text.sha256().substring(0, SHORT);
    }
}
