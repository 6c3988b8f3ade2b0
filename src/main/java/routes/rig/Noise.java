package routes.rig;

/**
 * Randomness without state: every number is a hash of a key and a tick, so that the same question has the same answer
 * for ever. The hash is the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
 */
final class Noise {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Noise() {}

    /** A key made from another and a number, as well scattered as the first. */
    static long key(long key, long number) {
        long z = key + (number + 1) * GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number in [0, 1), evenly spread over the keys. */
    static double uniform(long key) {
        return (key >>> 11) * 0x1.0p-53;
    }

    /** A number in [low, high), evenly spread over the keys. */
    static double between(long key, double low, double high) {
        return low + (high - low) * uniform(key);
    }

    /** A number in [−1, 1) that has nothing to do with that of the next tick. */
    static double white(long key, long tick) {
        return 2 * uniform(key(key, tick)) - 1;
    }

    /**
     * Value noise: a number in [−1, 1) that wanders smoothly from one random value to the next in {@code cell} ticks.
     *
     * @param tick ≥ 0
     */
    static double smooth(long key, long tick, int cell) {
        long left = tick / cell;
        double f = (tick - left * cell) / (double) cell;
        double from = white(key, left);
        return from + (white(key, left + 1) - from) * ease(f);
    }

    /** From 0 at 0 to 1 at 1, at rest at both ends; held outside. */
    static double ease(double f) {
        double x = Math.max(0, Math.min(1, f));
        return x * x * (3 - 2 * x);
    }

    /** The slope of {@link #ease}. */
    static double easeSlope(double f) {
        return f <= 0 || f >= 1 ? 0 : 6 * f * (1 - f);
    }
}
