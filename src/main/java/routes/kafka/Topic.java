package routes.kafka;

import java.time.Duration;
import java.util.Optional;

/**
 * One topic of the catalogue.
 *
 * @param partitions 1 to 1000
 * @param retention how long a record is kept; empty means compacted: the last record of each key is kept for ever
 * @param flow the flow of routes that the topic belongs to, as in {@code rigs}
 * @param share the topic's weight where a fixed number of bytes is shared out among all topics; positive, without unit
 * @param purpose what the topic carries, one line
 */
public record Topic(
        String name, int partitions, Optional<Duration> retention, String flow, double share, String purpose) {
    public boolean compacted() {
        return retention.isEmpty();
    }

    /** As the catalogue writes it: {@code 24h}, {@code 7d} or {@code compacted}. */
    public String retentionText() {
        return retention.map(TopicRetention::text).orElse(TopicRetention.COMPACTED);
    }
}
