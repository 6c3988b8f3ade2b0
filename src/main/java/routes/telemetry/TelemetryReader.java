package routes.telemetry;

/** Reads and checks messages. */
public final class TelemetryReader {
    /** The largest value that is a message, in bytes. */
    public static final int MAX_BYTES = 900_000;
    /** The deepest nesting that is a message; the message's own object is level 1. */
    public static final int MAX_DEPTH = 8;

    private TelemetryReader() {}
}
