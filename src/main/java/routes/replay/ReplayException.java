package routes.replay;

/** A replay could not be begun or finished; the message is one sentence that says why and what to do. */
public class ReplayException extends RuntimeException {
    ReplayException(String sentence) {
        super(sentence);
    }

    ReplayException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
