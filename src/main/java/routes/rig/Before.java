package routes.rig;

/**
 * How a leg finds the rig.
 *
 * @param pumping the pumps run
 * @param pumps seconds the pumps have been in that state
 * @param otherwise seconds they were in the other state before
 * @param still seconds since the string was last rotated
 */
record Before(boolean pumping, double pumps, double otherwise, double still) {
    /** The pumps {@code s} seconds into a leg that leaves them as they are. */
    Duty pumpsAfter(double s) {
        return new Duty(pumping, pumps + s, otherwise);
    }

    /** The pumps {@code s} seconds into a leg that stops them at its start. */
    Duty pumpsStopped(double s) {
        return pumping ? new Duty(false, s, pumps) : pumpsAfter(s);
    }

    /** The rotary {@code s} seconds into a leg that does not rotate. */
    Duty still(double s) {
        return new Duty(false, still + s, Leg.LONG);
    }
}
