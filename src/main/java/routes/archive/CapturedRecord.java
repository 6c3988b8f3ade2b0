package routes.archive;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import routes.kafka.LogId;

/**
 * One record of the archive, as it stood in Kafka.
 *
 * @param topic empty if neither the file nor its path says it
 * @param partition -1 if neither the file nor its path says it
 * @param timestampMillis of the record, milliseconds since 1970; whole seconds in files that Event Hubs wrote
 * @param key null if it had none
 * @param value null if it had none
 * @param headers in their order, repeated names among them
 * @param log which it was read from
 */
public record CapturedRecord(
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        byte[] key,
        byte[] value,
        List<Header> headers,
        LogId log) {

    /** Whether it is the same record of the same log. Offsets are given again where a broker lost the end of a log. */
    boolean isSame(CapturedRecord other) {
        return offset == other.offset
                && timestampMillis == other.timestampMillis
                && log.isOfSameTopic(other.log)
                && Arrays.equals(key, other.key)
                && Arrays.equals(value, other.value);
    }
}
