package routes.rig;

/**
 * When a group of channels is measured: a control system reads the channels of one period in a few groups, one after
 * the other, and repeats a value until it reads it again.
 *
 * @param period seconds
 * @param group which of the groups of this period
 * @param pulsed the values come up by mud pulse: none while the pumps are off or casing is run
 */
record Scan(int period, int group, boolean pulsed) {
    private static final int GROUPS = 3;
    /** After so many seconds without a pulse, no value is better than the last one. */
    private static final int STALE = 1800;

    private static final double PULSE_FLOW = 0.9;

    static Scan of(Channel channel) {
        int period = (int) channel.period().toSeconds();
        int group = period == 1 ? 0 : Math.floorMod(channel.subsystem().hashCode(), GROUPS);
        boolean pulsed =
                channel.subsystem().equals("mwd") || channel.subsystem().equals("lwd");
        return new Scan(period, group, pulsed);
    }

    /** The state of the rig when the values of {@code second} were measured; null when there are none. */
    RigState read(RigModel model, long second) {
        long phase = Math.floorMod(Noise.key(model.profile().key(), 1000L * period + group), (long) period);
        long measured = Math.max(0, second - Math.floorMod(second - phase, (long) period));
        return pulsed ? pulse(model, measured) : model.at(measured);
    }

    private static RigState pulse(RigModel model, long second) {
        RigState state = model.at(second);
        if (state.casing()) {
            return null;
        }
        if (state.pumps().share() >= PULSE_FLOW) {
            return state;
        }
        Duty pumps = state.pumpDuty();
        double silent = pumps.on() ? pumps.since() + pumps.previous() : pumps.since();
        long last = second - (long) Math.ceil(silent) - 1;
        return silent > STALE || last < 0 ? null : model.at(last);
    }
}
