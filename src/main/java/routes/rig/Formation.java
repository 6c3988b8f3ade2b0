package routes.rig;

/**
 * The rock at a depth: layers of sand and shale that a slanted well cuts at an angle.
 *
 * @param shale 0 (clean sand) to 1 (shale)
 * @param porosity fraction of the volume
 * @param hydrocarbon share of the pore space
 */
record Formation(double shale, double porosity, double hydrocarbon) {
    /** @param key of the well */
    static Formation at(long key, Trajectory trajectory, double depth) {
        long tick = Math.max(0, Math.round(100 * (0.8 * trajectory.vertical(depth) + 0.2 * depth)));
        double beds = 0.7 * Noise.smooth(Noise.key(key, 601), tick, 1400)
                + 0.3 * Noise.smooth(Noise.key(key, 602), tick, 230);
        double shale = Math.max(0, Math.min(1, 0.55 + 0.75 * beds));
        double porosity = 0.26 - 0.16 * shale - 0.00002 * trajectory.vertical(depth);
        double charge = Math.max(0, Noise.smooth(Noise.key(key, 603), tick, 4000)) * (1 - shale);
        return new Formation(shale, porosity, charge);
    }

    /** Natural gamma radiation, gAPI. */
    double gamma() {
        return 32 + 96 * shale;
    }

    /** Bulk density of matrix and fluid, g/cm3. */
    double density() {
        return (1 - porosity) * (2.65 + 0.04 * shale) + porosity;
    }

    /** Archie's law with a = 1, m = n = 2 and water of 0.08 ohm.m, in parallel with shale of 2.5 ohm.m. */
    double resistivity() {
        double water = Math.max(0.15, 1 - hydrocarbon);
        double sand = 0.08 / (porosity * porosity * water * water);
        return 1 / (shale / 2.5 + (1 - shale) / sand);
    }

    /** Compressional slowness by Wyllie's time average, us/m. */
    double slowness() {
        return (182 + 60 * shale) * (1 - porosity) + 620 * porosity;
    }
}
