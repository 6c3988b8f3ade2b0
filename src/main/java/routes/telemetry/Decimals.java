package routes.telemetry;

/** Writes {@code unscaled × 10^−decimals} as JSON, exactly and with all its decimals: 450 with 2 decimals is 4.50. */
final class Decimals {
    /** No value is longer: sign, 19 digits, point, and a word that may be overwritten after it. */
    static final int LONGEST = 21 + Words.SIZE;

    private static final int MOST_DECIMALS = 18;
    /** Magnitudes of up to this many bits have at most seven digits, so that digits and point fit into one word. */
    private static final int WORD_BITS = 23;

    private static final int WORD_DECIMALS = 6;

    private static final long NULL_WORD = 'n' | 'u' << 8 | 'l' << 16 | (long) 'l' << 24;
    private static final long ZEROS = 0x3030303030303030L;
    /** Three digits of each number below 1,000, the first in the lowest byte: small enough to stay in the cache. */
    private static final int[] DIGITS = new int[1000];

    static {
        for (int i = 0; i < DIGITS.length; i++) {
            DIGITS[i] = i / 100 | i / 10 % 10 << 8 | i % 10 << 16;
        }
    }

    private Decimals() {}

    /**
     * Writes at {@code at}; up to {@link #LONGEST} bytes from there are overwritten.
     *
     * @param unscaled {@link Telemetry#NULL} is written as {@code null}
     * @return the position after it
     * @throws IllegalArgumentException if {@code decimals} is not 0–18
     */
    static int write(long unscaled, int decimals, byte[] to, int at) {
        long magnitude = Math.abs(unscaled);
        if (magnitude >>> WORD_BITS != 0 || decimals < 0 || decimals > WORD_DECIMALS) {
            return unscaled == Telemetry.NULL ? writeNull(to, at) : writeLong(unscaled, decimals, to, at);
        }
        to[at] = '-';
        return writeWord(magnitude, decimals, to, at + (int) (unscaled >>> 63));
    }

    /**
     * Writes a magnitude of up to seven digits as one word, without a branch that depends on the value: values differ
     * from one to the next, so such a branch would be a guess. Sizes within the word are in bits.
     */
    private static int writeWord(long magnitude, int decimals, byte[] to, int at) {
        long digits = eightDigits(magnitude);
        long first = digits | 0x1000000000000000L >>> decimals * 8;
        int dropped = Long.numberOfTrailingZeros(first) & -8;
        long text = (digits | ZEROS) >>> dropped;
        int whole = 64 - decimals * 8 - dropped;
        long fraction = -1L << whole;
        Words.set(to, at, text & ~fraction | (text & fraction) << 8 | (long) '.' << whole);
        return at + (whole >>> 3) + decimals + (-decimals >>> 31);
    }

    /** The digits of a number below 10⁸, the first in the lowest byte. */
    private static long eightDigits(long number) {
        long thousands = thousandth(number);
        long millions = thousandth(thousands);
        return DIGITS[(int) millions] >>> 8
                | (long) DIGITS[(int) (thousands - millions * 1000)] << 16
                | (long) DIGITS[(int) (number - thousands * 1000)] << 40;
    }

    /** A number below 2³² divided by 1,000: 274,877,907 is 2³⁸/1,000, rounded up, and near enough for that. */
    private static long thousandth(long number) {
        return number * 274_877_907L >>> 38;
    }

    private static int writeNull(byte[] to, int at) {
        Words.set(to, at, NULL_WORD);
        return at + 4;
    }

    private static int writeLong(long unscaled, int decimals, byte[] to, int at) {
        if (decimals < 0 || decimals > MOST_DECIMALS) {
            throw new IllegalArgumentException(decimals + " decimals; expected 0 to " + MOST_DECIMALS);
        }
        if (unscaled < 0) {
            to[at++] = '-';
        }
        long left = Math.abs(unscaled);
        int end = at + Math.max(length(left), decimals + 1) + (decimals > 0 ? 1 : 0);
        int point = decimals > 0 ? end - 1 - decimals : end;
        for (int i = end - 1; i >= at; i--) {
            if (i == point) {
                to[i] = '.';
            } else {
                to[i] = (byte) ('0' + left % 10);
                left /= 10;
            }
        }
        return end;
    }

    private static int length(long magnitude) {
        int length = 1;
        for (long left = magnitude; left > 9; left /= 10) {
            length++;
        }
        return length;
    }
}
