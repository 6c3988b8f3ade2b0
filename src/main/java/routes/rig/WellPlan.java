package routes.rig;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rig does from spud-in of one well to that of the next, as a list of legs of fixed length: three bit runs,
 * each tripped in, drilled in two halves with a short trip between, and tripped out; then casing and cement. All wells
 * of a rig take the same time, so any second is found by division and a search among some sixty legs.
 *
 * <p>The top hole is taken as drilled and cased by a spudder rig, as it is on pads; a well begins at its shoe.
 */
final class WellPlan {
    /** Bit runs per well. */
    static final int RUNS = 3;

    private static final int SHORT_TRIP = 8;
    /** The pumps have been off since the cement job of the well before: for the four legs that end it. */
    private static final Before FROM_THE_LAST_WELL = new Before(false, 66_600, Leg.LONG, Leg.LONG);

    /**
     * A leg in its place.
     *
     * @param start second of the well
     * @param run bit run from 0; {@link #RUNS} is the casing run
     * @param runStands stands the hole was deep when the run began
     * @param circulated seconds at full pump rate in the run before this leg
     * @param afterTrip the leg before was a trip
     */
    record Place(
            int index,
            Leg leg,
            long start,
            int run,
            int runStands,
            double circulated,
            Before before,
            boolean afterTrip) {}

    /**
     * @param well from 1
     * @param seconds into the leg
     * @param key of the well, for what varies from well to well
     */
    record Moment(int well, Place place, double seconds, long key, Motion motion) {
        /** Seconds at full pump rate since the bit run began. */
        double circulated() {
            return place.circulated() + motion.circulated();
        }

        /** How much of the leg is done, 0 to 1. */
        double progress() {
            return seconds / place.leg().seconds();
        }
    }

    private final long key;
    private final List<Place> places = new ArrayList<>();
    private final long[] starts;
    private long length;

    WellPlan(RigProfile rig) {
        this.key = rig.key();
        int stands = rig.standsToShoe();
        for (int run = 0; run < RUNS; run++) {
            bitRun(run, stands, rig);
            stands += rig.standsPerRun();
        }
        casing(stands);
        this.starts = places.stream().mapToLong(Place::start).toArray();
    }

    /** Seconds from one well to the next. */
    long seconds() {
        return length;
    }

    /** @param second ≥ 0, counted from the start of the first well */
    Moment at(long second) {
        int well = (int) (second / length);
        long inWell = second - well * length;
        Place place = places.get(search(inWell));
        long wellKey = Noise.key(key, well);
        double s = inWell - place.start();
        Motion motion = place.leg().at(s, place.before(), legKey(wellKey, place));
        return new Moment(well + 1, place, s, wellKey, motion);
    }

    /**
     * What passed the bit when {@code circulated} seconds of a moment's run had been pumped; negative is before the
     * run's first circulation.
     */
    Drilling.Past past(Moment now, double circulated) {
        Place place = now.place();
        while (place.circulated() > circulated && place.index() > 0 && sameRun(place, places.get(place.index() - 1))) {
            place = places.get(place.index() - 1);
        }
        double into = circulated - place.circulated();
        double stop = nextStop(place);
        if (place.leg() instanceof Drilling drilling) {
            double after = stop - place.circulated() - drilling.circulation();
            return drilling.past(into, after, legKey(now.key(), place));
        }
        double hole = place.leg().at(0, place.before(), 0).position().hole();
        double since = place.leg() instanceof Reaming ? into : Leg.LONG;
        return new Drilling.Past(hole, 0, since, stop - circulated);
    }

    /** Seconds of circulation in the run when the pumps are next stopped after a leg. */
    private double nextStop(Place place) {
        Place next = place;
        do {
            if (next.index() + 1 == places.size() || !sameRun(next, places.get(next.index() + 1))) {
                return Leg.LONG;
            }
            next = places.get(next.index() + 1);
        } while (next.leg() instanceof Circulating);
        return next.circulated();
    }

    private static boolean sameRun(Place a, Place b) {
        return a.run() == b.run();
    }

    private static long legKey(long wellKey, Place place) {
        return Noise.key(wellKey, place.index());
    }

    private int search(long second) {
        int low = 0;
        int high = starts.length;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= second) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void bitRun(int run, int stands, RigProfile rig) {
        int half = rig.standsPerRun() / 2;
        int middle = stands + half;
        int end = middle + half;
        add(run, stands, new Standing(Activity.RIG_UP, stands, 0, 3600));
        add(run, stands, new Tripping(Activity.TRIPPING_IN, stands, 0, stands - 1, 150));
        add(run, stands, new Reaming(Activity.REAMING, stands, true, 1200));
        add(run, stands, new Circulating(stands, 12));
        add(run, stands, new Drilling(stands, half, rig.standSeconds()));
        add(run, stands, new Circulating(middle, 8));
        add(run, stands, new Standing(Activity.FLOW_CHECK, middle, middle, 600));
        add(run, stands, new Tripping(Activity.SHORT_TRIP_OUT, middle, middle, middle - SHORT_TRIP, 160));
        add(run, stands, new Tripping(Activity.SHORT_TRIP_IN, middle, middle - SHORT_TRIP, middle - 1, 160));
        add(run, stands, new Reaming(Activity.REAMING, middle, true, 1200));
        add(run, stands, new Circulating(middle, 5));
        add(run, stands, new Drilling(middle, half, rig.standSeconds()));
        add(run, stands, new Circulating(end, 15));
        add(run, stands, new Standing(Activity.FLOW_CHECK, end, end, 900));
        add(run, stands, new Tripping(Activity.TRIPPING_OUT, end, end, 0, 160));
        add(run, stands, new Standing(Activity.LUBRICATE, end, 0, 1200));
        add(run, stands, new Standing(Activity.CUT_AND_SLIP, end, 0, 3600));
        int pause = run % 2 == 0 ? Activity.WAIT_ON_WEATHER : Activity.REPAIR;
        add(run, stands, new Standing(pause, end, 0, 7200));
    }

    private void casing(int stands) {
        add(RUNS, stands, new Standing(Activity.WIRELINE, stands, 0, 18_000));
        add(RUNS, stands, new Tripping(Activity.RUN_CASING, stands, 0, stands - 1, 300));
        add(RUNS, stands, new Reaming(Activity.RUN_CASING, stands, false, 1800));
        add(RUNS, stands, new Circulating(stands, 15));
        add(RUNS, stands, new Standing(Activity.CEMENT, stands, stands, 9000));
        add(RUNS, stands, new Standing(Activity.NIPPLE_UP_BOP, stands, 0, 7200));
        add(RUNS, stands, new Standing(Activity.TEST_BOP, stands, 0, 7200));
        add(RUNS, stands, new Standing(Activity.RIG_UP, stands, 0, 43_200));
    }

    private void add(int run, int runStands, Leg leg) {
        Before before = FROM_THE_LAST_WELL;
        double circulated = 0;
        boolean afterTrip = false;
        if (!places.isEmpty()) {
            Place last = places.get(places.size() - 1);
            before = last.leg().after(last.before());
            circulated = last.run() == run ? last.circulated() + last.leg().circulation() : 0;
            afterTrip = last.leg() instanceof Tripping;
        }
        places.add(new Place(places.size(), leg, length, run, runStands, circulated, before, afterTrip));
        length += leg.seconds();
    }
}
