package routes.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import routes.telemetry.InvalidTelemetryException;

/** What a step that reads a record does, of whatever flow, so that it is counted and its copies say where they are from. */
public final class RecordReading {
    /** The header that says which record another one was made from, as {@code topic/partition/offset}. */
    public static final String SOURCE_HEADER = "source";
    /** Exchange property, a {@link Long}: when the record's event was, milliseconds since 1970; the latency counts from it. */
    public static final String EVENT_TIME = "rig-streams.event-time";
    /** Exchange property, the bytes of a JSON object that was read: conditions can ask for its fields. */
    public static final String JSON_BYTES = "rig-streams.json-bytes";

    private RecordReading() {}

    /** What every such step does first. Repeatable. */
    public static Message begin(Exchange exchange, RouteMeters meters) {
        Message record = exchange.getMessage();
        record.setHeader(SOURCE_HEADER, source(record));
        meters.follow(exchange);
        return record;
    }

    private static byte[] source(Message record) {
        return (record.getHeader(KafkaConstants.TOPIC)
                        + "/"
                        + record.getHeader(KafkaConstants.PARTITION)
                        + "/"
                        + record.getHeader(KafkaConstants.OFFSET))
                .getBytes(UTF_8);
    }

    /** As the step itself, but a record that is invalid is counted and goes no further. */
    public static Processor orSkip(Processor read) {
        return exchange -> {
            try {
                read.process(exchange);
            } catch (InvalidTelemetryException invalid) {
                exchange.setRouteStop(true);
            }
        };
    }
}
