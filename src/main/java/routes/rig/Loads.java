package routes.rig;

/**
 * Forces on the string.
 *
 * @param hookload t
 * @param stringWeight buoyed, off bottom, free of friction, without the block, t
 * @param drag friction of the string when it moves, t
 * @param weightOnBit t
 * @param rotarySpeed rpm
 * @param frictionTorque kN.m
 * @param bitTorque kN.m
 */
record Loads(
        double hookload,
        double stringWeight,
        double drag,
        double weightOnBit,
        double rotarySpeed,
        double frictionTorque,
        double bitTorque) {
    private static final double GRAVITY = 9.81;
    private static final double STEEL_DENSITY = 7.85;
    /** Weight of casing over that of drill pipe, per metre. */
    private static final double CASING = 1.6;
    /** Radius at which the string rubs, m. */
    private static final double TOOL_JOINT = 0.084;
    /** Bit torque per weight on bit and diameter: sliding friction of a PDC bit, μ·WOB·d/3. */
    private static final double BIT_FRICTION = 0.8;
    /** Exponent of weight on bit in Bingham's ROP = K·N^e·(WOB/d)^a. */
    private static final double BINGHAM = 1.2;
    /** Seconds the rotary takes to start, and to stop. */
    private static final double SPIN_UP = 12;

    private static final double SPIN_DOWN = 8;
    private static final double STAND_WEIGHT = 0.8;

    static Loads of(RigProfile rig, WellPlan.Moment now, MudPumps pumps, long second) {
        Position position = now.motion().position();
        double share = now.motion().rotary().speed(SPIN_UP, SPIN_DOWN);
        double buoyancy = 1 - pumps.density() / STEEL_DENSITY;
        double perMetre = buoyancy * rig.pipeWeight() * (now.place().run() == WellPlan.RUNS ? CASING : 1);
        double weight = weight(rig, position.bit(), perMetre, buoyancy);
        double side = perMetre * rig.trajectory().departure(position.bit());
        double drag = rig.friction() * side;
        double onBit = weightOnBit(rig, now, second);
        double friction = 1.5 + rig.friction() * side * GRAVITY * TOOL_JOINT;
        double bit = BIT_FRICTION * onBit * GRAVITY * rig.bitDiameter() / 3;
        double wobble = share * torqueWobble(rig, second);
        return new Loads(
                hookload(rig, position, weight, drag, share) - onBit,
                weight,
                drag,
                onBit,
                share * (rig.rotarySpeed() + speedWobble(rig, second)),
                share * friction + wobble,
                share * bit);
    }

    /** Rotary torque, kN.m. */
    double torque() {
        return frictionTorque + bitTorque;
    }

    /** The vertical part of the string's weight: w·TVD of the bit for the pipe, w·cos(inclination) for the assembly. */
    private static double weight(RigProfile rig, double bit, double perMetre, double buoyancy) {
        double assembly = rig.bhaWeight()
                * Math.min(1, bit / 150)
                * Math.cos(rig.trajectory().inclination(bit));
        return perMetre * rig.trajectory().vertical(bit) + buoyancy * assembly;
    }

    /** In slips the block alone; else the string, and drag against the motion, most of it gone while rotating. */
    private static double hookload(RigProfile rig, Position at, double weight, double drag, double rotating) {
        if (at.inSlips()) {
            return rig.blockWeight() + (at.speed() > 0 ? STAND_WEIGHT : 0);
        }
        double moving = Math.tanh(at.speed() / 0.03) * (1 - 0.85 * rotating);
        return rig.blockWeight() + weight + drag * moving;
    }

    /** Bingham solved for the weight that gives this penetration in this rock. */
    private static double weightOnBit(RigProfile rig, WellPlan.Moment now, long second) {
        double rop = now.motion().position().rop();
        if (rop == 0) {
            return 0;
        }
        double mean = 3600 * Leg.STAND / (rig.standSeconds() - Drilling.NOT_DRILLING);
        double rock =
                1 + 0.15 * Noise.white(Noise.key(now.key(), 301), now.motion().stands());
        double wander = 0.6 * Noise.smooth(Noise.key(rig.key(), 302), second, 25)
                + 0.17 * Noise.white(Noise.key(rig.key(), 303), second);
        return Math.max(0.3, rig.weightOnBit() * rock * Math.pow(rop / mean, 1 / BINGHAM) + wander);
    }

    private static double torqueWobble(RigProfile rig, long second) {
        return 0.9 * Noise.smooth(Noise.key(rig.key(), 304), second, 12)
                + 0.3 * Noise.white(Noise.key(rig.key(), 305), second);
    }

    private static double speedWobble(RigProfile rig, long second) {
        return 0.7 * Noise.smooth(Noise.key(rig.key(), 306), second, 15)
                + 0.65 * Noise.white(Noise.key(rig.key(), 307), second);
    }
}
