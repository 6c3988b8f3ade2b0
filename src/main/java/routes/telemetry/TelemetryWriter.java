package routes.telemetry;

import java.nio.charset.StandardCharsets;

/**
 * Writes messages: compact JSON in UTF-8, the envelope first, the channels in their own order. What it writes,
 * {@link TelemetryReader} accepts. It keeps one buffer for all messages, so it is not thread-safe.
 */
public final class TelemetryWriter {
    private static final byte[] RIG = ascii("{\"rig\":");
    private static final byte[] WELL = ascii(",\"well\":");
    private static final byte[] TIME = ascii(",\"time\":");
    private static final byte[] SEQ = ascii(",\"seq\":");
    private static final byte[] ACTIVITY = ascii(",\"activity\":");
    private static final byte[] LATE = ascii(",\"late\":true,\"channels\":{");
    private static final byte[] NOT_LATE = ascii(",\"late\":false,\"channels\":{");
    private static final byte[] END = ascii("}}");

    private final JsonBuffer json = new JsonBuffer();

    /**
     * @param timeMillis the intended instant of measurement, in ms since 1970 UTC; years 0–9999
     * @param late whether it is sent more than one period after that
     * @return a new array
     * @throws IllegalArgumentException if a field or scale is outside what {@link Telemetry} says; names the field
     */
    public byte[] write(Telemetry telemetry, long timeMillis, boolean late) {
        check(telemetry);
        json.clear();
        json.raw(RIG).string(telemetry.rig());
        json.raw(WELL).string(telemetry.well());
        json.raw(TIME).time(timeMillis);
        json.raw(SEQ).number(telemetry.seq());
        json.raw(ACTIVITY).number(telemetry.activity());
        json.raw(late ? LATE : NOT_LATE);
        json.channels(telemetry.names(), telemetry.unscaled(), telemetry.decimals());
        return json.raw(END).toByteArray();
    }

    private static void check(Telemetry t) {
        String well = t.well();
        if (!isRig(t.rig())) {
            throw new IllegalArgumentException("rig '" + t.rig() + "': expected 1 to 32 of A-Z, 0-9 and -");
        }
        if (well.codePointCount(0, well.length()) > Envelope.WELL_LENGTH) {
            throw new IllegalArgumentException("well '" + well + "': expected at most 64 characters");
        }
        if (t.seq() < 0) {
            throw new IllegalArgumentException("seq " + t.seq() + ": expected 0 or more");
        }
        if (t.activity() < 0 || t.activity() > Envelope.MAX_ACTIVITY) {
            throw new IllegalArgumentException("activity " + t.activity() + ": expected 0 to 99");
        }
    }

    private static boolean isRig(String rig) {
        byte[] text = rig.getBytes(StandardCharsets.UTF_8);
        return Envelope.isRig(text, 0, text.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
