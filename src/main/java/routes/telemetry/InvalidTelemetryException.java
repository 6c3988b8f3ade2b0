package routes.telemetry;

/**
 * A record's value is not a telemetry message. Says why, where and what was expected; never carries the payload.
 * It is thrown for data, not for faults of the program, so it has no stack trace.
 */
public class InvalidTelemetryException extends RuntimeException {
    private final Reason reason;

    /** @param detail one sentence: what was found where, and what was expected */
    public InvalidTelemetryException(Reason reason, String detail) {
        super(reason.code() + ": " + detail, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
