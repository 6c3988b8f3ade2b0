package routes.json;

import routes.telemetry.InvalidTelemetryException;
import routes.telemetry.Reason;

/**
 * A record's value is not a JSON object. A route configuration that names {@link InvalidTelemetryException}, as those do
 * that users have exported, treats both alike.
 */
public final class InvalidJsonException extends InvalidTelemetryException {
    private static final long serialVersionUID = 1L;

    InvalidJsonException(Reason reason, String detail) {
        super(reason, detail);
    }
}
