package routes.telemetry;

import java.security.SecureRandom;

/**
 * SipHash-1-3 (Aumasson, Bernstein: "SipHash: a fast short-input PRF") with a secret key: who does not know the key
 * cannot choose names that collide.
 */
final class SipHash {
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
        State state = new State(key0, key1);
        int at = from;
        for (; at + Words.SIZE <= to; at += Words.SIZE) {
            state.take(Words.get(bytes, at));
        }
        state.take(tail(bytes, at, to, to - from));
        return state.finish();
    }

    /** Lives only within {@link #hash}, so that it stays in registers. */
    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void take(long word) {
            v3 ^= word;
            round();
            v0 ^= word;
        }

        long finish() {
            v2 ^= 0xff;
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32) + v3;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
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
