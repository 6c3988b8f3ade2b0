package routes.dashboard;

/** A request that is not answered as it asks, with the HTTP status and a sentence that say why. */
final class RefusedException extends RuntimeException {
    private final transient Answer answer;

    RefusedException(Answer answer) {
        super(answer.body().toString());
        this.answer = answer;
    }

    RefusedException(int status, String sentence) {
        this(Answer.error(status, sentence));
    }

    Answer answer() {
        return answer;
    }
}
