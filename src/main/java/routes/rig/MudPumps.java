package routes.rig;

/**
 * The mud pumps and what they pump. Two of pumps 1 to 3 are at work, the third of them and pump 4 stand by; the
 * choice changes with the bit run.
 *
 * @param rates measured stroke rates of pumps 1 to 4, 1/min; a rate is read from whole strokes, hence whole
 * @param share of full speed, 0 to 1, while starting and stopping
 * @param flow into the well, L/min, without the jitter of the stroke counters
 * @param flowOut of the well, L/min
 * @param strokes of all pumps since the run began
 * @param density of the mud, g/cm3
 */
record MudPumps(double[] rates, double share, double flow, double flowOut, double strokes, double density) {
    static final int PUMPS = 4;
    /** Litres per stroke: a triplex of 5 × 12 in at 98 %, as measured on the recorded log. */
    static final double STROKE_VOLUME = 11.40;
    /** Seconds from rest to full rate. */
    static final double START = 45;
    /** Seconds from full rate to rest. */
    static final double STOP = 12;

    private static final int AT_WORK = 2;
    /** Flow out begins so long after the pumps, and rises and falls with these time constants, s. */
    private static final double RETURNS_DELAY = 20;

    private static final double RETURNS_RISE = 30;

    private static final double RETURNS_FALL = 40;
    /** Mud is weighted up by this much per bit run, g/cm3. */
    private static final double WEIGHT_UP = 0.05;

    static MudPumps of(RigProfile rig, WellPlan.Moment now, long second) {
        Duty duty = now.motion().pumps();
        double share = duty.speed(START, STOP);
        double full = fullRate(rig) * STROKE_VOLUME;
        double wander = 1 + 0.004 * Noise.smooth(Noise.key(rig.key(), 201), second, 60);
        double[] rates = new double[PUMPS];
        for (int pump = 0; pump < PUMPS; pump++) {
            rates[pump] = atWork(now, pump) ? rate(rig, pump, share, second) : 0;
        }
        return new MudPumps(
                rates,
                share,
                full * share * wander,
                full * wander * returns(duty),
                now.circulated() * fullRate(rig) / 60,
                rig.mudDensity() + WEIGHT_UP * now.place().run());
    }

    /** Whether pump {@code pump}, from 0, is at work in this bit run. */
    static boolean atWork(WellPlan.Moment now, int pump) {
        int standby =
                (int) (3 * Noise.uniform(Noise.key(now.key(), 7000 + now.place().run())));
        return pump < 3 && pump != standby;
    }

    /** Stroke rate of all pumps at work, 1/min. */
    static double fullRate(RigProfile rig) {
        return AT_WORK * rig.strokeRate();
    }

    /** Flow in as it is measured: strokes times volume. */
    double strokeFlow() {
        return strokeRate() * STROKE_VOLUME;
    }

    /** Of all pumps, 1/min. */
    double strokeRate() {
        double sum = 0;
        for (double rate : rates) {
            sum += rate;
        }
        return sum;
    }

    /** Strokes of one pump since the run began. */
    double strokesOf(int pump, WellPlan.Moment now) {
        return atWork(now, pump) ? strokes / AT_WORK : 0;
    }

    /** Strokes that pump a volume in m3. */
    static double strokesFor(double volume) {
        return volume * 1000 / STROKE_VOLUME;
    }

    private static double returns(Duty duty) {
        double since = duty.on() ? Math.max(0, duty.since() - RETURNS_DELAY) : duty.since();
        return new Duty(duty.on(), since, duty.previous()).lag(RETURNS_RISE, RETURNS_FALL);
    }

    private static double rate(RigProfile rig, int pump, double share, long second) {
        double jitter = share == 0 ? 0 : 1.05 * Noise.white(Noise.key(rig.key(), 210 + pump), second);
        return Math.max(0, Math.rint(rig.strokeRate() * share + jitter));
    }
}
