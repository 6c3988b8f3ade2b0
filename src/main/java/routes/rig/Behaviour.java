package routes.rig;

/**
 * A channel without a formula of its own: it follows a driver between an idle and a working value, and strays from that
 * a little, by an offset of this rig's own and by a slow wandering.
 *
 * @param driver what it follows
 * @param idle value at driver 0
 * @param working value at driver 1
 * @param wander greatest stray, in the channel's unit; a channel that is 0 at rest does not stray at rest
 * @param cell seconds in which it strays from one value to the next
 */
record Behaviour(Driver driver, double idle, double working, double wander, int cell) implements Instrument {
    @Override
    public double read(RigState state, long key) {
        double drive = driver.value(state, key);
        double value = idle + (working - idle) * drive;
        if (wander == 0) {
            return value;
        }
        double awake = idle == 0 ? Math.min(1, Math.abs(drive)) : 1;
        double stray = Noise.white(key, -1) + Noise.smooth(key, state.second(), cell);
        return value + awake * wander * stray;
    }
}
