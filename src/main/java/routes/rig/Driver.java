package routes.rig;

/** What moves a channel that has no formula of its own: a number made of the rig's state, mostly from 0 to 1. */
@FunctionalInterface
interface Driver {
    /** @param key of this rig's channel, for drivers that differ from channel to channel */
    double value(RigState state, long key);
}
