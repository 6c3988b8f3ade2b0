package routes.rig;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import routes.telemetry.Telemetry;

/**
 * A channel's instrument with its resolution and range.
 *
 * @param key of the channel, the same on all rigs
 * @param decimals of its values
 * @param step its resolution in units of the last decimal
 * @param stepsPerUnit its values per unit
 * @param lowest of its values, in steps
 * @param highest of its values, in steps
 * @param losesValues it is measured and not computed, so that now and then it gives nothing
 */
record Sensor(
        Instrument instrument,
        long key,
        byte decimals,
        long step,
        double stepsPerUnit,
        long lowest,
        long highest,
        boolean losesValues) {
    /** Seconds that a sensor gives nothing, and how many of such spells are lost. */
    private static final int SPELL = 60;

    private static final double LOST = 0.001;

    static Sensor of(Channel channel, Instrument instrument, boolean losesValues) {
        BigDecimal resolution = channel.resolution().stripTrailingZeros();
        int decimals = Math.max(0, resolution.scale());
        return new Sensor(
                instrument,
                key(channel.id()),
                (byte) decimals,
                resolution
                        .setScale(decimals, RoundingMode.UNNECESSARY)
                        .unscaledValue()
                        .longValueExact(),
                1 / resolution.doubleValue(),
                channel.min().divide(resolution, 0, RoundingMode.CEILING).longValueExact(),
                channel.max().divide(resolution, 0, RoundingMode.FLOOR).longValueExact(),
                losesValues);
    }

    /** The value in units of the last decimal, or {@link Telemetry#NULL}. */
    long measure(RigState state) {
        long own = key ^ state.rig().key();
        if (losesValues && Noise.uniform(Noise.key(own, state.second() / SPELL)) < LOST) {
            return Telemetry.NULL;
        }
        double value = instrument.read(state, own);
        return Double.isNaN(value)
                ? Telemetry.NULL
                : step * Math.max(lowest, Math.min(highest, Math.round(value * stepsPerUnit)));
    }

    private static long key(String id) {
        long key = 0;
        for (byte letter : id.getBytes(StandardCharsets.US_ASCII)) {
            key = Noise.key(key, letter);
        }
        return key;
    }
}
