package routes.audit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64 bits that stand for a content, so that a record and its copy need not be in memory together. Any change of one
 * word changes them; other accidental changes go unnoticed once in 2⁶⁴. No defence against somebody who looks for two
 * contents that agree.
 */
final class Fingerprint {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** 2⁶⁴ divided by the golden ratio, odd: multiplying by it loses nothing. */
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    private static final long NULL = 1;

    private Fingerprint() {}

    /** Of a record's key and value; a null is not an empty array. */
    static long of(byte[] key, byte[] value) {
        return mix(of(key), of(value));
    }

    private static long of(byte[] bytes) {
        if (bytes == null) {
            return NULL;
        }
        long print = bytes.length;
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            print = mix(print, (long) LONG.get(bytes, at));
        }
        for (; at < bytes.length; at++) {
            print = mix(print, bytes[at]);
        }
        return print;
    }

    static long of(CharSequence text) {
        long print = text.length();
        for (int i = 0; i < text.length(); i++) {
            print = mix(print, text.charAt(i));
        }
        return print;
    }

    static long of(char[] text, int from, int length) {
        long print = length;
        for (int i = from; i < from + length; i++) {
            print = mix(print, text[i]);
        }
        return print;
    }

    /** Adds a word; the order in which words are added counts. */
    static long mix(long print, long word) {
        long mixed = (print ^ word) * FACTOR;
        return mixed ^ mixed >>> 32;
    }
}
