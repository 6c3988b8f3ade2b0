package routes.rig;

import java.time.Duration;

/** Makes the simulated rigs of a fleet, which share what is the same on all of them. */
public final class Rigs {
    private final long seed;
    private final Duration period;
    private final Instruments instruments;

    /**
     * @param seed the same seed makes the same rigs
     * @param period between two messages of a rig, 1 ms or more
     * @param catalogue the channels they send: {@link ChannelCatalogue#landRig()}, or all for floaters
     * @throws IllegalArgumentException if the period is less
     * @throws routes.settings.ConfigurationException if a channel of the catalogue is not simulated
     */
    public Rigs(long seed, Duration period, ChannelCatalogue catalogue) {
        if (period.toMillis() < 1) {
            throw new IllegalArgumentException("period " + period + ": expected 1 ms or more");
        }
        this.seed = seed;
        this.period = period;
        this.instruments = new Instruments(catalogue);
    }

    /** @param number from 1 */
    public Rig rig(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("rig number " + number + ": expected 1 or more");
        }
        return new Rig(number, RigProfile.of(seed, number), period, instruments);
    }
}
