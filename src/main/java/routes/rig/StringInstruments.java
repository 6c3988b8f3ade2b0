package routes.rig;

import java.util.HashMap;
import java.util.Map;

/** Formulas of depth, drilling, hoisting, rotation and pipe handling: what has to do with the string. */
final class StringInstruments {
    private static final double LINES = 12;
    private static final double GRAVITY = 9.81;
    /** Reach of the drawworks drum at its middle layer, m. */
    private static final double DRUM_RADIUS = 0.45;

    private final Map<String, Instrument> table = new HashMap<>();

    private StringInstruments() {}

    static Map<String, Instrument> all() {
        StringInstruments instruments = new StringInstruments();
        instruments.depth();
        instruments.drilling();
        instruments.bit();
        instruments.hoisting();
        instruments.rotation();
        instruments.pipeHandling();
        return instruments.table;
    }

    private void put(String id, Instrument instrument) {
        table.put(id, instrument);
    }

    private void depth() {
        put("ACTC", (s, key) -> s.activity());
        put("DMEA", (s, key) -> s.hole());
        put("DBTM", (s, key) -> s.bit());
        put("DVER", (s, key) -> s.rig().trajectory().vertical(s.hole()));
        put("DBTV", (s, key) -> s.vertical());
        put("DRTM", (s, key) -> Math.min(s.hole(), s.gas().returnsDepth()));
        put("DRTV", (s, key) -> s.rig()
                .trajectory()
                .vertical(Math.min(s.hole(), s.gas().returnsDepth())));
        put("STDN", (s, key) -> s.now().motion().stands() + (s.onBottom() ? 1 : 0));
        put("STDR", (s, key) -> Leg.STAND - inStand(s));
        put("STDP", (s, key) -> 100 * inStand(s) / Leg.STAND);
        put("JNTS", (s, key) -> Math.floor(s.bit() / Leg.JOINT));
        put("BOFF", (s, key) -> s.hole() - s.bit());
    }

    private void drilling() {
        put("ROPA", (s, key) -> s.rop() == 0 ? 0 : s.rop() * (1 + s.wander(key, 0.06, 20)));
        put("ROPI", (s, key) -> s.rop() == 0 ? 0 : s.rop() * (1 + 0.15 * Noise.white(key, s.second())));
        put("ROPM", (s, key) -> s.rop() == 0 ? 0 : s.rop() * (1 + s.wander(key, 0.02, 90)));
        put("WOBA", (s, key) -> s.loads().weightOnBit());
        put("WOBX", (s, key) -> peak(s.loads().weightOnBit(), s, key, 0.8));
        put("ONBT", (s, key) -> s.onBottom() ? 1 : 0);
        put("STIS", (s, key) -> s.inSlips() ? 1 : 0);
        put("DIFP", (s, key) -> s.hydraulics().differential());
        put("WOBS", (s, key) -> Math.rint(2 * s.rig().weightOnBit() * 1.1) / 2);
        put("ROPS", (s, key) -> 60);
        put("DIFS", (s, key) -> 50 * Math.rint(s.rig().weightOnBit() * 3.5));
    }

    private void bit() {
        put("BNUM", (s, key) -> Math.min(s.now().place().run(), WellPlan.RUNS - 1) + 1);
        put("BDDI", (s, key) -> drilled(s));
        put("BDTI", (s, key) -> drilled(s) / Leg.STAND * (s.rig().standSeconds() - Drilling.NOT_DRILLING) / 3600);
        put("BRVC", (s, key) -> s.now().circulated() / 60 * s.rig().rotarySpeed() * 0.85);
        put("BDIA", (s, key) -> 1000 * s.rig().bitDiameter());
        put("RPMB", (s, key) -> s.loads().rotarySpeed() + motorSpeed(s));
    }

    private void hoisting() {
        put("BPOS", (s, key) -> s.position().block());
        put("BVEL", (s, key) -> s.position().speed());
        put("BVELX", (s, key) -> s.tripping() ? 0.51 : 0.69);
        put("HKLA", (s, key) -> s.loads().hookload() + s.wander(key, 0.1, 3));
        put("HKLX", (s, key) -> peak(s.loads().hookload(), s, key, 0.9));
        put("HKLN", (s, key) -> s.loads().hookload() - 0.9 * Noise.uniform(Noise.key(key, s.second())));
        put("STWT", (s, key) -> s.loads().stringWeight());
        put("PUWT", (s, key) -> pickUp(s));
        put(
                "SOWT",
                (s, key) -> s.rig().blockWeight()
                        + s.loads().stringWeight()
                        - s.loads().drag());
        put("BLKW", (s, key) -> s.rig().blockWeight());
        put("DLTN", (s, key) -> s.loads().hookload() * GRAVITY / LINES + s.wander(key, 0.4, 3));
        put(
                "FLTN",
                (s, key) -> s.loads().hookload()
                        * GRAVITY
                        / LINES
                        * (1 + 0.25 * Math.signum(s.position().speed())));
        put("DWRPM", (s, key) -> s.position().speed() * LINES / DRUM_RADIUS * 30 / Math.PI);
    }

    private void rotation() {
        put("RPMA", (s, key) -> s.loads().rotarySpeed());
        put("BRMX", (s, key) -> peak(s.loads().rotarySpeed(), s, key, 4));
        put("TQA", (s, key) -> s.loads().torque() + s.wander(key, 0.03, 3));
        put("TQX", (s, key) -> peak(s.loads().torque(), s, key, 1.4));
        put("TQN", (s, key) -> s.loads().torque() - rotating(s) * 1.4 * Noise.uniform(Noise.key(key, s.second())));
        put("TDPWR", (s, key) -> s.loads().torque() * s.loads().rotarySpeed() * Math.PI / 30);
        put("REVT", (s, key) -> s.now().circulated() / 60 * s.rig().rotarySpeed() * 0.85);
        put("SSI", (s, key) -> rotating(s) * (11 + s.wander(key, 6, 40)));
        put("TQFR", (s, key) -> s.loads().frictionTorque());
        put("TQBT", (s, key) -> s.loads().bitTorque());
    }

    private void pipeHandling() {
        put("STBK", (s, key) -> s.now().motion().stands() - Math.ceil(s.bit() / Leg.STAND));
        put("STRM", (s, key) -> s.now().place().leg() instanceof Tripping trip ? left(trip, s) : 0);
        put("TLYL", (s, key) -> s.bit() + (s.bit() > 0 ? s.position().block() : 0));
        put("CDON", (s, key) -> s.now().motion().stands() - s.now().place().runStands());
        put("TQMX", (s, key) -> 46 + 3 * Noise.white(key, s.now().motion().stands()));
        put("TQBX", (s, key) -> 55 + 5 * Noise.white(key, s.now().motion().stands()));
    }

    /** The weight to expect on the hook when the string is picked up, t. */
    static double pickUp(RigState s) {
        return s.rig().blockWeight() + s.loads().stringWeight() + s.loads().drag();
    }

    /** Metres drilled with this bit. */
    static double drilled(RigState s) {
        return s.hole() - s.now().place().runStands() * Leg.STAND;
    }

    /** Speed of the mud motor: 0.035 revolutions per litre. */
    static double motorSpeed(RigState s) {
        return 0.035 * s.pumps().flow();
    }

    /** The largest value of some seconds: above the average by up to {@code size} when anything moves. */
    static double peak(double average, RigState s, long key, double size) {
        return average > 0 ? average + size * Noise.uniform(Noise.key(key, s.second())) : average;
    }

    private static double inStand(RigState s) {
        return s.hole() - s.now().motion().stands() * Leg.STAND;
    }

    private static double rotating(RigState s) {
        return s.loads().rotarySpeed() > 2 ? 1 : 0;
    }

    private static double left(Tripping trip, RigState s) {
        return Math.abs(trip.to() - s.bit() / Leg.STAND);
    }
}
