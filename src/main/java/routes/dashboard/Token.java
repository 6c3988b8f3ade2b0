package routes.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What a request must bring along to change something. Never shown: only the file for this machine's user has it. */
public final class Token {
    private static final String SCHEME = "Bearer ";
    private static final int RANDOM_BYTES = 32;

    private final String text;

    private Token(String text) {
        this.text = text;
    }

    /** One that the user has chosen. */
    static Token of(String text) {
        return new Token(text);
    }

    /** One of 256 random bits, as 64 hexadecimal digits. */
    static Token random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Token(HexFormat.of().formatHex(bytes));
    }

    /**
     * Whether this token stands in the header {@code Authorization: Bearer …} (RFC 6750). How long the comparison takes
     * does not tell how much of a wrong token was right.
     *
     * @param authorization the header's value; null if there is none
     */
    boolean isIn(String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        bytes(text),
                        bytes(authorization.substring(SCHEME.length()).strip()));
    }

    /** For the file in which the commands of this machine's user find it. */
    String text() {
        return text;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
