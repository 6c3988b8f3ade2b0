package routes.rig;

import java.util.HashMap;
import java.util.Map;

/** The drivers that {@code channels/behaviours.csv} may name. Those without a bound in their comment run from 0 to 1. */
final class Drivers {
    private static final double GENERATOR = 1400;
    private static final int GENERATORS = 4;
    private static final int GENERATORS_AT_WORK = 3;
    /** Time constant of machines that warm up, s. */
    private static final double WARMING = 400;

    private static final double DAY = 86_400;
    private static final int RECHARGE = 5400;
    private static final int RECHARGING = 90;

    private final Map<String, Driver> table = new HashMap<>();

    private Drivers() {}

    static Map<String, Driver> all() {
        Drivers drivers = new Drivers();
        drivers.constant();
        drivers.pumping();
        drivers.rotation();
        drivers.hoisting();
        drivers.pipeHandling();
        drivers.well();
        drivers.counters();
        drivers.machinery();
        drivers.surroundings();
        return drivers.table;
    }

    private void put(String name, Driver driver) {
        table.put(name, driver);
    }

    /** Always; never; for ten minutes once in a week or so; a heartbeat that counts up in 1,000 s. */
    private void constant() {
        put("steady", (s, key) -> 1);
        put("never", (s, key) -> 0);
        put("rare", (s, key) -> Noise.uniform(Noise.key(key, s.second() / 600)) < 0.001 ? 1 : 0);
        put("beat", (s, key) -> s.second() % 1000 / 1000.0);
    }

    /** Speed of the pumps, of each pump; whether they run; how warm each is; flow out; flow out with cuttings in it. */
    private void pumping() {
        put("pumping", (s, key) -> s.pumps().share());
        put("pumps-run", (s, key) -> flag(s.pumps().share() > 0));
        put("tool", (s, key) -> flag(s.pumps().share() > 0.9));
        put("flow-out", (s, key) -> s.pumps().flowOut() / 2200);
        put("cuttings", (s, key) -> s.pumps().flowOut() / 2200 * (s.casing() ? 0.3 : 0.95));
        put("transfer", (s, key) -> flag(s.pits().transferring()));
        put(
                "back-pressure",
                (s, key) -> s.bit() > 0 && !s.casing() ? 1 - 0.85 * s.pumpDuty().lag(30, 15) : 0);
        for (int pump = 0; pump < MudPumps.PUMPS; pump++) {
            int p = pump;
            String name = "pump-" + (pump + 1);
            put(name, (s, key) -> s.pumps().rates()[p] / s.rig().strokeRate());
            put(name + "-runs", (s, key) -> flag(s.pumps().rates()[p] > 0));
            put(
                    name + "-warm",
                    (s, key) -> MudPumps.atWork(s.now(), p) ? s.pumpDuty().warmth(WARMING) : 0);
        }
    }

    /** Speed and torque of the top drive, how warm it is, and whether the bit drills. */
    private void rotation() {
        put("rotary", (s, key) -> s.loads().rotarySpeed() / s.rig().rotarySpeed());
        put("rotary-warm", (s, key) -> s.now().motion().rotary().warmth(WARMING));
        put("rotating", (s, key) -> flag(s.loads().rotarySpeed() > 0));
        put("not-rotating", (s, key) -> flag(s.loads().rotarySpeed() <= 0));
        put("torque", (s, key) -> s.loads().torque() / 20);
        put("drilling", (s, key) -> flag(s.onBottom()));
        put(
                "shock",
                (s, key) ->
                        flag(s.onBottom()) * s.loads().rotarySpeed() / s.rig().rotarySpeed());
    }

    /** Block speed over 0.6 m/s, block height over 28.7 m, hookload over 100 t, the brake, warmth of the drawworks. */
    private void hoisting() {
        put("hoist", (s, key) -> Math.abs(s.position().speed()) / 0.6);
        put("hoist-warm", (s, key) -> hoistWarmth(s));
        put("block", (s, key) -> s.position().block() / 28.7);
        put("hook", (s, key) -> s.loads().hookload() / 100);
        put("brake", (s, key) -> s.position().speed() == 0 ? 1 : s.position().speed() < 0 ? 0.35 : 0);
        put("release", (s, key) -> flag(s.position().speed() != 0));
        put("tripping", (s, key) -> flag(s.tripping()));
        put("fill", (s, key) -> flag(s.tripping() && !s.inSlips()));
    }

    /** What goes on while the string hangs in slips; {@code slips-load} and {@code elevator-load} in t. */
    private void pipeHandling() {
        put("in-slips", (s, key) -> flag(s.inSlips()));
        put("out-of-slips", (s, key) -> flag(!s.inSlips()));
        put("connection", (s, key) -> flag(s.inSlips()));
        put(
                "pipe",
                (s, key) ->
                        s.inSlips() ? Math.abs(Math.sin(Math.PI * s.position().slipsFor() / 60)) : 0);
        put("pipe-held", (s, key) -> flag(s.inSlips() && s.position().slipsFor() % 60 > 20));
        put(
                "make-up",
                (s, key) -> flag(s.inSlips()
                        && s.position().slipsFor() % 90 > 38
                        && s.position().slipsFor() % 90 < 62));
        put("elevator", (s, key) -> flag(s.tripping() && !s.inSlips()));
        put("slips-load", (s, key) -> s.inSlips() ? s.loads().stringWeight() : 0);
        put(
                "elevator-load",
                (s, key) -> s.tripping() && !s.inSlips()
                        ? s.loads().hookload() - s.rig().blockWeight()
                        : 0);
        put("racked", (s, key) -> s.now().motion().stands() - Math.ceil(s.bit() / Leg.STAND));
    }

    /**
     * Vertical depth of the bit over 2,600 m; gas, %; mud temperature, degC; mud density, g/cm3; casing volume, m3;
     * cementing.
     */
    private void well() {
        put("depth", (s, key) -> s.vertical() / 2600);
        put("in-hole", (s, key) -> flag(s.bit() > 0));
        put("out-of-hole", (s, key) -> flag(s.bit() == 0));
        put("gas", (s, key) -> s.gas().total());
        put("mud-temp", (s, key) -> FluidInstruments.temperatureOut(s, s.rig().key()));
        put("mud-density", (s, key) -> s.pumps().density());
        put("cementing", (s, key) -> flag(FluidInstruments.cementing(s)));
        put("cementing-on", (s, key) -> flag(s.activity() == Activity.CEMENT));
        put("casing-volume", (s, key) -> s.casing() ? 0.0202 * s.hole() : 0);
    }

    /** Hours since the rig's second 0, with each pump's own; hours of circulation and share of a run; connections; days. */
    private void counters() {
        put("hours", (s, key) -> s.hours());
        for (int pump = 0; pump < MudPumps.PUMPS; pump++) {
            double share = pump < 3 ? 0.55 : 0.03;
            put("hours-" + (pump + 1), (s, key) -> share * s.hours());
        }
        put("circulated-hours", (s, key) -> s.now().circulated() / 3600);
        put("drain", (s, key) -> Math.min(1, s.now().circulated() / 130_000));
        put(
                "connections",
                (s, key) -> s.now().motion().stands() + 130.0 * s.now().well());
        put("line-work", (s, key) -> (s.hours() / 120 + Noise.uniform(key)) % 1);
        put("test-days", (s, key) -> (s.hours() / 24 + 14 * Noise.uniform(key)) % 14);
    }

    /**
     * Load of the power plant and of each generator, all but one of which run; tanks that are used up in three days;
     * machines that run now and then; air compressors; accumulators that leak and are charged again.
     */
    private void machinery() {
        put("power", (s, key) -> s.power() / (GENERATORS_AT_WORK * GENERATOR));
        put("reserve", (s, key) -> GENERATORS_AT_WORK - s.power() / GENERATOR);
        for (int generator = 0; generator < GENERATORS; generator++) {
            int g = generator;
            String name = "gen-" + (generator + 1);
            put(name, (s, key) -> generating(s, g) * s.power() / (GENERATORS_AT_WORK * GENERATOR));
            put(name + "-runs", (s, key) -> generating(s, g));
            put(name + "-warm", (s, key) -> generating(s, g));
        }
        put("tank", (s, key) -> 1 - (s.hours() / 72 + Noise.uniform(key)) % 1);
        put("cycle", (s, key) -> flag(Noise.smooth(key, s.second(), 1500) > 0));
        put("compressor", (s, key) -> flag((s.second() + phase(s, 150)) % 150 < 95));
        put("compressor-2", (s, key) -> flag((s.second() + phase(s, 900)) % 900 < 120));
        put("charge", (s, key) -> charge(s));
        put("charging", (s, key) -> flag((s.second() + phase(s, RECHARGE)) % RECHARGE < RECHARGING));
    }

    /** Time of day and weather; {@code swell} runs from −1 to 1. */
    private void surroundings() {
        put("day", (s, key) -> day(s));
        put("night", (s, key) -> 1 - Noise.ease(3 * day(s) - 0.5));
        put("sun", (s, key) -> Math.max(0, 1.5 * day(s) - 0.5));
        put("weather", (s, key) -> weather(s));
        put("rain", (s, key) -> Math.max(0, 3 * weather(s) - 2));
        put("veer", (s, key) -> 0.5 + 0.45 * Noise.smooth(Noise.key(s.rig().key(), 802), s.second(), 21_600));
        put("tide", (s, key) -> 0.5 + 0.5 * Math.sin(2 * Math.PI * s.second() / 44_712));
        put(
                "swell",
                (s, key) -> (0.3 + 0.7 * weather(s)) * Math.sin(2 * Math.PI * (s.second() / 9.3 + Noise.uniform(key))));
    }

    private static double flag(boolean on) {
        return on ? 1 : 0;
    }

    private static double hoistWarmth(RigState s) {
        double settled = Math.exp(-s.now().seconds() / 900);
        if (s.tripping()) {
            return s.now().place().afterTrip() ? 1 : 1 - 0.65 * settled;
        }
        return s.now().place().afterTrip() ? 0.35 + 0.65 * settled : 0.35;
    }

    private static double generating(RigState s, int generator) {
        int run = s.now().place().run() + s.now().well() * (WellPlan.RUNS + 1);
        return flag(generator != Math.floorMod(run + (int) (s.rig().key() & 3), GENERATORS));
    }

    private static double charge(RigState s) {
        long time = (s.second() + phase(s, RECHARGE)) % RECHARGE;
        return time < RECHARGING
                ? (double) time / RECHARGING
                : 1 - (double) (time - RECHARGING) / (RECHARGE - RECHARGING);
    }

    private static long phase(RigState s, int period) {
        return Math.floorMod(s.rig().key(), period);
    }

    private static double day(RigState s) {
        return 0.5 - 0.5 * Math.cos(2 * Math.PI * s.second() / DAY);
    }

    private static double weather(RigState s) {
        return 0.5 + 0.5 * Noise.smooth(Noise.key(s.rig().key(), 801), s.second(), 14_400);
    }
}
