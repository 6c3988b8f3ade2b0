package routes.rig;

/**
 * Mud volumes, m3. The active pits lose what the deepening hole takes and get it back from the reserve in transfers of
 * {@value #TRANSFER} m3; with the pumps off, flow line and shakers drain back some 8 m3, first order, and take it again
 * when they start: measured on the recorded log.
 *
 * @param active with the sensors' noise
 * @param change since the start of the run
 * @param reserve all reserve tanks
 * @param tripTank volume of trip tank 1
 * @param drainBack the part of {@code active} that has drained back
 * @param transferring mud is being transferred
 */
record Pits(double active, double change, double reserve, double tripTank, double drainBack, boolean transferring) {
    static final double DRAIN_BACK = 8;
    static final double TRANSFER = 10;

    /** Hole volume, mud on cuttings and seepage, m3 per m drilled. */
    private static final double TAKEN = 0.05;

    private static final double DRAIN = 150;
    private static final double RETURN = 200;
    private static final double RESERVE = 170;
    /** Part of the time between two transfers that one takes. */
    private static final double BUSY = 0.08;

    private static final double TRIP_TANK = 3.8;
    private static final double TRIP_TANK_LOW = 1.5;
    private static final double TRIP_TANK_FILL = 3.0;

    static Pits of(RigProfile rig, WellPlan.Moment now, long second) {
        Position position = now.motion().position();
        Duty pumps = now.motion().pumps();
        double drained = DRAIN_BACK * (1 - pumps.lag(RETURN, DRAIN));
        double drilled = position.hole() - now.place().runStands() * Leg.STAND;
        double taken = TAKEN * drilled / TRANSFER;
        double full = Math.floor(taken);
        double part = full == 0 ? 1 : (taken - full) / BUSY;
        double transferred = TRANSFER * (full == 0 ? 0 : full - 1 + Noise.ease(part));
        double change = transferred - TAKEN * drilled + drained + noise(rig, second);
        return new Pits(
                rig.activeVolume() + change,
                change,
                RESERVE - transferred,
                tripTank(position),
                drained,
                full > 0 && part < 1);
    }

    /** The trip tank fills the hole as steel comes out, and is filled again from {@value #TRIP_TANK_LOW} m3. */
    private static double tripTank(Position position) {
        double steel = Bore.STEEL * (position.hole() - position.bit());
        double level = (TRIP_TANK - TRIP_TANK_LOW - steel) / TRIP_TANK_FILL;
        return TRIP_TANK_LOW + TRIP_TANK_FILL * (level - Math.floor(level));
    }

    private static double noise(RigProfile rig, long second) {
        return 0.35 * Noise.smooth(Noise.key(rig.key(), 701), second, 40)
                + 0.3 * Noise.white(Noise.key(rig.key(), 702), second);
    }
}
