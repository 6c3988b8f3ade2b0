package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What stands for a record: two with the same print have the same bytes.
 *
 * @param headers of all of its own, in their order
 */
record StormPrint(long key, long value, long headers) {
    private static final String OURS = "dlq.";
    private static final String SOURCE = "source";
    private static final String LETTERS = "rig.dead-letters/";

    static StormPrint of(byte[] key, byte[] value, Iterable<Header> headers) {
        long print = 17;
        for (Header header : headers) {
            if (!isAdded(header)) {
                print = print * 0x9E3779B97F4A7C15L + of(header.key().getBytes(UTF_8));
                print = print * 0x9E3779B97F4A7C15L + of(header.value());
            }
        }
        return new StormPrint(of(key), of(value), print);
    }

    static StormPrint of(ConsumerRecord<byte[], byte[]> record) {
        return of(record.key(), record.value(), record.headers());
    }

    private static long of(byte[] bytes) {
        return bytes == null ? -1 : Source.checksum(bytes) + ((long) bytes.length << 32);
    }

    /** By a redrive: no record of the storm's own has such a header. */
    private static boolean isAdded(Header header) {
        return header.key().startsWith(OURS)
                || header.key().equals(SOURCE) && header.value() != null && startsWithLetters(header.value());
    }

    private static boolean startsWithLetters(byte[] value) {
        return new String(value, UTF_8).startsWith(LETTERS);
    }

    boolean sameBytes(StormPrint other) {
        return key == other.key && value == other.value;
    }
}
