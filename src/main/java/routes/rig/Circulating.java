package routes.rig;

/**
 * Circulating just off bottom, pumps on, no rotation, the string moved up and down so that it does not stick.
 *
 * @param stands the hole is deep
 * @param strokes of the string, of {@value #STROKE} s each
 */
record Circulating(int stands, int strokes) implements Leg {
    static final int STROKE = 240;
    private static final double HEIGHT = 8;

    @Override
    public int seconds() {
        return strokes * STROKE;
    }

    @Override
    public double circulation() {
        return seconds();
    }

    @Override
    public Before after(Before before) {
        return new Before(true, before.pumps() + seconds(), before.otherwise(), before.still() + seconds());
    }

    @Override
    public Motion at(double s, Before before, long key) {
        double angle = 2 * Math.PI * s / STROKE;
        double up = HEIGHT * (1 - Math.cos(angle)) / 2;
        double speed = HEIGHT * Math.PI * Math.sin(angle) / STROKE;
        double hole = stands * STAND;
        Position position = new Position(hole, hole - OFF_BOTTOM - up, SLIPS_LOW + up, speed, -1, 0);
        return new Motion(
                Activity.CIRCULATING, position, stands, before.pumpsAfter(s), before.still(s), s, Drilling.PUMPS_OFF);
    }
}
