package routes.telemetry;

import java.nio.charset.StandardCharsets;

/** JSON strings: checking them where they stand, and what they mean. Positions are of the quotation marks. */
final class Strings {
    private static final String SIMPLE_ESCAPES = "\"\\/bfnrt";
    private static final String MEANINGS = "\"\\/\b\f\n\r\t";

    private Strings() {}

    /**
     * Checks the string whose opening quotation mark is at {@code at}.
     *
     * @return the position after its closing quotation mark
     */
    static int end(byte[] value, int at) {
        int p = at + 1;
        while (true) {
            p = stop(value, p);
            if (p >= value.length) {
                throw Faults.syntax(value, p, "the closing quotation mark of a string");
            }
            int b = value[p];
            if (b == '"') {
                return p + 1;
            }
            p = b == '\\' ? escapeEnd(value, p) : characterEnd(value, p);
        }
    }

    /** The position of the first byte from {@code p} that is more than a character of plain ASCII. */
    private static int stop(byte[] value, int p) {
        for (; p + Words.SIZE <= value.length; p += Words.SIZE) {
            long stops = Words.stringStops(Words.get(value, p));
            if (stops != 0) {
                return p + Words.first(stops);
            }
        }
        while (p < value.length && value[p] >= ' ' && value[p] != '"' && value[p] != '\\') {
            p++;
        }
        return p;
    }

    private static int characterEnd(byte[] value, int p) {
        if (value[p] >= 0) {
            throw Faults.syntax(value, p, "control characters in strings to be escaped");
        }
        int length = Utf8.length(value, p);
        if (length == 0) {
            throw Faults.utf8(p);
        }
        return p + length;
    }

    private static int escapeEnd(byte[] value, int p) {
        if (p + 1 < value.length && SIMPLE_ESCAPES.indexOf(value[p + 1]) >= 0) {
            return p + 2;
        }
        int unit = unit(value, p);
        if (!Character.isSurrogate((char) unit)) {
            return p + 6;
        }
        boolean paired = Character.isHighSurrogate((char) unit)
                && p + 7 < value.length
                && value[p + 6] == '\\'
                && value[p + 7] == 'u'
                && Character.isLowSurrogate((char) unit(value, p + 6));
        if (!paired) {
            throw Faults.at(p, Reason.INVALID_UTF8, "found half of an escaped surrogate pair, expected both halves");
        }
        return p + 12;
    }

    /** The UTF-16 unit of the escape {@code \}{@code uXXXX} at {@code p}. */
    private static int unit(byte[] value, int p) {
        if (p + 1 >= value.length || value[p + 1] != 'u') {
            throw Faults.syntax(value, p + 1, "one of \" \\ / b f n r t u after a backslash");
        }
        int unit = 0;
        for (int i = p + 2; i < p + 6; i++) {
            int digit = i < value.length ? Character.digit(value[i] & 0xff, 16) : -1;
            if (digit < 0) {
                throw Faults.syntax(value, i, "a hexadecimal digit");
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Whether the text of a string that was checked, from after its opening to its closing mark, has an escape. */
    static boolean isEscaped(byte[] value, int from, int end) {
        for (int p = stop(value, from); p < end; p = stop(value, p + 1)) {
            if (value[p] == '\\') {
                return true;
            }
        }
        return false;
    }

    /**
     * What the bytes between the quotation marks of a checked string mean, as UTF-8. Never longer than they are.
     *
     * @param to at least {@code end − from} bytes from {@code at}
     * @return the position after it
     */
    static int unescape(byte[] value, int from, int end, byte[] to, int at) {
        int p = from;
        while (p < end) {
            if (value[p] != '\\') {
                to[at++] = value[p++];
            } else if (value[p + 1] != 'u') {
                to[at++] = (byte) MEANINGS.charAt(SIMPLE_ESCAPES.indexOf(value[p + 1]));
                p += 2;
            } else {
                int character = unit(value, p);
                p += 6;
                if (Character.isHighSurrogate((char) character)) {
                    character = Character.toCodePoint((char) character, (char) unit(value, p));
                    p += 6;
                }
                at = Utf8.write(character, to, at);
            }
        }
        return at;
    }

    /** The text of a checked string whose quotation marks are at {@code start} and before {@code end}. */
    static String text(byte[] value, int start, int end) {
        if (!isEscaped(value, start + 1, end - 1)) {
            return new String(value, start + 1, end - start - 2, StandardCharsets.UTF_8);
        }
        byte[] text = new byte[end - start];
        return new String(text, 0, unescape(value, start + 1, end - 1, text, 0), StandardCharsets.UTF_8);
    }
}
