package routes.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What a message has of the Kafka record it came in. */
public final class Records {
    /** A record with this header was sent again from the dead letters. */
    public static final String REDRIVE_HEADER = "dlq.redrive-count";
    /** A record with this header was played back. */
    public static final String REPLAY_HEADER = "replay";

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

    /** Whether camel-kafka lets a header of this name out; others it keeps for itself, whatever their case. */
    public static boolean crosses(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return !name.startsWith("camel") && !name.startsWith("org.apache.camel.") && !name.startsWith("kafka.");
    }

    /**
     * A record as it was read, whatever the steps of its route have made of the message since. What its message does not
     * say is null.
     *
     * @param headers all of them, in their order
     */
    public record Original(
            String topic, Integer partition, Long offset, Long timestamp, byte[] key, byte[] value, Headers headers) {
        private static final String PROPERTY = "rig-streams.original";

        /** Keeps the record before its first step; does nothing for later steps, and for what is no record. */
        static void keep(Exchange exchange) {
            if (exchange.getProperty(PROPERTY) == null
                    && exchange.getMessage().getHeader(KafkaConstants.OFFSET) instanceof Long) {
                exchange.setProperty(PROPERTY, now(exchange));
            }
        }

        /** The record that the exchange is about; of an exchange that began with none, its message as it is now. */
        public static Original of(Exchange exchange) {
            Original kept = exchange.getProperty(PROPERTY, Original.class);
            return kept == null ? now(exchange) : kept;
        }

        private static Original now(Exchange exchange) {
            Message message = exchange.getMessage();
            return new Original(
                    message.getHeader(KafkaConstants.TOPIC, String.class),
                    message.getHeader(KafkaConstants.PARTITION, Integer.class),
                    message.getHeader(KafkaConstants.OFFSET, Long.class),
                    message.getHeader(KafkaConstants.TIMESTAMP, Long.class),
                    message.getHeader(KafkaConstants.KEY, byte[].class),
                    message.getBody(byte[].class),
                    message.getHeader(KafkaConstants.HEADERS) instanceof Headers headers ? headers : headers(message));
        }

        private static Headers headers(Message message) {
            Headers headers = new RecordHeaders();
            ownHeaders(message).forEach((name, value) -> headers.add(name, bytes(value)));
            return headers;
        }

        private static byte[] bytes(Object value) {
            return value == null || value instanceof byte[]
                    ? (byte[]) value
                    : value.toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
