package routes.archive;

import java.io.IOException;

/** What was read does not follow on what stands in the archive; the consumer is to go on from its commit again. */
final class ReadAgainException extends IOException {
    private static final long serialVersionUID = 1L;

    ReadAgainException(String message) {
        super(message);
    }
}
