package routes.bench;

/** The figures cannot be believed: something is wrong with a contender or with what it sent. */
final class BenchFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchFailedException(String message) {
        super(message);
    }

    BenchFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
