package routes.rig;

/**
 * What sets one rig and its wells apart from another; constant for the rig's life.
 *
 * @param key of the rig, from which all its randomness comes
 * @param standsToShoe stands of hole at which its wells begin
 * @param standsPerRun stands drilled with one bit, even
 * @param standSeconds mean seconds per stand, connection included
 * @param blockWeight of block and top drive, t
 * @param pipeWeight of the drill pipe in air, t/m
 * @param bhaWeight of the bottom-hole assembly in air, t
 * @param bitDiameter m
 * @param strokeRate of each mud pump at work, 1/min
 * @param rotarySpeed at work, rpm
 * @param weightOnBit at work, t
 * @param mudDensity at the start of a well, g/cm3
 * @param activeVolume of the pits, m3
 * @param pipeFriction pressure loss in the drill pipe at 2,200 L/min of 1.25 g/cm3, kPa/m
 * @param friction coefficient between string and hole
 * @param backgroundGas %
 * @param trajectory of its wells
 */
record RigProfile(
        long key,
        int standsToShoe,
        int standsPerRun,
        int standSeconds,
        double blockWeight,
        double pipeWeight,
        double bhaWeight,
        double bitDiameter,
        double strokeRate,
        double rotarySpeed,
        double weightOnBit,
        double mudDensity,
        double activeVolume,
        double pipeFriction,
        double friction,
        double backgroundGas,
        Trajectory trajectory) {

    /** The profile of rig {@code number} of a fleet with this seed: near the recorded log's rig, no two the same. */
    static RigProfile of(long seed, int number) {
        long key = Noise.key(Noise.key(seed, 0), number);
        return new RigProfile(
                key,
                30 + (int) draw(key, 1, 0, 15),
                36 + 2 * (int) draw(key, 2, 0, 4),
                Drilling.NOT_DRILLING + (int) draw(key, 3, 2350, 2900),
                draw(key, 4, 31.5, 34.5),
                draw(key, 5, 0.0235, 0.0275),
                draw(key, 6, 4, 8),
                0.2159,
                Math.rint(draw(key, 7, 92, 103)),
                Math.rint(draw(key, 8, 125, 170)),
                draw(key, 9, 3, 11),
                Math.rint(100 * draw(key, 10, 1.10, 1.32)) / 100,
                draw(key, 11, 465, 482),
                draw(key, 12, 2.3, 3.3),
                draw(key, 13, 0.20, 0.30),
                draw(key, 14, 0.3, 0.7),
                Trajectory.of(key));
    }

    private static double draw(long key, int what, double low, double high) {
        return Noise.between(Noise.key(key, what), low, high);
    }
}
