package routes.archive;

import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * One record of the archive, as it stood in Kafka.
 *
 * @param topic empty if neither the file nor its path says it
 * @param partition -1 if neither the file nor its path says it
 * @param timestampMillis of the record, milliseconds since 1970; whole seconds in files that Event Hubs wrote
 * @param key null if it had none
 * @param value null if it had none
 * @param headers in their order, repeated names among them
 */
public record CapturedRecord(
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        byte[] key,
        byte[] value,
        List<Header> headers) {}
