package routes.rig;

/**
 * Work during which neither string nor pumps move: a flow check, waiting, repair, work at the surface.
 *
 * @param hole stands the hole is deep
 * @param inHole stands the string is long: that many, or 0 when it is out of the hole
 */
record Standing(int activity, int hole, int inHole, int seconds) implements Leg {
    @Override
    public double circulation() {
        return 0;
    }

    @Override
    public Before after(Before before) {
        Duty pumps = before.pumpsStopped(seconds);
        return new Before(false, pumps.since(), pumps.previous(), before.still() + seconds);
    }

    @Override
    public Motion at(double s, Before before, long key) {
        double bit = Math.max(0, inHole * STAND - OFF_BOTTOM);
        return new Motion(
                activity,
                new Position(hole * STAND, bit, SLIPS_LOW, 0, -1, 0),
                hole,
                before.pumpsStopped(s),
                before.still(s),
                0,
                Drilling.PUMPS_OFF);
    }
}
