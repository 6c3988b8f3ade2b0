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
        int words = (to - from) / Words.SIZE + 1;
        for (int i = 0; i < words + FINAL_ROUNDS; i++) {
            long word = i < words ? word(bytes, from, to, i) : 0;
            if (i == words) {
                v2 ^= 0xff;
            }
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

    private static long word(byte[] bytes, int from, int to, int index) {
        int at = from + index * Words.SIZE;
        if (at + Words.SIZE <= to) {
            return Words.get(bytes, at);
        }
        long word = (long) (to - from) << 56;
        for (int i = at; i < to; i++) {
            word |= (bytes[i] & 0xffL) << (i - at) * 8;
        }
        return word;
    }
}
