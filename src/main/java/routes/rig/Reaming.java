package routes.rig;

/**
 * Washing the last stand of a trip to just off bottom: the stand is picked up in slips, the pumps start, and it goes
 * down slowly.
 *
 * @param stands the hole is deep
 * @param rotating the string is rotated, as drill pipe is and casing is not
 */
record Reaming(int activity, int stands, boolean rotating, int seconds) implements Leg {
    private static final double CONNECTION = 90;
    private static final double FETCH = 50;

    @Override
    public double circulation() {
        return running(seconds).run(MudPumps.START, MudPumps.STOP);
    }

    @Override
    public Before after(Before before) {
        return new Before(true, seconds - CONNECTION, before.pumps() + CONNECTION, rotating ? 0 : before.still());
    }

    @Override
    public Motion at(double s, Before before, long key) {
        boolean on = s >= CONNECTION;
        Duty pumps = on ? new Duty(true, s - CONNECTION, before.pumps() + CONNECTION) : before.pumpsAfter(s);
        Duty rotary = on && rotating ? new Duty(true, s - CONNECTION, before.still() + CONNECTION) : before.still(s);
        return new Motion(
                activity,
                on ? washingDown(s) : pickingUp(s),
                stands,
                pumps,
                rotary,
                on ? pumps.run(MudPumps.START, MudPumps.STOP) : 0,
                CONNECTION);
    }

    private static Duty running(double s) {
        return new Duty(true, s - CONNECTION, LONG);
    }

    private Position pickingUp(double s) {
        double block = SLIPS_LOW + STAND * Noise.ease(s / FETCH);
        double bit = (stands - 1) * STAND - OFF_BOTTOM;
        return new Position(stands * STAND, bit, block, STAND * Noise.easeSlope(s / FETCH) / FETCH, s, 0);
    }

    private Position washingDown(double s) {
        double time = seconds - CONNECTION;
        double f = (s - CONNECTION) / time;
        double left = STAND * (1 - Noise.ease(f));
        double speed = -STAND * Noise.easeSlope(f) / time;
        return new Position(stands * STAND, stands * STAND - OFF_BOTTOM - left, SLIPS_LOW + left, speed, -1, 0);
    }
}
