package routes.rig;

/**
 * Pressures in the circulating system, kPa. Losses in turbulent flow go with ρ^0.8·Q^1.8, that of the bit's nozzles
 * with ρ·Q²; the sensor's offset and the exponent are those measured on the recorded log.
 *
 * @param standpipe with the sensor's noise
 * @param jetVelocity through the nozzles, m/s
 * @param ecd equivalent circulating density at the bit, g/cm3
 */
record Hydraulics(
        double standpipe,
        double surface,
        double string,
        double motor,
        double differential,
        double mwd,
        double bit,
        double annulus,
        double jetVelocity,
        double ecd) {
    /** What the sensor shows without flow, kPa. */
    static final double OFFSET = 352;
    /** Total flow area of the bit, m2. */
    static final double NOZZLES = 600e-6;

    private static final double REFERENCE_FLOW = 2200;
    private static final double REFERENCE_DENSITY = 1.25;
    /** Losses at the reference flow and density, kPa. */
    private static final double SURFACE = 600;

    private static final double MOTOR = 2400;
    private static final double MWD = 900;
    /** Of the annulus over that of the string. */
    private static final double ANNULUS = 0.12;
    /** Motor pressure over bit torque, kPa per kN.m. */
    private static final double MOTOR_TORQUE = 160;

    private static final double DISCHARGE = 0.95;
    private static final double GRAVITY = 9.81;

    static Hydraulics of(RigProfile rig, WellPlan.Moment now, MudPumps pumps, Loads loads, long second) {
        double depth = now.motion().position().bit();
        double flow = pumps.flow();
        double turbulent = Math.pow(pumps.density() / REFERENCE_DENSITY, 0.8) * Math.pow(flow / REFERENCE_FLOW, 1.8);
        double string = rig.pipeFriction() * depth * turbulent;
        double velocity = flow / 60_000 / NOZZLES;
        double bit = pumps.density() * velocity * velocity / 2 / (DISCHARGE * DISCHARGE);
        double differential = pumps.share() * MOTOR_TORQUE * loads.bitTorque();
        double annulus = ANNULUS * string;
        double noise = pumps.share() * noise(rig, second) + noise(rig, second) / 20;
        double sum = (SURFACE + MOTOR + MWD) * turbulent + string + differential + bit + annulus;
        return new Hydraulics(
                OFFSET + sum + noise,
                SURFACE * turbulent,
                string,
                MOTOR * turbulent,
                differential,
                MWD * turbulent,
                bit,
                annulus,
                velocity,
                pumps.density()
                        + annulus / (GRAVITY * Math.max(50, rig.trajectory().vertical(depth))));
    }

    /** Pressure of the mud column plus annular loss at a vertical depth, kPa, for a density in g/cm3. */
    static double column(double density, double vertical) {
        return density * GRAVITY * vertical;
    }

    /** Kilowatts of a pressure in kPa at a flow in L/min. */
    static double power(double pressure, double flow) {
        return pressure * flow / 60_000;
    }

    private static double noise(RigProfile rig, long second) {
        return 90 * Noise.smooth(Noise.key(rig.key(), 401), second, 45)
                + 5 * Noise.white(Noise.key(rig.key(), 402), second);
    }
}
