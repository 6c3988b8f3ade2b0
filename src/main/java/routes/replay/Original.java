package routes.replay;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record as it was.
 *
 * @param timestamp milliseconds since 1970, as its topic had it
 * @param key may be null
 * @param value may be null
 * @param headers all of them, in their order
 */
record Original(int partition, long offset, long timestamp, byte[] key, byte[] value, List<Header> headers) {
    static Original of(ConsumerRecord<byte[], byte[]> record) {
        return new Original(
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                List.of(record.headers().toArray()));
    }

    /** Bytes of key and value. */
    long bytes() {
        return (key == null ? 0 : key.length) + (value == null ? 0L : value.length);
    }
}
