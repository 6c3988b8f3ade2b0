package routes.application;

import java.util.Map;

/**
 * What the application has done since its start, at one moment.
 *
 * @param recordsIn acknowledged by the topics that the flows' sources fill
 * @param bytesIn of their values
 * @param recordsOut acknowledged by all other topics
 * @param bytesOut of their values
 * @param fleetLagSeconds by how much the source that is furthest behind is overdue
 * @param consumerLag records that this instance's consumers have yet to read
 * @param deadLetters sent to the dead-letter topic
 * @param latencyP99Seconds 99th percentile, over about the last half minute, of the slowest route
 * @param topics sent per topic
 */
public record Snapshot(
        long recordsIn,
        long bytesIn,
        long recordsOut,
        long bytesOut,
        double fleetLagSeconds,
        long consumerLag,
        long deadLetters,
        double latencyP99Seconds,
        Map<String, TopicTotals> topics) {
    /** Records and bytes of their values, sent to one topic. */
    public record TopicTotals(long records, long bytes) {
        static final TopicTotals NONE = new TopicTotals(0, 0);

        TopicTotals and(TopicTotals other) {
            return new TopicTotals(records + other.records, bytes + other.bytes);
        }
    }
}
