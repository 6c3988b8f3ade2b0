package routes.kafka;

import java.util.LinkedHashMap;
import java.util.Map;

/** How topics are laid out on a cluster: in how many copies, and with which configuration. */
public interface TopicLayout {
    /** The number of copies of each partition. */
    short replicas();

    /** The topic's configuration: Kafka's names and values, only those that matter to us. */
    Map<String, String> configOf(Topic topic);

    /**
     * What the catalogue says, in {@code replicas} copies, of which {@code minInSync} must have a record before it is
     * acknowledged.
     */
    static TopicLayout replicated(int replicas, int minInSync) {
        return new Replicated((short) replicas, minInSync);
    }

    /** See {@link #replicated}. */
    record Replicated(short replicas, int minInSync) implements TopicLayout {
        @Override
        public Map<String, String> configOf(Topic topic) {
            Map<String, String> config = new LinkedHashMap<>();
            config.put("cleanup.policy", topic.compacted() ? "compact" : "delete");
            topic.retention().ifPresent(time -> config.put("retention.ms", String.valueOf(time.toMillis())));
            config.put("message.timestamp.type", "LogAppendTime");
            config.put("min.insync.replicas", String.valueOf(minInSync));
            return config;
        }
    }
}
