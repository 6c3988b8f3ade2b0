package routes.rig;

import java.util.HashMap;
import java.util.Map;

/** Formulas of pumps, pressures, flows, pits, mud, gas, managed pressure and cement. */
final class FluidInstruments {
    private static final int ACTIVE_TANKS = 9;
    private static final int TANKS = 14;
    /** Share of the reserve in tanks 10 to 14, rounded sums to 1. */
    private static final double[] RESERVE_SHARES = {0.15, 0.05, 0.20, 0.42, 0.18};
    /** Cement slurry for the string of casing, m3, pumped at this rate, m3/h, between these parts of the job. */
    private static final double SLURRY = 62;

    private static final double SLURRY_RATE = 48;
    private static final double JOB_FROM = 0.15;

    /** Parts per million of the gas total, for methane to normal pentane. */
    private static final Map<String, Double> ALKANES =
            Map.of("METH", 6200.0, "ETH", 138.0, "PRP", 17.0, "IBUT", 2.4, "NBUT", 1.7, "IPEN", 0.5, "NPEN", 0.3);

    private final Map<String, Instrument> table = new HashMap<>();

    private FluidInstruments() {}

    static Map<String, Instrument> all() {
        FluidInstruments instruments = new FluidInstruments();
        instruments.pumps();
        instruments.pressures();
        instruments.flows();
        instruments.pits();
        instruments.trip();
        instruments.mud();
        instruments.gas();
        instruments.managedPressure();
        instruments.cement();
        return instruments.table;
    }

    private void put(String id, Instrument instrument) {
        table.put(id, instrument);
    }

    private void pumps() {
        for (int pump = 0; pump < MudPumps.PUMPS; pump++) {
            int p = pump;
            int name = pump + 1;
            put("SPM" + name, (s, key) -> s.pumps().rates()[p]);
            put("STK" + name, (s, key) -> s.pumps().strokesOf(p, s.now()));
            put("MP" + name + "FLW", (s, key) -> s.pumps().rates()[p] * MudPumps.STROKE_VOLUME);
            put(
                    "MP" + name + "DP",
                    (s, key) ->
                            s.pumps().rates()[p] == 0 ? 40 : s.hydraulics().standpipe() + 260 + s.wander(key, 80, 5));
        }
    }

    private void pressures() {
        put("SPPA", (s, key) -> s.hydraulics().standpipe());
        put("SPP2", (s, key) -> s.hydraulics().standpipe() * 1.004 + 30);
        put("SPPX", (s, key) -> StringInstruments.peak(s.hydraulics().standpipe(), s, key, 160));
        put("SPPS", (s, key) -> s.hydraulics().standpipe() - s.hydraulics().differential());
        put("CHKP", (s, key) -> 30 + s.wander(key, 15, 30));
    }

    private void flows() {
        put("MFIA", (s, key) -> s.pumps().strokeFlow());
        put("MFOA", (s, key) -> flowOut(s, key));
        put(
                "MFOP",
                (s, key) -> paddle(s)
                        + 1.2 * Noise.white(key, s.second()) * s.pumps().share());
        put("MFID", (s, key) -> flowOut(s, key) - s.pumps().strokeFlow());
        put("CORIF", (s, key) -> s.pumps().flow() * (1 + 0.002 * Noise.white(key, s.second())));
        put("CORID", (s, key) -> s.pumps().density() + s.wander(key, 0.002, 60));
        put("CORIT", FluidInstruments::temperatureIn);
        put("COROD", (s, key) -> densityOut(s) + s.wander(key, 0.003, 40));
        put("COROT", FluidInstruments::temperatureOut);
        put("STKC", (s, key) -> s.pumps().strokes());
        put("SPMT0", (s, key) -> s.pumps().strokeRate());
        put("VOLC", (s, key) -> s.pumps().strokes() * MudPumps.STROKE_VOLUME / 1000);
        put("FLVEL", (s, key) -> s.pumps().flowOut() / 60_000 / 0.032);
    }

    private void pits() {
        put("TVA", (s, key) -> s.pits().active());
        put("TVCA", (s, key) -> s.pits().change());
        put("TVT", (s, key) -> s.pits().active() + s.pits().reserve());
        put("TVCT", (s, key) -> s.pits().active() + s.pits().reserve() - s.rig().activeVolume() - 170);
        put("TVR", (s, key) -> s.pits().reserve());
        for (int tank = 1; tank <= ACTIVE_TANKS; tank++) {
            int t = tank;
            put(tankId(tank), (s, key) -> s.pits().active() * activeShare(s, t) + s.wander(key, 0.05, 6));
        }
        for (int tank = ACTIVE_TANKS + 1; tank <= TANKS; tank++) {
            double share = RESERVE_SHARES[tank - ACTIVE_TANKS - 1];
            put(tankId(tank), (s, key) -> s.pits().reserve() * share + s.wander(key, 0.02, 60));
        }
        put("PVT1M", (s, key) -> drainRate(s));
    }

    private void trip() {
        put("TTV1", (s, key) -> s.pits().tripTank() + s.wander(key, 0.008, 8));
        put("TTVC", (s, key) -> s.tripping() ? -steelOut(s) : 0);
        put("FVE", (s, key) -> s.tripping() ? Bore.STEEL * Leg.STAND : 0);
        put("FVO", (s, key) -> s.tripping() ? Bore.STEEL * Leg.STAND + 0.006 * Noise.white(key, stand(s)) : 0);
        put("FVEC", (s, key) -> s.tripping() ? steelOut(s) : 0);
        put("FVOC", (s, key) -> s.tripping() ? steelOut(s) * 1.01 + 0.02 : 0);
    }

    private void mud() {
        put("MDIA", (s, key) -> s.pumps().density() + s.wander(key, 0.004, 120));
        put("MDOA", (s, key) -> densityOut(s) + s.wander(key, 0.005, 60));
        put("MDIL", (s, key) -> s.pumps().density());
        put("MTIA", FluidInstruments::temperatureIn);
        put("MTOA", FluidInstruments::temperatureOut);
        put("MTIL", (s, key) -> temperatureIn(s, key) - 0.2);
        put("MCIA", (s, key) -> 5200 + 90 * s.now().place().run() + s.wander(key, 25, 600));
        put("MCOA", (s, key) -> 5350 + 90 * s.now().place().run() + s.wander(key, 40, 300));
        put("MSP1", (s, key) -> s.pumps().density() + s.wander(key, 0.02, 3));
        put("MSP2", (s, key) -> s.pumps().density() - 0.01 + s.wander(key, 0.006, 20));
        put("MPV", (s, key) -> 12 + 20 * (s.pumps().density() - 1) * 2 + s.wander(key, 1, 7200));
        put("MYP", (s, key) -> 8.5 + s.wander(key, 1, 10_800));
    }

    private void gas() {
        put("GASA", (s, key) -> s.gas().total());
        put("GASX", (s, key) -> s.gas().total() * 1.02 + 0.01);
        put("GSIL", (s, key) -> 0.12 * s.gas().background());
        ALKANES.forEach((id, ppm) -> put(id, (s, key) -> alkane(s, ppm) * (1 + s.wander(key, 0.02, 120))));
        put("CGSA", (s, key) -> 0.6 * s.gas().connection());
        put("CGSX", (s, key) -> s.gas().connection());
        put("CGSL", (s, key) -> Noise.between(Noise.key(key, s.now().motion().stands()), 0.6, 1.8));
        put("TGAS", (s, key) -> 2.4 + 0.4 * Noise.white(key, s.now().place().run()));
        put("GASBG", (s, key) -> s.gas().background());
        put("GWET", (s, key) -> 100 * 159.9 / (159.9 + 6200) + s.wander(key, 0.15, 300));
        put("GBAL", (s, key) -> (6200 + 138) / (17 + 2.4 + 1.7 + 0.5 + 0.3) + s.wander(key, 4, 300));
        put("GCHR", (s, key) -> (2.4 + 1.7 + 0.5 + 0.3) / 17 + s.wander(key, 0.02, 300));
        put("GC1C2", (s, key) -> 6200 / 138.0 + s.wander(key, 1.5, 300));
    }

    private void managedPressure() {
        put("EMWB", (s, key) -> s.hydraulics().ecd() + s.wander(key, 0.002, 20));
        put("EMWS", (s, key) -> ecdAtShoe(s));
        put("MPDFI", (s, key) -> s.pumps().flow());
        put("MPDFO", (s, key) -> flowOut(s, key));
        put("MPDFD", (s, key) -> flowOut(s, key) - s.pumps().flow());
        put("MPDDO", (s, key) -> densityOut(s) + s.wander(key, 0.002, 40));
    }

    private void cement() {
        put("CPPA", (s, key) -> -220 + (cementing(s) ? 8600 + 3500 * s.now().progress() : 0) + s.wander(key, 2, 200));
        put("CFIA", (s, key) -> cementing(s) ? SLURRY_RATE + s.wander(key, 0.6, 10) : 0);
        put("CDIA", (s, key) -> cementing(s) ? 1.9 + s.wander(key, 0.015, 20) : 1.0);
        put("CCVL", (s, key) -> slurry(s));
        put("CTVL", (s, key) -> s.activity() == Activity.CEMENT ? slurry(s) + spacer(s) : 0);
        put("CCRT", (s, key) -> s.activity() == Activity.CEMENT ? 0.985 * (slurry(s) + spacer(s)) : 0);
        put("CIVL", (s, key) -> slurry(s));
    }

    /** Cement is being pumped. */
    static boolean cementing(RigState s) {
        double pumped = pumped(s);
        return s.activity() == Activity.CEMENT && pumped > 0 && pumped < SLURRY;
    }

    /** Equivalent density at the casing shoe: the annular loss is spread evenly over the depth, g/cm3. */
    static double ecdAtShoe(RigState s) {
        return s.pumps().density() + 0.9 * (s.hydraulics().ecd() - s.pumps().density());
    }

    /** Cut by gas, heavier by cuttings, g/cm3. */
    static double densityOut(RigState s) {
        return s.pumps().density() - 0.004 * s.gas().total() + (s.pumps().share() > 0 ? 0.012 : 0);
    }

    static double temperatureIn(RigState s, long key) {
        return 33 + 6 * s.pumpDuty().warmth(400) + s.wander(key, 0.2, 600);
    }

    static double temperatureOut(RigState s, long key) {
        return 34 + 14 * s.pumpDuty().warmth(350) + 0.001 * s.hole() + s.wander(key, 0.2, 300);
    }

    private static String tankId(int tank) {
        return String.format("TV%02d", tank);
    }

    private static double activeShare(RigState s, int tank) {
        double even = 1.0 / ACTIVE_TANKS;
        double angle = 2 * Math.PI * tank / ACTIVE_TANKS + Noise.uniform(s.rig().key()) * 6;
        return even * (1 + 0.25 * Math.sin(angle));
    }

    private static double flowOut(RigState s, long key) {
        double moving = s.pumps().flowOut() / 2200;
        return Math.max(0, s.pumps().flowOut() + moving * (s.wander(key, 14, 8) + 10 * Noise.white(key, s.second())));
    }

    /** The paddle stands at 8 % without flow and near 40 % at 2,200 L/min. */
    private static double paddle(RigState s) {
        return 8 + 32 * Math.pow(s.pumps().flowOut() / 2200, 0.9);
    }

    /** First-order drain-back and filling, m3/h. */
    private static double drainRate(RigState s) {
        double left = s.pumpDuty().on()
                ? -s.pits().drainBack() / 200
                : (Pits.DRAIN_BACK - s.pits().drainBack()) / 150;
        return 3600 * left;
    }

    private static double steelOut(RigState s) {
        return Bore.STEEL * (s.hole() - s.bit());
    }

    private static long stand(RigState s) {
        return (long) (s.bit() / Leg.STAND);
    }

    private static double alkane(RigState s, double perPercent) {
        return perPercent * s.gas().total();
    }

    private static double pumped(RigState s) {
        double leg = s.now().place().leg().seconds() / 3600.0;
        return SLURRY_RATE * (s.now().progress() - JOB_FROM) * leg;
    }

    private static double slurry(RigState s) {
        return s.activity() == Activity.CEMENT ? Math.max(0, Math.min(SLURRY, pumped(s))) : 0;
    }

    private static double spacer(RigState s) {
        return Math.min(8, 60 * s.now().progress());
    }
}
