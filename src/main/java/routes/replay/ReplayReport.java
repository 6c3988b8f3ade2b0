package routes.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * What a replay has done.
 *
 * @param topic where the records were
 * @param into the topic that got them
 * @param dryRun nothing was sent; {@code sent} says what would have been
 * @param sent how many records
 * @param bytes of their keys and values
 * @param alreadyThere how many an earlier replay with the same mark had sent; they were not sent again
 * @param left how many were not sent, because the replay was stopped or failed
 * @param seconds how long it took
 * @param stopped whether it was told to stop
 * @param problems what is missing or could not be read while the rest went on; one sentence each
 * @param failure why it ended early; null if it did not
 * @param unreachable whether that is because Kafka does not answer
 */
public record ReplayReport(
        String topic,
        String into,
        boolean dryRun,
        long sent,
        long bytes,
        long alreadyThere,
        long left,
        double seconds,
        boolean stopped,
        List<String> problems,
        String failure,
        boolean unreachable) {
    ReplayReport with(String problem) {
        List<String> more = new ArrayList<>(problems);
        more.add(problem);
        return new ReplayReport(
                topic, into, dryRun, sent, bytes, alreadyThere, left, seconds, stopped, more, failure, unreachable);
    }
}
