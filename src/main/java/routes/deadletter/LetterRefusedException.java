package routes.deadletter;

/** One letter cannot be redriven; the message says why, as the end of a sentence about it. The others can. */
final class LetterRefusedException extends Exception {
    LetterRefusedException(String why) {
        super(why);
    }
}
