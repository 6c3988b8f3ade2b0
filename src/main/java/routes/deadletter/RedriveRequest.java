package routes.deadletter;

import java.util.List;

/**
 * What to redrive, and how.
 *
 * @param filter which letters; of no account where {@code letters} names some
 * @param letters these and no others; empty for all that the filter lets through
 * @param limit the most that this run sends
 * @param max more letters than this are refused before any is sent
 * @param perSecond the most per second on average; infinite for no limit
 * @param dryRun sends nothing, but says what would be sent and what refused
 */
public record RedriveRequest(
        LetterFilter filter, List<LetterId> letters, long limit, long max, double perSecond, boolean dryRun) {
    public RedriveRequest {
        letters = letters.stream().distinct().sorted().toList();
    }
}
