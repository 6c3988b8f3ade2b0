package routes.telemetry;

/** Writes {@code unscaled × 10^−decimals} as JSON, exactly and with all its decimals: 450 with 2 decimals is 4.50. */
final class Decimals {
    /** No value is longer: sign, 19 digits, point, and a word that may be overwritten after it. */
    static final int LONGEST = 21 + Words.SIZE;

    private static final int MOST_DECIMALS = 18;
    /** Smaller magnitudes fit into one word. */
    private static final int WORD_LIMIT = 100_000_000;

    private static final int WORD_DECIMALS = 7;
    private static final long ZEROS = 0x3030303030303030L;
    private static final long NULL_WORD = 'n' | 'u' << 8 | 'l' << 16 | (long) 'l' << 24;
    /** The four digits of each number below 10,000, the first in the lowest byte. */
    private static final int[] DIGITS = new int[10_000];
    /** By the number of decimals, a mark on the digit before the point, which is written even if it is 0. */
    private static final long[] UNITS = new long[WORD_DECIMALS + 1];

    static {
        for (int i = 0; i < DIGITS.length; i++) {
            DIGITS[i] = i / 1000 | i / 100 % 10 << 8 | i / 10 % 10 << 16 | i % 10 << 24;
        }
        for (int i = 0; i < UNITS.length; i++) {
            UNITS[i] = 0x10L << (WORD_DECIMALS - i) * 8;
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
        if (magnitude >= WORD_LIMIT || magnitude < 0 || decimals < 0 || decimals > WORD_DECIMALS) {
            return unscaled == Telemetry.NULL ? writeNull(to, at) : writeLong(unscaled, decimals, to, at);
        }
        to[at] = '-';
        return writeWord((int) magnitude, decimals, to, at + (int) (unscaled >>> 63));
    }

    /**
     * Writes the eight digits without leading zeros, then over their end the point and the fraction. There is no branch
     * that depends on the value: values differ from one to the next, so such a branch would be a guess. Sizes within a
     * word are in bits.
     */
    private static int writeWord(int magnitude, int decimals, byte[] to, int at) {
        int tenThousands = magnitude / 10_000;
        long digits = DIGITS[tenThousands] | (long) DIGITS[magnitude - tenThousands * 10_000] << 32;
        int dropped = Long.numberOfTrailingZeros(digits | UNITS[decimals]) & -8;
        long text = (digits | ZEROS) >>> dropped;
        int whole = 64 - decimals * 8 - dropped;
        Words.set(to, at, text);
        int point = at + (whole >>> 3);
        Words.set(to, point, text >>> whole << 8 | '.');
        return point + decimals + (-decimals >>> 31);
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
