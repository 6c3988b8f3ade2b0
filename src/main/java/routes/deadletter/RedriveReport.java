package routes.deadletter;

import java.util.List;
import java.util.Map;

/**
 * What a run has done.
 *
 * @param empty whether the dead-letter topic holds nothing
 * @param dryRun nothing was sent; {@code sent} says what would have been
 * @param sent how many letters, by the topic they were sent to
 * @param alreadyRedriven how many of those asked for had been sent before, and were not sent again
 * @param refused those that cannot be sent, with the reason
 * @param left how many of those asked for are not done, because of the limit or because the run was stopped
 * @param stopped whether it was told to stop
 * @param failure why it ended early; null if it did not
 * @param unreachable whether that is because Kafka does not answer
 */
public record RedriveReport(
        boolean empty,
        boolean dryRun,
        Map<String, Long> sent,
        long alreadyRedriven,
        List<Refusal> refused,
        long left,
        boolean stopped,
        String failure,
        boolean unreachable) {
    /** A letter, by its id, and why it was not sent. */
    public record Refusal(String letter, String reason) {}

    public long sentInAll() {
        return sent.values().stream().mapToLong(Long::longValue).sum();
    }
}
