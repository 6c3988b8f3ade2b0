package routes.rig;

/** Volumes of the 8 1/2 in hole and the 5 in drill pipe in it. */
final class Bore {
    /** Outside diameter of the pipe, m. */
    static final double PIPE = 0.127;

    private static final double PIPE_INSIDE = 0.1086;
    /** Steel of the pipe, tool joints included, m3/m. */
    static final double STEEL = 0.0041;

    private Bore() {}

    /** Area of the hole, m2. */
    static double area(double diameter) {
        return Math.PI / 4 * diameter * diameter;
    }

    /** Volume between pipe and hole down to a depth, m3. */
    static double annulus(RigProfile rig, double depth) {
        return (area(rig.bitDiameter()) - area(PIPE)) * depth;
    }

    /** Volume inside the pipe down to a depth, m3. */
    static double inside(double depth) {
        return area(PIPE_INSIDE) * depth;
    }
}
