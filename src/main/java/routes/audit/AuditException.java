package routes.audit;

/** The audit could not be done; the message is one sentence that says why and what to do. */
public final class AuditException extends RuntimeException {
    AuditException(String sentence) {
        super(sentence);
    }
}
