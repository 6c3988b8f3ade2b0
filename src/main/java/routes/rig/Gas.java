package routes.rig;

/**
 * Gas in the mud at surface: background, gas of the drilled rock, and a peak from each connection, which all arrive
 * when the mud that passed the bit then has been pumped up the annulus.
 *
 * @param total %
 * @param connection share of it that stems from the last connection or trip, %
 * @param returnsDepth depth of the hole when the mud now at surface passed the bit, m
 * @param lagStrokes strokes from bit to surface
 */
record Gas(double total, double background, double connection, double returnsDepth, double lagStrokes) {
    /** Width of a connection peak, s of circulation. */
    private static final double PEAK = 110;
    /** Gas of 40 m/h in porous rock, %. */
    private static final double DRILLED = 1.1;
    /** With the pumps off the gas in the trap fades, and comes back with the flow, s. */
    private static final double FADE = 500;

    private static final double RECOVER = 150;

    static Gas of(RigProfile rig, WellPlan plan, WellPlan.Moment now, long second) {
        Position position = now.motion().position();
        double lag = MudPumps.strokesFor(Bore.annulus(rig, position.hole())) * 60 / MudPumps.fullRate(rig);
        Drilling.Past past = plan.past(now, now.circulated() - lag);
        double background = rig.backgroundGas() * (1 + 0.2 * Noise.smooth(Noise.key(rig.key(), 501), second, 900));
        double shale = Formation.at(now.key(), rig.trajectory(), past.hole()).shale();
        double drilled = DRILLED * (1.2 - shale) * past.rop() / 40;
        double peak = peak(now, past) + tripGas(now, lag);
        double shown = now.motion().pumps().lag(RECOVER, FADE);
        double noise = 0.006 * Noise.smooth(Noise.key(rig.key(), 502), second, 4);
        double total = background + (drilled + peak) * shown + noise;
        return new Gas(
                total, background, peak * shown, past.hole(), MudPumps.strokesFor(Bore.annulus(rig, position.bit())));
    }

    private static double peak(WellPlan.Moment now, Drilling.Past past) {
        double size = Noise.between(Noise.key(now.key(), 5000 + Math.round(past.hole() / Leg.STAND)), 0.6, 1.8);
        return size * (bell(past.sinceStop()) + bell(past.toStop()));
    }

    /** Gas that the mud in the hole took up during the trip arrives with the first bottoms-up. */
    private static double tripGas(WellPlan.Moment now, double lag) {
        return 2.4 * bell((now.circulated() - lag) / 2);
    }

    private static double bell(double seconds) {
        double x = seconds / PEAK;
        return x > 6 || x < -6 ? 0 : Math.exp(-x * x / 2);
    }
}
