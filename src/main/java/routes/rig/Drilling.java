package routes.rig;

/**
 * Drilling a number of stands, each one cycle: connection with the pumps off, back to bottom, drill down, ream one
 * joint up and down, circulate. The times are those of a recorded stand: 41 min of drilling, 14.6 min with the pumps
 * off, of which 11 to 12 min in slips.
 *
 * <p>The cycles vary, and their sum does not: the end of cycle i lies at i mean cycles plus a hash of i, which is 0 at
 * both ends of the leg. So the cycle of any second is found without those before it.
 *
 * @param firstStand stands the hole is deep at the start
 * @param stands how many are drilled
 * @param mean seconds per cycle, on average
 */
record Drilling(int firstStand, int stands, int mean) implements Leg {
    /** Mean seconds with the pumps off per connection. */
    static final int PUMPS_OFF = 876;
    /** Seconds of a cycle that are not drilling, on average. */
    static final int NOT_DRILLING = PUMPS_OFF + 150 + 320 + 60;

    private static final double VARIATION = 120;
    private static final double OFF_VARIATION = 30;
    /** Seconds of circulation over which the returns mix. */
    private static final double MIXING = 180;

    private static final double TO_BOTTOM = 150;
    private static final double REAMING = 320;
    private static final double CIRCULATING = 60;
    private static final double TO_SLIPS = 70;
    private static final double FROM_SLIPS = 116;
    private static final double LOST_IN_RAMPS = (MudPumps.START - MudPumps.STOP) / 2;

    /**
     * Cycle {@code index} of the leg: it starts at second {@code start}, the pumps are off for {@code off} of it, and
     * had been for {@code offBefore} in the cycles before.
     */
    private record Cycle(int index, double start, double length, double off, double offBefore, long key) {
        double drillingFrom() {
            return off + TO_BOTTOM;
        }

        double drillingTo() {
            return length - REAMING - CIRCULATING;
        }

        double drillingSeconds() {
            return drillingTo() - drillingFrom();
        }
    }

    /**
     * What leaves the hole when {@code circulated} seconds of this leg have been pumped past the bit.
     *
     * @param hole depth of the hole when it passed the bit, m
     * @param rop rate of penetration then, m/h; rounded at both ends of a stand, as mud mixes on its way up
     * @param sinceStop seconds of circulation since the pumps had been stopped, as for a connection
     * @param toStop seconds of circulation until they were stopped next
     */
    record Past(double hole, double rop, double sinceStop, double toStop) {}

    @Override
    public int seconds() {
        return stands * mean;
    }

    @Override
    public double circulation() {
        return stands * (mean - PUMPS_OFF - LOST_IN_RAMPS);
    }

    @Override
    public Before after(Before before) {
        return new Before(true, mean - PUMPS_OFF, PUMPS_OFF, CIRCULATING);
    }

    @Override
    public Motion at(double s, Before before, long key) {
        Cycle cycle = cycleAt(s, key);
        double x = s - cycle.start();
        Duty pumps = x < cycle.off()
                ? new Duty(false, x, cycle.index() == 0 ? before.pumps() : mean - PUMPS_OFF)
                : new Duty(true, x - cycle.off(), cycle.off());
        return new Motion(
                activity(cycle, x),
                position(cycle, x),
                firstStand + cycle.index(),
                pumps,
                rotary(cycle, x),
                circulatedBefore(cycle) + circulatedIn(cycle, pumps),
                cycle.off());
    }

    /**
     * The inverse of {@link Motion#circulated}: what passed the bit after so many seconds of circulation.
     *
     * @param after seconds of circulation between the end of the leg and the next time the pumps stop
     */
    Past past(double circulated, double after, long key) {
        double meanCirculation = circulation() / stands;
        Cycle cycle = cycle(clamp((int) (circulated / meanCirculation)), key);
        if (circulated < circulatedBefore(cycle) && cycle.index() > 0) {
            cycle = cycle(cycle.index() - 1, key);
        } else if (circulated >= circulatedBefore(cycle) + circulationOf(cycle) && cycle.index() < stands - 1) {
            cycle = cycle(cycle.index() + 1, key);
        }
        double into = circulated - circulatedBefore(cycle);
        double x = cycle.off() + into + LOST_IN_RAMPS;
        Position then = position(cycle, Math.max(x, cycle.off()));
        double rounded =
                Noise.ease((x - cycle.drillingFrom()) / MIXING) * Noise.ease((cycle.drillingTo() - x) / MIXING);
        double left = circulationOf(cycle) - into + (cycle.index() == stands - 1 ? after : 0);
        return new Past(then.hole(), then.rop() * rounded, into, left);
    }

    private Cycle cycleAt(double s, long key) {
        int guess = clamp((int) (s / mean));
        int index = s < start(guess, key) ? guess - 1 : s >= start(guess + 1, key) ? guess + 1 : guess;
        return cycle(index, key);
    }

    private Cycle cycle(int i, long key) {
        double start = start(i, key);
        double offBefore = off(i, key);
        double off = off(i + 1, key) - offBefore;
        return new Cycle(i, start, start(i + 1, key) - start, off, offBefore, Noise.key(key, i));
    }

    private int clamp(int index) {
        return Math.max(0, Math.min(stands - 1, index));
    }

    private double start(int i, long key) {
        return (double) i * mean + (inside(i) ? VARIATION * Noise.white(key, i) : 0);
    }

    private double off(int i, long key) {
        return (double) i * PUMPS_OFF + (inside(i) ? OFF_VARIATION * Noise.white(~key, i) : 0);
    }

    private boolean inside(int i) {
        return i > 0 && i < stands;
    }

    /** Circulation up to the start of the cycle: all its time, less the pumps-off time and the ramps so far. */
    private static double circulatedBefore(Cycle cycle) {
        return cycle.start() - cycle.offBefore() - cycle.index() * LOST_IN_RAMPS;
    }

    private static double circulationOf(Cycle cycle) {
        return cycle.length() - cycle.off() - LOST_IN_RAMPS;
    }

    private static double circulatedIn(Cycle cycle, Duty pumps) {
        return pumps.run(MudPumps.START, MudPumps.STOP) + (pumps.on() ? MudPumps.STOP / 2 : 0);
    }

    private static int activity(Cycle cycle, double x) {
        if (x < cycle.off()) {
            return Activity.CONNECTION;
        }
        if (x < cycle.drillingFrom()) {
            return Activity.CIRCULATING;
        }
        if (x < cycle.drillingTo()) {
            return Activity.DRILLING;
        }
        return x < cycle.drillingTo() + REAMING ? Activity.REAMING : Activity.CIRCULATING;
    }

    private Duty rotary(Cycle cycle, double x) {
        double from = cycle.drillingFrom() - 90;
        double to = cycle.drillingTo() + REAMING;
        if (x < from) {
            return new Duty(false, x + CIRCULATING, to - from);
        }
        return x < to ? new Duty(true, x - from, from + CIRCULATING) : new Duty(false, x - to, to - from);
    }

    private Position position(Cycle cycle, double x) {
        double top = (firstStand + cycle.index()) * STAND;
        double end = (firstStand + cycle.index() + 1) * STAND;
        if (x < cycle.off()) {
            return connecting(cycle, x, top);
        }
        if (x < cycle.drillingFrom()) {
            return loweringToBottom(x - cycle.drillingFrom() + 60, top);
        }
        return x < cycle.drillingTo() ? drillingDown(cycle, x, top, end) : reaming(x - cycle.drillingTo(), end);
    }

    /** Slips set, block up empty for the next stand, made up, slips pulled with a short pick-up. */
    private static Position connecting(Cycle cycle, double x, double hole) {
        double slipsTo = cycle.off() - FROM_SLIPS;
        if (x < TO_SLIPS) {
            return new Position(hole, hole - OFF_BOTTOM, SLIPS_LOW, 0, -1, 0);
        }
        if (x < slipsTo) {
            double raise = (x - TO_SLIPS - 0.4 * (slipsTo - TO_SLIPS)) / 60;
            double block = SLIPS_LOW + STAND * Noise.ease(raise);
            return new Position(hole, hole - OFF_BOTTOM, block, STAND * Noise.easeSlope(raise) / 60, x - TO_SLIPS, 0);
        }
        double phase = Math.PI * (x - slipsTo) / FROM_SLIPS;
        double lift = 0.25 * Math.sin(phase) * Math.sin(phase);
        double speed = 0.25 * Math.sin(2 * phase) * Math.PI / FROM_SLIPS;
        return new Position(hole, hole - OFF_BOTTOM - lift, SLIPS_HIGH + lift, speed, -1, 0);
    }

    private static Position loweringToBottom(double y, double hole) {
        double off = OFF_BOTTOM * (1 - Noise.ease(y / 60));
        double speed = -OFF_BOTTOM * Noise.easeSlope(y / 60) / 60;
        return new Position(hole, hole - off, LOW + STAND + off, speed, -1, 0);
    }

    /**
     * Depth over time: a straight line with three waves on it that are 0 at both ends, so that penetration varies by
     * up to 30 % and the stand still ends in time.
     */
    private static Position drillingDown(Cycle cycle, double x, double top, double end) {
        double f = (x - cycle.drillingFrom()) / cycle.drillingSeconds();
        double depth = f;
        double slope = 1;
        for (int wave = 0; wave < 3; wave++) {
            int turns = 1 + wave * wave + wave;
            double phase = 2 * Math.PI * Noise.uniform(Noise.key(cycle.key(), wave));
            double size = 0.12 - 0.02 * wave;
            double angle = 2 * Math.PI * turns * f + phase;
            depth += size * (Math.sin(angle) - Math.sin(phase)) / (2 * Math.PI * turns);
            slope += size * Math.cos(angle);
        }
        double speed = STAND * slope / cycle.drillingSeconds();
        double hole = Math.min(end, top + STAND * depth);
        return new Position(hole, hole, LOW + STAND * (1 - depth), -speed, -1, speed * 3600);
    }

    /** One joint up, and down to just off bottom; then still. */
    private static Position reaming(double y, double hole) {
        double half = REAMING / 2;
        double up = Noise.ease(y / half);
        double down = Noise.ease((y - half) / half);
        double off = JOINT * up - (JOINT - OFF_BOTTOM) * down;
        double speed =
                (JOINT * Noise.easeSlope(y / half) - (JOINT - OFF_BOTTOM) * Noise.easeSlope((y - half) / half)) / half;
        return new Position(hole, hole - off, LOW + off, speed, -1, 0);
    }
}
