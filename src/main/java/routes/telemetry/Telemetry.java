package routes.telemetry;

/**
 * What one rig says of one instant: everything of a message but its time, which whoever sends it sets.
 *
 * <p>A value is an exact decimal, {@code unscaled[i] × 10^−decimals[i]}, so that it is written as it was measured and
 * quantised, with no detour through binary fractions.
 *
 * @param rig {@code [A-Z0-9-]{1,32}}
 * @param well at most 64 characters
 * @param seq the rig's own counter, ≥ 0, one more than in its last message
 * @param activity WITS activity code, 0–99
 * @param names the channels, in the order of the two arrays
 * @param unscaled one per channel; {@link #NULL} where the sensor gave nothing
 * @param decimals one per channel, 0–18
 */
public record Telemetry(
        String rig, String well, long seq, int activity, ChannelNames names, long[] unscaled, byte[] decimals) {
    /** The unscaled value of a channel whose sensor gave nothing; written as JSON {@code null}. */
    public static final long NULL = Long.MIN_VALUE;

    public Telemetry {
        if (unscaled.length != names.size() || decimals.length != names.size()) {
            throw new IllegalArgumentException(
                    names.size() + " channels, but " + unscaled.length + " values and " + decimals.length + " scales");
        }
    }
}
