package routes.rig;

/**
 * Running pipe in or pulling it out, stand by stand: the string moves, then hangs in slips while the block moves back
 * empty. Pumps off, no rotation.
 *
 * @param hole stands the hole is deep
 * @param from stands in the hole at the start
 * @param to stands in the hole at the end
 * @param perStand seconds per stand
 */
record Tripping(int activity, int hole, int from, int to, int perStand) implements Leg {
    private static final double MOVING = 0.55;
    private static final double BLOCK_BACK = 0.28;

    @Override
    public int seconds() {
        return Math.abs(to - from) * perStand;
    }

    @Override
    public double circulation() {
        return 0;
    }

    @Override
    public Before after(Before before) {
        Duty pumps = before.pumpsStopped(seconds());
        return new Before(false, pumps.since(), pumps.previous(), before.still() + seconds());
    }

    @Override
    public Motion at(double s, Before before, long key) {
        int done = (int) (s / perStand);
        double f = s / perStand - done;
        return new Motion(
                activity,
                to > from ? runningIn(from + done, f) : pullingOut(from - done, f),
                hole,
                before.pumpsStopped(s),
                before.still(s),
                0,
                Drilling.PUMPS_OFF);
    }

    /** In slips while the block fetches a stand, then down. */
    private Position runningIn(int stands, double f) {
        double slips = 1 - MOVING;
        double fetch = f / BLOCK_BACK;
        if (f < slips) {
            double block = SLIPS_LOW + STAND * Noise.ease(fetch);
            double speed = STAND * Noise.easeSlope(fetch) / (BLOCK_BACK * perStand);
            return position(bit(stands), block, speed, f * perStand);
        }
        double moved = (f - slips) / MOVING;
        double bit = bit(stands + Noise.ease(moved));
        double speed = -STAND * Noise.easeSlope(moved) / (MOVING * perStand);
        return position(bit, SLIPS_LOW + STAND * (1 - Noise.ease(moved)), speed, -1);
    }

    /** Up, then in slips while the block comes down empty. */
    private Position pullingOut(int stands, double f) {
        if (f < MOVING) {
            double moved = f / MOVING;
            double speed = STAND * Noise.easeSlope(moved) / (MOVING * perStand);
            return position(bit(stands - Noise.ease(moved)), SLIPS_LOW + STAND * Noise.ease(moved), speed, -1);
        }
        double back = (f - 1 + BLOCK_BACK) / BLOCK_BACK;
        double speed = -STAND * Noise.easeSlope(back) / (BLOCK_BACK * perStand);
        return position(bit(stands - 1), SLIPS_HIGH - STAND * Noise.ease(back), speed, (f - MOVING) * perStand);
    }

    private static double bit(double stands) {
        return Math.max(0, stands * STAND - OFF_BOTTOM);
    }

    private Position position(double bit, double block, double speed, double slipsFor) {
        return new Position(hole * STAND, bit, block, speed, slipsFor, 0);
    }
}
