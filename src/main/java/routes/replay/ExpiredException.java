package routes.replay;

import java.util.SortedMap;

/** Records that are asked for are no longer in the topic; the archive may have them. */
public final class ExpiredException extends ReplayException {
    private final transient SortedMap<Integer, Long> begins;

    /** @param begins by partition, where the topic begins now, for each partition that lacks records */
    ExpiredException(String sentence, SortedMap<Integer, Long> begins) {
        super(sentence);
        this.begins = begins;
    }

    /** The range that the archive would have to give, as the option {@code --to} takes it. */
    public String until() {
        return new ReplayPoint.Offsets(begins).toString();
    }
}
