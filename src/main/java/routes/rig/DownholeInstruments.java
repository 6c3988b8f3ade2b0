package routes.rig;

import java.util.HashMap;
import java.util.Map;

/** Formulas of the tools near the bit: directional survey, drilling mechanics and formation evaluation. */
final class DownholeInstruments {
    /** Distances of the sensors from the bit, m. */
    private static final double NEAR_BIT = 2.1;

    private static final double GAMMA = 9.4;
    private static final double RESISTIVITY = 12.8;
    private static final double SURVEY = 16.5;
    private static final double CALIPER = 19.2;
    private static final double DENSITY = 20.6;
    private static final double NEUTRON = 22.9;
    private static final double SONIC = 28.3;

    private static final double FULL_TURN = 360;

    private final Map<String, Instrument> table = new HashMap<>();

    private DownholeInstruments() {}

    static Map<String, Instrument> all() {
        DownholeInstruments instruments = new DownholeInstruments();
        instruments.survey();
        instruments.tool();
        instruments.mechanics();
        instruments.gamma();
        instruments.resistivity();
        instruments.porosity();
        instruments.hole();
        return instruments.table;
    }

    private void put(String id, Instrument instrument) {
        table.put(id, instrument);
    }

    private void sensorDepth(String id, double offset) {
        put(id, (s, key) -> Math.max(0, s.bit() - offset));
    }

    private void survey() {
        put("SINC", (s, key) -> inclination(s, surveyed(s)));
        put("SAZU", (s, key) -> azimuth(s, key) + 2.4);
        put("SAZC", (s, key) -> azimuth(s, key));
        put("DSVM", (s, key) -> surveyed(s));
        put("DSVV", (s, key) -> s.rig().trajectory().vertical(surveyed(s)));
        put("SDLS", (s, key) -> s.rig().trajectory().dogleg(surveyed(s)) + 0.1 + s.wander(key, 0.08, 900));
        put("SNS", (s, key) -> departure(s) * Math.cos(s.rig().trajectory().azimuth()));
        put("SEW", (s, key) -> departure(s) * Math.sin(s.rig().trajectory().azimuth()));
        put("SWLK", (s, key) -> s.wander(key, 0.15, 1800));
        put("SMTF", (s, key) -> turn(80 + s.wander(key, 40, 300)));
        put("SGTF", (s, key) -> turn(12 + s.wander(key, 25, 300)));
        put("CINC", (s, key) -> inclination(s, Math.max(0, s.bit() - SURVEY)) + s.wander(key, 0.06, 60));
        put("CAZI", (s, key) -> turn(azimuth(s, key) + s.wander(key, 0.3, 60)));
        put("BTBND", (s, key) -> SURVEY);
    }

    private void tool() {
        put("MTRPM", (s, key) -> s.pumps().flow() * 1.49 + s.pumps().share() * s.wander(key, 60, 20));
        put("MALT", (s, key) -> s.pumps().flow() * 0.0145 + s.pumps().share() * s.wander(key, 0.3, 20));
        put("MFTA", (s, key) -> temperature(s) + s.wander(key, 0.4, 300));
        put("MFTP", (s, key) -> temperature(s) - 4 + s.wander(key, 0.4, 300));
        put("MBPA", (s, key) -> annulusPressure(s));
        put(
                "MBPI",
                (s, key) -> annulusPressure(s)
                        + s.hydraulics().bit()
                        + s.hydraulics().motor());
        put("MECD", (s, key) -> s.hydraulics().ecd() + s.wander(key, 0.002, 30));
    }

    private void mechanics() {
        put("MWBA", (s, key) -> 0.88 * s.loads().weightOnBit());
        put("MWBX", (s, key) -> StringInstruments.peak(0.95 * s.loads().weightOnBit(), s, key, 1.5));
        put("MTQA", (s, key) -> s.loads().bitTorque());
        put("MTQX", (s, key) -> StringInstruments.peak(1.1 * s.loads().bitTorque(), s, key, 1));
        put("MDRPM", (s, key) -> s.loads().rotarySpeed());
        put("MDRPX", (s, key) -> StringInstruments.peak(1.1 * s.loads().rotarySpeed(), s, key, 15));
        put("MDRPN", (s, key) -> 0.9 * s.loads().rotarySpeed() - 8 * Noise.uniform(Noise.key(key, s.second())));
        put("MSSI", (s, key) -> s.onBottom() ? 22 + s.wander(key, 12, 60) : 0);
        put("MMRP", (s, key) -> StringInstruments.motorSpeed(s));
    }

    private void gamma() {
        sensorDepth("DG1M", GAMMA);
        put("DG1V", (s, key) -> s.rig().trajectory().vertical(Math.max(0, s.bit() - GAMMA)));
        sensorDepth("DG2M", NEAR_BIT);
        put("MG1", (s, key) -> at(s, GAMMA).gamma() + counting(s, key));
        put("MG1C", (s, key) -> 1.06 * at(s, GAMMA).gamma() + counting(s, key));
        put("MG2", (s, key) -> at(s, NEAR_BIT).gamma() + counting(s, key));
        String sectors = "UDLR";
        for (int sector = 0; sector < sectors.length(); sector++) {
            double lean = sector < 2 ? 0.6 - 1.2 * sector : 0;
            put("GRI" + sectors.charAt(sector), (s, key) -> at(s, GAMMA + lean).gamma() + counting(s, key));
        }
    }

    private void resistivity() {
        sensorDepth("DR1M", RESISTIVITY);
        put("DR1V", (s, key) -> s.rig().trajectory().vertical(Math.max(0, s.bit() - RESISTIVITY)));
        sensorDepth("DR2M", RESISTIVITY);
        resistivity("MR1", 0.97);
        resistivity("MR1C", 1);
        resistivity("MR2", 1.04);
        resistivity("MR2C", 1.07);
        String[] spacings = {"16", "22", "28", "34", "40"};
        for (int i = 0; i < spacings.length; i++) {
            resistivity("RP" + spacings[i] + "H", 0.90 + 0.025 * i);
            resistivity("RA" + spacings[i] + "H", 0.96 + 0.03 * i);
        }
        resistivity("RP40L", 1.05);
        resistivity("RA40L", 1.10);
    }

    private void resistivity(String id, double reach) {
        put(
                id,
                (s, key) ->
                        Math.pow(at(s, RESISTIVITY).resistivity(), reach) * (1 + 0.02 * Noise.white(key, s.second())));
    }

    private void porosity() {
        sensorDepth("DFDM", DENSITY);
        put("MFD", (s, key) -> at(s, DENSITY).density() + 0.006 * Noise.white(key, s.second()));
        put("DRHO", (s, key) -> 0.01 + 0.01 * Noise.white(key, s.second()));
        put("PEF", (s, key) -> 1.9 + 1.3 * at(s, DENSITY).shale() + 0.05 * Noise.white(key, s.second()));
        sensorDepth("DP1M", NEUTRON);
        put(
                "MPO1",
                (s, key) -> 100 * at(s, NEUTRON).porosity()
                        + 18 * at(s, NEUTRON).shale()
                        + 0.6 * Noise.white(key, s.second()));
        put("MPO2", (s, key) -> 100 * (2.65 - at(s, DENSITY).density()) / 1.65 + 0.4 * Noise.white(key, s.second()));
        put("DTC", (s, key) -> at(s, SONIC).slowness() + Noise.white(key, s.second()));
        put("DTS", (s, key) -> at(s, SONIC).slowness() * 1.75 + 2 * Noise.white(key, s.second()));
        sensorDepth("DSNM", SONIC);
    }

    private void hole() {
        sensorDepth("DCLM", CALIPER);
        put("MCLP", (s, key) -> caliper(s) + 0.5 * Noise.white(key, s.second()));
        put("CALV", (s, key) -> caliper(s) + 2 + 0.5 * Noise.white(key, s.second()));
        put("CALH", (s, key) -> caliper(s) - 1 + 0.5 * Noise.white(key, s.second()));
        put("MFPP", (s, key) -> porePressure(s));
        put("MFFP", (s, key) -> porePressure(s) + 0.62);
    }

    /** Pore pressure gradient, g/cm3: a little under the mud the well is drilled with. */
    static double porePressure(RigState s) {
        return s.pumps().density() - 0.08 + 0.02 * at(s, 0).shale();
    }

    private static Formation at(RigState s, double offset) {
        return Formation.at(s.now().key(), s.rig().trajectory(), Math.max(0, s.bit() - offset));
    }

    /** A survey is taken at each connection, so its depth is that of the sensor when the stand was begun. */
    private static double surveyed(RigState s) {
        double stations = Math.floor(Math.max(0, s.bit() - SURVEY) / Leg.STAND);
        return stations * Leg.STAND;
    }

    private static double inclination(RigState s, double depth) {
        return Math.toDegrees(s.rig().trajectory().inclination(depth)) + 0.12;
    }

    private static double azimuth(RigState s, long key) {
        double station = surveyed(s) / Leg.STAND;
        return turn(Math.toDegrees(s.rig().trajectory().azimuth()) + 0.4 * Noise.white(key, (long) station));
    }

    private static double departure(RigState s) {
        return s.rig().trajectory().departure(surveyed(s));
    }

    private static double turn(double degrees) {
        return ((degrees % FULL_TURN) + FULL_TURN) % FULL_TURN;
    }

    /** Rock gets warmer by 0.03 K/m, the mud takes up most of it. */
    private static double temperature(RigState s) {
        return 22 + 0.026 * s.vertical() + 6 * s.pumpDuty().warmth(400);
    }

    private static double annulusPressure(RigState s) {
        return 101 + Hydraulics.column(s.hydraulics().ecd(), s.vertical());
    }

    /** Counting statistics of a gamma detector. */
    private static double counting(RigState s, long key) {
        return 3 * Noise.white(key, s.second());
    }

    /** Shale washes out, sand stays in gauge. */
    private static double caliper(RigState s) {
        return 1000 * s.rig().bitDiameter() + 14 * at(s, CALIPER).shale();
    }
}
