package routes.replay;

import routes.kafka.Rate;

/**
 * What to play back, and how.
 *
 * @param topic where the records were
 * @param from the first record; {@link ReplayPoint.Offsets} leaves out all partitions that it does not name
 * @param to up to there, without it; {@link ReplayPoint.Offsets} goes to the end of all partitions that it does not name
 * @param into the topic that gets them
 * @param name tells apart replays of the same records into the same topic; empty for the one without a name
 * @param dryRun sends nothing, but counts
 */
public record ReplayRequest(
        String topic, ReplayPoint from, ReplayPoint to, String into, String name, Rate rate, boolean dryRun) {
    /** The mark of all records of this replay; an interrupted one is gone on with under the same mark. */
    String mark() {
        return topic + " from " + from + (name.isEmpty() ? "" : " as " + name);
    }
}
