package routes.rig;

/** What a sensor would show if it had neither resolution nor period. */
@FunctionalInterface
interface Instrument {
    /**
     * @param state of the rig when it is measured
     * @param key of this rig's channel, for noise of its own
     * @return in the channel's unit; NaN when the sensor gives nothing
     */
    double read(RigState state, long key);
}
