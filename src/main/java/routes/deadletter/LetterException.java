package routes.deadletter;

/** What was asked of the dead letters cannot be done; the message is one sentence for the user. */
public final class LetterException extends RuntimeException {
    LetterException(String sentence) {
        super(sentence);
    }

    LetterException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
