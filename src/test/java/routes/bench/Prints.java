package routes.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** What each record of {@code rig.telemetry} is: a fingerprint of key, value and headers in any order, and its time. */
final class Prints {
    private final List<List<Long>> prints = new ArrayList<>();
    private final List<List<Long>> times = new ArrayList<>();

    static Prints read(BenchBroker broker, Map<TopicPartition, Long> ends) {
        Prints all = new Prints();
        for (int partition = 0; partition < ends.size(); partition++) {
            all.prints.add(new ArrayList<>());
            all.times.add(new ArrayList<>());
        }
        Map<TopicPartition, Long> begins = new HashMap<>();
        ends.keySet().forEach(partition -> begins.put(partition, 0L));
        broker.read(begins, ends, record -> {
            all.prints
                    .get(record.partition())
                    .add(print(
                            record.key(),
                            record.value(),
                            List.of(record.headers().toArray())));
            all.times.get(record.partition()).add(record.timestamp());
        });
        return all;
    }

    static long print(byte[] key, byte[] value, List<Header> headers) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        headers.stream().sorted(Comparator.comparing(Header::key)).forEach(header -> {
            crc.update(header.key().getBytes(UTF_8));
            crc.update(header.value());
        });
        long first = crc.getValue();
        crc.update(value);
        return first << 32 | crc.getValue();
    }

    long print(int partition, long offset) {
        return prints.get(partition).get((int) offset);
    }

    long time(int partition, long offset) {
        return times.get(partition).get((int) offset);
    }

    int partitions() {
        return prints.size();
    }

    long records(int partition) {
        return prints.get(partition).size();
    }
}
