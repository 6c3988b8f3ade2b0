package routes.telemetry;

/** Writes {@code unscaled × 10^−decimals} as JSON, exactly and with all its decimals: 450 with 2 decimals is 4.50. */
final class Decimals {
    /** No value is longer: sign, 19 digits, point, and a word that may be overwritten after it. */
    static final int LONGEST = 21 + Words.SIZE;

    private static final int MOST_DECIMALS = 18;
    private static final long WORD_LIMIT = 100_000_000;
    private static final long NULL_WORD = 'n' | 'u' << 8 | 'l' << 16 | (long) 'l' << 24;

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
        if (decimals >>> 3 != 0 || magnitude >= WORD_LIMIT || magnitude < 0) {
            return unscaled == Telemetry.NULL ? writeNull(to, at) : writeLong(unscaled, decimals, to, at);
        }
        to[at] = '-';
        return writeWord((int) magnitude, decimals, to, at + (int) (unscaled >>> 63));
    }

    /** Without a branch that depends on the value: values differ from one to the next, so such a branch is a guess. */
    private static int writeWord(int magnitude, int decimals, byte[] to, int at) {
        long digits = digits(magnitude);
        int dropped = Math.min(Words.first(digits), Words.SIZE - 1 - decimals);
        long text = (digits | 0x3030303030303030L) >>> dropped * 8;
        int whole = Words.SIZE - decimals - dropped;
        Words.set(to, at, text);
        to[at + whole] = '.';
        Words.set(to, at + whole + 1, text >>> whole * 8);
        return at + whole + decimals + (-decimals >>> 31);
    }

    /**
     * Eight decimal digits of a number below 10⁸, the first in the lowest byte. The number is halved three times, all
     * parts at once, with division replaced by multiplication and shift (the method of Paul Khuong's "How to print
     * integers really fast").
     */
    private static long digits(int number) {
        long fours = number / 10_000 | (long) (number % 10_000) << 32;
        long hundreds = fours * 10_486 >>> 20 & 0x7f_0000_007fL;
        long twos = hundreds | fours - 100 * hundreds << 16;
        long tens = twos * 103 >>> 10 & 0xf_000f_000f_000fL;
        return tens | twos - 10 * tens << 8;
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
