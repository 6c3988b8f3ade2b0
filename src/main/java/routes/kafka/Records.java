package routes.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Message;

/** What a message has of the Kafka record it came in. */
public final class Records {
    private Records() {}

    /**
     * The record's own headers: those that cross Kafka, without what Camel notes about the record under names that
     * never do.
     */
    public static Map<String, Object> ownHeaders(Message record) {
        Map<String, Object> own = new HashMap<>();
        record.getHeaders().forEach((name, value) -> {
            if (!name.startsWith("kafka.") && !name.startsWith("Camel")) {
                own.put(name, value);
            }
        });
        return own;
    }

    /** Key and value as they were received, whatever later steps made of the message; both may be null. */
    public record Original(byte[] key, byte[] value) {
        /** The exchange property that holds it. */
        public static final String PROPERTY = "rig-streams.original";
    }
}
