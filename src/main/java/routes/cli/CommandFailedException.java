package routes.cli;

/** A command could not do what it was asked, for a reason that one sentence says; it ends with exit code 1. */
final class CommandFailedException extends RuntimeException {
    CommandFailedException(String sentence) {
        super(sentence);
    }

    CommandFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
