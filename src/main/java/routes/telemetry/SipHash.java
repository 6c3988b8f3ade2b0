package routes.telemetry;

import java.security.SecureRandom;

/**
 * SipHash-1-3 (Aumasson, Bernstein: "SipHash: a fast short-input PRF") with a secret key: who does not know the key
 * cannot choose names that collide.
 */
final class SipHash {
    private static final int FINAL_ROUNDS = 3;

    private final long key0;
    private final long key1;

    SipHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    static SipHash secret() {
        SecureRandom random = new SecureRandom();
        return new SipHash(random.nextLong(), random.nextLong());
    }

    /** One round for each word, the last of which holds what is left and the length; then three to finish. */
    long hash(byte[] bytes, int from, int to) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        int last = from + (to - from & -Words.SIZE);
        int end = last + (1 + FINAL_ROUNDS) * Words.SIZE;
        for (int at = from; at < end; at += Words.SIZE) {
            long word = at < last ? Words.get(bytes, at) : at == last ? tail(bytes, at, to, to - from) : 0;
            v2 ^= at == last + Words.SIZE ? 0xff : 0;
            v3 ^= word;
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32) + v3;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** Fewer than eight bytes, and the length in the highest one. */
    private static long tail(byte[] bytes, int from, int to, int length) {
        long word = 0;
        if (from + Words.SIZE <= bytes.length) {
            word = Words.get(bytes, from) & (1L << (to - from) * 8) - 1;
        } else {
            for (int i = from; i < to; i++) {
                word |= (bytes[i] & 0xffL) << (i - from) * 8;
            }
        }
        return word | (long) length << 56;
    }
}
