package routes.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at a time, as one {@code long} whose lowest byte is the first. The searches mark a byte by its highest
 * bit; only the lowest mark is meaningful, {@link #first} gives its index.
 */
final class Words {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    /** How many bytes one word has. */
    static final int SIZE = 8;

    private Words() {}

    static long get(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void set(byte[] bytes, int at, long word) {
        LONG.set(bytes, at, word);
    }

    /** Marks the bytes that are not {@code 0}–{@code 9}. All marks are exact. */
    static long nonDigits(long word) {
        long x = word ^ LOW * '0';
        return ((x & ~HIGH) + LOW * (0x80 - 10) | x) & HIGH;
    }

    /** Marks the bytes that end or interrupt plain text in a string: quotation mark, backslash, control, non-ASCII. */
    static long stringStops(long word) {
        long quote = word ^ LOW * '"';
        long escape = word ^ LOW * '\\';
        return (quote - LOW & ~quote | escape - LOW & ~escape | word - LOW * ' ' & ~word | word) & HIGH;
    }

    /** The index of the first marked byte; 8 if none is marked. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** Whether {@code length} bytes are equal; up to seven more are read from both arrays. */
    static boolean equal(byte[] a, int atA, byte[] b, int atB, int length) {
        int left = length;
        for (; left > SIZE; left -= SIZE, atA += SIZE, atB += SIZE) {
            if (get(a, atA) != get(b, atB)) {
                return false;
            }
        }
        return left == 0 || (get(a, atA) ^ get(b, atB)) << (SIZE - left) * 8 == 0;
    }
}
