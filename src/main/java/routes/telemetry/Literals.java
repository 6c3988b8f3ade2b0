package routes.telemetry;

import java.nio.charset.StandardCharsets;

/** The words of JSON, and those that look like numbers to some writers but are none. */
final class Literals {
    static final byte[] TRUE = ascii("true");
    static final byte[] FALSE = ascii("false");
    static final byte[] NULL = ascii("null");
    private static final byte[] NAN = ascii("NaN");
    private static final byte[] INFINITY = ascii("Infinity");

    private Literals() {}

    /** Checks that {@code literal} stands at {@code at}; returns the position after it, where no JSON goes on with it. */
    static int end(byte[] value, int at, byte[] literal) {
        if (!stands(value, at, literal)) {
            throw Faults.syntax(value, at, "a JSON value");
        }
        return at + literal.length;
    }

    /**
     * Says what is wrong with a value that begins like NaN or Infinity.
     *
     * @param at where the value begins, with its sign
     * @param word where the word begins
     */
    static InvalidTelemetryException notFinite(byte[] value, int at, int word) {
        byte[] expected = value[word] == 'N' ? NAN : INFINITY;
        int end = word + expected.length;
        if (stands(value, word, expected) && (end == value.length || !Character.isLetterOrDigit(value[end]))) {
            return Faults.at(at, Reason.NUMBER_RANGE, "found a number that is not finite, expected a JSON number");
        }
        return Faults.syntax(value, word, "a JSON value");
    }

    private static boolean stands(byte[] value, int at, byte[] literal) {
        if (at + literal.length > value.length) {
            return false;
        }
        for (int i = 0; i < literal.length; i++) {
            if (value[at + i] != literal[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
