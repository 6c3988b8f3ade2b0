package routes.rig;

import java.util.HashMap;
import java.util.Map;

/** Quantities that a rig computes from what it measures. */
final class DerivedInstruments {
    private static final double GRAVITY = 9.81;
    /** Normal pore pressure gradient, for the corrected exponent, g/cm3. */
    private static final double NORMAL = 1.03;
    /** Tensile limit of the pipe less a margin, t. */
    private static final double PULL_LIMIT = 190;
    /** Density of cuttings, t/m3. */
    private static final double ROCK = 2.5;

    private final Map<String, Instrument> table = new HashMap<>();

    private DerivedInstruments() {}

    static Map<String, Instrument> all() {
        DerivedInstruments instruments = new DerivedInstruments();
        instruments.efficiency();
        instruments.density();
        instruments.lag();
        instruments.losses();
        instruments.power();
        instruments.volumes();
        instruments.times();
        instruments.string();
        return instruments.table;
    }

    private void put(String id, Instrument instrument) {
        table.put(id, instrument);
    }

    private void efficiency() {
        put("MSE", (s, key) -> specificEnergy(s));
        put("MSEE", (s, key) -> s.onBottom() ? 62 + s.wander(key, 12, 600) : 0);
        put("DEXP", (s, key) -> exponent(s));
        put("DXC", (s, key) -> exponent(s) * NORMAL / s.hydraulics().ecd());
        put(
                "ROPST",
                (s, key) -> s.onBottom() ? 3600 * Leg.STAND / (s.rig().standSeconds() - Drilling.NOT_DRILLING) : 0);
        put("CUTEXP", (s, key) -> s.rop() * Bore.area(s.rig().bitDiameter()) * ROCK);
    }

    private void density() {
        put("ECDB", (s, key) -> s.hydraulics().ecd());
        put("ECDC", (s, key) -> FluidInstruments.ecdAtShoe(s));
        put("ECDT", (s, key) -> s.hydraulics().ecd() + 0.001);
        put("FPPG", (s, key) -> DownholeInstruments.porePressure(s));
        put("FFPG", (s, key) -> DownholeInstruments.porePressure(s) + 0.6);
    }

    private void lag() {
        put("LSTK", (s, key) -> s.gas().lagStrokes());
        put("LAGT", (s, key) -> s.gas().lagStrokes() / MudPumps.fullRate(s.rig()));
        put("SSTK", (s, key) -> MudPumps.strokesFor(Bore.inside(s.bit())));
    }

    private void losses() {
        put("PLB", (s, key) -> s.hydraulics().bit());
        put("PLDS", (s, key) -> s.hydraulics().string());
        put("PLA", (s, key) -> s.hydraulics().annulus());
        put("PLSU", (s, key) -> s.hydraulics().surface());
        put("PLMM", (s, key) -> s.hydraulics().motor() + s.hydraulics().differential());
        put("PLMW", (s, key) -> s.hydraulics().mwd());
        put("PLPB", (s, key) -> 100 * s.hydraulics().bit() / s.hydraulics().standpipe());
        put("PLCO", (s, key) -> s.pumps().share() == 0 ? 0 : 98.5 + s.wander(key, 1.2, 600));
    }

    private void power() {
        put("BHP", (s, key) -> Hydraulics.power(s.hydraulics().bit(), s.pumps().flow()));
        put(
                "BHPA",
                (s, key) -> Hydraulics.power(s.hydraulics().bit(), s.pumps().flow())
                        / Bore.area(s.rig().bitDiameter()));
        put(
                "PHP",
                (s, key) ->
                        Hydraulics.power(s.hydraulics().standpipe(), s.pumps().flow()));
        put(
                "JIF",
                (s, key) -> s.pumps().density()
                        * s.pumps().flow()
                        / 60_000
                        * s.hydraulics().jetVelocity());
        put("JV", (s, key) -> s.hydraulics().jetVelocity());
        put("AVX", (s, key) -> 1.25 * annularVelocity(s));
        put("AVN", (s, key) -> annularVelocity(s));
    }

    private void volumes() {
        put("HOLV", (s, key) -> Bore.area(s.rig().bitDiameter()) * s.hole());
        put("ANNVOL", (s, key) -> Bore.annulus(s.rig(), s.bit()));
        put("STRV", (s, key) -> Bore.inside(s.bit()));
        put("STRD", (s, key) -> Bore.STEEL * s.bit());
    }

    private void times() {
        put("ETBS", (s, key) -> 440 + 15 * Noise.white(key, s.now().motion().stands()));
        put("ETSL", (s, key) -> Math.max(0, s.position().slipsFor()));
        put("ETSB", (s, key) -> 266 + 12 * Noise.white(key, s.now().motion().stands()));
        put("ETPO", (s, key) -> s.pumpDuty().on() ? 0 : s.pumpDuty().since());
        put("CNSS", (s, key) -> s.now().motion().connection() - 186);
        put("CNWW", (s, key) -> s.now().motion().connection() + 530);
        put("CNPP", (s, key) -> s.now().motion().connection());
        put(
                "TRRT",
                (s, key) -> s.now().place().leg() instanceof Tripping trip ? 3600 * Leg.STAND / trip.perStand() : 0);
    }

    private void string() {
        put("FFBX", (s, key) -> s.rig().friction() + s.wander(key, 0.015, 1800));
        put("OVPL", (s, key) -> Math.max(0, s.loads().hookload() - StringInstruments.pickUp(s)));
        put("MRGO", (s, key) -> PULL_LIMIT - s.loads().hookload());
    }

    /** Teale's energy to destroy a unit of rock: WOB/A + 2π·N·T/(A·ROP), MPa. */
    private static double specificEnergy(RigState s) {
        if (!s.onBottom()) {
            return 0;
        }
        double area = Bore.area(s.rig().bitDiameter());
        double thrust = s.loads().weightOnBit() * GRAVITY / 1000 / area;
        double turns = s.loads().rotarySpeed() * 60;
        return thrust + 2 * Math.PI * turns * s.loads().torque() / 1000 / (area * s.rop());
    }

    /** Jorden and Shirley's drilling exponent, in their units (ft/h, rpm, lbf, in). */
    private static double exponent(RigState s) {
        if (!s.onBottom() || s.loads().rotarySpeed() < 10) {
            return 0;
        }
        double feet = s.rop() / 0.3048;
        double pounds = s.loads().weightOnBit() * 2204.6;
        double inches = s.rig().bitDiameter() / 0.0254;
        return Math.log10(feet / (60 * s.loads().rotarySpeed())) / Math.log10(12 * pounds / (1e6 * inches));
    }

    private static double annularVelocity(RigState s) {
        return s.pumps().flow() / 60_000 / (Bore.annulus(s.rig(), 1));
    }
}
