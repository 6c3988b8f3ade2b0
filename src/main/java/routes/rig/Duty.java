package routes.rig;

/**
 * Whether a machine runs and since when.
 *
 * @param on it runs
 * @param since seconds it has been in this state
 * @param previous seconds it was in the state before
 */
record Duty(boolean on, double since, double previous) {
    /** Its speed as a share of full speed, when it takes {@code up} seconds to start and {@code down} to stop. */
    double speed(double up, double down) {
        return on ? Math.min(1, since / up) : Math.max(0, 1 - since / down);
    }

    /** The time integral of {@link #speed} since the last change, in seconds at full speed. */
    double run(double up, double down) {
        double ramp = Math.min(since, on ? up : down);
        return on ? ramp * ramp / (2 * up) + (since - ramp) : ramp - ramp * ramp / (2 * down);
    }

    /**
     * A first-order lag: how warm the machine is, from 0 to 1, with the time constant {@code tau} in seconds. It takes
     * the machine to have been at its final value before {@code previous}, which holds while tau is a few times less
     * than the time it runs.
     */
    double warmth(double tau) {
        return lag(tau, tau);
    }

    /** As {@link #warmth} with different time constants for rising and falling. */
    double lag(double rise, double fall) {
        return on ? 1 - (1 - Math.exp(-previous / fall)) * Math.exp(-since / rise) : Math.exp(-since / fall);
    }
}
