package routes.rig;

/**
 * A build-and-hold well: vertical to the kick-off point, an arc, then straight on.
 *
 * @param kickOff measured depth, m
 * @param radius of the arc, m
 * @param hold inclination after the arc, rad
 * @param azimuth rad
 */
record Trajectory(double kickOff, double radius, double hold, double azimuth) {
    static Trajectory of(long key) {
        return new Trajectory(
                Noise.between(Noise.key(key, 101), 600, 1100),
                Noise.between(Noise.key(key, 102), 430, 700),
                Math.toRadians(Noise.between(Noise.key(key, 103), 38, 72)),
                Noise.between(Noise.key(key, 104), 0, 2 * Math.PI));
    }

    /** Inclination at a measured depth, rad. */
    double inclination(double depth) {
        return Math.max(0, Math.min(hold, (depth - kickOff) / radius));
    }

    /** True vertical depth of a measured depth, m. */
    double vertical(double depth) {
        double angle = inclination(depth);
        return Math.min(depth, kickOff) + radius * Math.sin(angle) + straight(depth) * Math.cos(hold);
    }

    /** Horizontal distance from the wellhead at a measured depth, m. */
    double departure(double depth) {
        return radius * (1 - Math.cos(inclination(depth))) + straight(depth) * Math.sin(hold);
    }

    /** Dogleg severity at a measured depth, degrees per 30 m. */
    double dogleg(double depth) {
        double angle = inclination(depth);
        return angle > 0 && angle < hold ? Math.toDegrees(30 / radius) : 0;
    }

    private double straight(double depth) {
        return Math.max(0, depth - kickOff - radius * hold);
    }
}
