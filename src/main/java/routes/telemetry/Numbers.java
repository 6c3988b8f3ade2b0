package routes.telemetry;

import java.nio.charset.StandardCharsets;

/** JSON numbers: checking them where they stand, and their values. */
final class Numbers {
    /** Below 10³⁰⁸ is within double, whatever the digits. */
    private static final int SAFE_EXPONENT = 308;
    /** More than any exponent that a value of {@link TelemetryReader#MAX_BYTES} could make up for. */
    private static final int EXPONENT_CAP = 100_000_000;

    private static final int MAX_LONG_DIGITS = 18;
    private static final long MAX_EXACT = 1L << 53;
    /** The powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    private Numbers() {}

    static boolean isStart(int b) {
        return b >= '0' && b <= '9' || b == '-';
    }

    /**
     * Checks the number at {@code at}, where {@link #isStart} holds. What comes after it is for the caller to judge.
     *
     * @return the position after it
     */
    static int end(byte[] value, int at) {
        if (at + 1 + Words.SIZE <= value.length) {
            int p = at + (value[at] == '-' ? 1 : 0);
            int length = shortLength(Words.get(value, p));
            if (length > 0) {
                return p + length;
            }
        }
        return longEnd(value, at);
    }

    /**
     * The length of an unsigned number that ends within the word and has no exponent; 0 if there is none. Nearly all
     * values are of this kind; there is no branch that depends on the number of digits, which no processor can guess.
     */
    private static int shortLength(long word) {
        long stops = Words.nonDigits(word);
        int whole = Words.first(stops);
        int after = (int) (word >>> whole * 8) & 0xff;
        long rest = after == '.' ? stops & stops - 1 : stops;
        int end = Words.first(rest);
        if (end == Words.SIZE || whole == 0 || end == whole + 1) {
            return 0;
        }
        boolean leadingZero = (byte) word == '0' && whole > 1;
        int next = (int) (word >>> end * 8) & 0xff;
        return leadingZero || (next | 0x20) == 'e' ? 0 : end;
    }

    private static int longEnd(byte[] value, int at) {
        int first = at + (value[at] == '-' ? 1 : 0);
        if (byteAt(value, first) == 'I') {
            throw Literals.notFinite(value, at, first);
        }
        int whole = digitsEnd(value, first, "a digit");
        if (value[first] == '0' && whole > first + 1) {
            throw Faults.syntax(value, first + 1, "no digit after a leading zero");
        }
        int fraction = byteAt(value, whole) == '.' ? digitsEnd(value, whole + 1, "a digit after the point") : whole;
        boolean power = (byteAt(value, fraction) | 0x20) == 'e';
        int end = power ? exponentEnd(value, fraction + 1) : fraction;
        int exponent = power ? exponent(value, fraction + 1, end) : 0;
        if (whole - first + exponent > SAFE_EXPONENT && Double.isInfinite(parse(value, at, end))) {
            throw Faults.at(at, Reason.NUMBER_RANGE, "found a number beyond the largest double, expected one within");
        }
        return end;
    }

    private static int digitsEnd(byte[] value, int from, String expected) {
        int p = from;
        while (p < value.length && value[p] >= '0' && value[p] <= '9') {
            p++;
        }
        if (p == from) {
            throw Faults.syntax(value, p, expected);
        }
        return p;
    }

    private static int exponentEnd(byte[] value, int from) {
        int sign = byteAt(value, from);
        return digitsEnd(value, sign == '+' || sign == '-' ? from + 1 : from, "a digit in the exponent");
    }

    private static int exponent(byte[] value, int from, int end) {
        int exponent = 0;
        for (int i = from; i < end; i++) {
            if (value[i] >= '0') {
                exponent = Math.min(EXPONENT_CAP, exponent * 10 + value[i] - '0');
            }
        }
        return value[from] == '-' ? -exponent : exponent;
    }

    /** Whether the checked number has neither point nor exponent. */
    static boolean isInteger(byte[] value, int at, int end) {
        for (int i = at; i < end; i++) {
            if (value[i] > '9' || value[i] == '.') {
                return false;
            }
        }
        return true;
    }

    /** The value of a checked integer; −1 if it is negative or beyond {@code long}. */
    static long natural(byte[] value, int at, int end) {
        boolean negative = value[at] == '-';
        long number = 0;
        for (int i = negative ? at + 1 : at; i < end; i++) {
            int digit = value[i] - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return negative && number != 0 ? -1 : number;
    }

    /** The value of a checked number, the same as {@link Double#parseDouble} of its text. */
    static double value(byte[] value, int at) {
        int end = end(value, at);
        boolean negative = value[at] == '-';
        int first = negative ? at + 1 : at;
        if (end - first > MAX_LONG_DIGITS) {
            return parse(value, at, end);
        }
        long digits = 0;
        int point = end - 1;
        for (int i = first; i < end; i++) {
            if (value[i] == '.') {
                point = i;
            } else if (value[i] > '9') {
                return parse(value, at, end);
            } else {
                digits = digits * 10 + value[i] - '0';
            }
        }
        return digits > MAX_EXACT ? parse(value, at, end) : exact(negative, digits, end - 1 - point);
    }

    /** Both operands are exact, so the one division rounds as the number's text would. */
    private static double exact(boolean negative, long digits, int decimals) {
        double magnitude = digits / POWERS[decimals];
        return negative ? -magnitude : magnitude;
    }

    private static double parse(byte[] value, int at, int end) {
        return Double.parseDouble(new String(value, at, end - at, StandardCharsets.ISO_8859_1));
    }

    private static int byteAt(byte[] value, int at) {
        return at < value.length ? value[at] : -1;
    }
}
