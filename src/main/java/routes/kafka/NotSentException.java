package routes.kafka;

import org.apache.kafka.common.errors.RetriableException;

/** A record was not sent because an earlier one failed; its batch is read again. */
public final class NotSentException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public NotSentException(String reason) {
        super("not sent: " + reason);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
