package routes.archive;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.avro.Schema;

/**
 * The files that Azure Event Hubs Capture writes: Avro object container files of this schema. What a Kafka record has
 * and Capture has no place for stands in SystemProperties, and what a file holds in the metadata at its beginning.
 *
 * <p>Sources: learn.microsoft.com/azure/event-hubs/event-hubs-capture-overview, a file written by the service in 2020,
 * avro.apache.org/docs/1.12.0/specification.
 */
public final class CaptureFormat {
    /** The schema, as the service spells it. */
    public static final String SCHEMA_JSON = "{\"type\":\"record\",\"name\":\"EventData\",\"namespace\":"
            + "\"Microsoft.ServiceBus.Messaging\",\"fields\":[{\"name\":\"SequenceNumber\",\"type\":\"long\"},"
            + "{\"name\":\"Offset\",\"type\":\"string\"},{\"name\":\"EnqueuedTimeUtc\",\"type\":\"string\"},"
            + "{\"name\":\"SystemProperties\",\"type\":{\"type\":\"map\",\"values\":[\"long\",\"double\",\"string\","
            + "\"bytes\"]}},{\"name\":\"Properties\",\"type\":{\"type\":\"map\",\"values\":[\"long\",\"double\","
            + "\"string\",\"bytes\",\"null\"]}},{\"name\":\"Body\",\"type\":[\"null\",\"bytes\"]}]}";

    /** As {@link #SCHEMA_JSON}. */
    public static final Schema SCHEMA = new Schema.Parser().parse(SCHEMA_JSON);

    /** SystemProperties: the record's key, bytes; as the service names it. */
    public static final String KEY = "x-opt-kafka-key";
    /** SystemProperties: the record's timestamp in milliseconds since 1970, long; EnqueuedTimeUtc has seconds only. */
    public static final String TIMESTAMP = "x-rig-timestamp-ms";
    /**
     * SystemProperties: all headers in order, bytes, where a name is repeated: Properties keeps the last of each name. An
     * Avro array of records of a name, string, and a value, [null, bytes].
     */
    public static final String HEADERS = "x-rig-headers";

    static final String META_TOPIC = "rig.topic";
    static final String META_PARTITION = "rig.partition";
    /** Left out where Kafka does not tell it, as are {@link #META_TOPIC_ID} and {@link #META_LEADER_EPOCH}. */
    static final String META_CLUSTER_ID = "rig.cluster-id";

    static final String META_TOPIC_ID = "rig.topic-id";
    /** Of all records of the file. */
    static final String META_LEADER_EPOCH = "rig.leader-epoch";

    static final String META_FIRST_OFFSET = "rig.first-offset";
    static final String META_FIRST_TIME = "rig.first-time-ms";
    /** Known at a file's end, so written in {@link #DIGITS} characters, to be filled in there. */
    static final String META_LAST_OFFSET = "rig.last-offset";
    /** As {@link #META_LAST_OFFSET}. */
    static final String META_LAST_TIME = "rig.last-time-ms";
    /** As {@link #META_LAST_OFFSET}. */
    static final String META_RECORDS = "rig.records";

    /** Every long fits, its sign too. */
    static final int DIGITS = 20;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US);

    private CaptureFormat() {}

    /** EnqueuedTimeUtc, as in {@code 6/25/2020 3:47:29 PM}. */
    static String timeText(long epochSecond) {
        return TIME.format(Instant.ofEpochSecond(epochSecond).atOffset(ZoneOffset.UTC));
    }

    /** @throws java.time.format.DateTimeParseException if it is no such time */
    static long timeMillis(String text) {
        return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
