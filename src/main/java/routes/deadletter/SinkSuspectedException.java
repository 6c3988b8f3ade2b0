package routes.deadletter;

/**
 * Too many records of one batch have failed for reasons that could pass: it is not they that are bad but what their step
 * talks to. The batch fails and is read again; the dead-letter topic is not flooded.
 */
public final class SinkSuspectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SinkSuspectedException(Throwable cause) {
        super(
                "more records of the batch failed than deadletters.failed-max, so what their step talks to is taken to be"
                        + " down; the batch is read again",
                cause);
    }
}
