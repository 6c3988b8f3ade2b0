package routes.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What makes one record differ from another: topic, key, value and headers, without their order. */
final class Fingerprint {
    private final CRC32C crc = new CRC32C();

    long of(String topic, byte[] key, byte[] value, Iterable<Header> headers) {
        Set<Header> set = new HashSet<>();
        headers.forEach(set::add);
        crc.reset();
        crc.update(key);
        crc.update(value);
        return (crc.getValue() << 32 | List.of(topic, set).hashCode() & 0xFFFFFFFFL) * 0x9E3779B97F4A7C15L;
    }

    static Header source(int partition, long offset) {
        return new RecordHeader(Rule.SOURCE_HEADER, (Rule.IN + "/" + partition + "/" + offset).getBytes(UTF_8));
    }
}
