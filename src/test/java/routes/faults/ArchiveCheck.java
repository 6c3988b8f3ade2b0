package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import routes.archive.ArchiveStore;

/**
 * The tests' own comparison of an archive with {@code rig.telemetry}, record by record: key, value, headers and time of
 * each offset of each partition, which must stand in exactly one file. Files are read by Avro's own reader. No record may
 * have expired.
 */
final class ArchiveCheck {
    private static final int SOME = 20;

    private final Telemetry telemetry = new Telemetry();
    /** By partition, of each offset, what stands for its record. */
    private final Map<Integer, List<Long>> prints = new TreeMap<>();

    private final Map<Integer, int[]> found = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long reordered;
    private int files;
    private long records;

    private ArchiveCheck() {}

    static ArchiveCheck of(String bootstrap, ArchiveStore store) throws IOException {
        ArchiveCheck check = new ArchiveCheck();
        check.readTopic(bootstrap);
        try (Stream<String> paths = store.list(ArchivePlace.NAMESPACE + "/")) {
            for (String path : paths.toList()) {
                check.readFile(store, path);
            }
        }
        return check;
    }

    private void readTopic(String bootstrap) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Evidence.TELEMETRY).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Evidence.until(Duration.ofMinutes(10), "all of the topic is read", () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(this::take);
                return partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
            });
        }
        prints.forEach((partition, list) -> found.put(partition, new int[list.size()]));
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        telemetry.take(Source.of(record));
        TreeMap<String, byte[]> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        List<Long> partition = prints.computeIfAbsent(record.partition(), number -> new ArrayList<>());
        if (partition.size() != record.offset()) {
            throw new AssertionError("offset " + partition.size() + " of partition " + record.partition()
                    + " is not in the topic, which has " + record.offset() + " there: nothing may expire");
        }
        partition.add(print(record.key(), record.value(), headers, record.timestamp()));
    }

    private static long print(byte[] key, byte[] value, TreeMap<String, byte[]> headers, long time) {
        long print = 31 * time + Source.checksum(key);
        print = print * 0x9E3779B97F4A7C15L + Source.checksum(value) + (value == null ? 0 : (long) value.length << 32);
        for (Map.Entry<String, byte[]> header : headers.entrySet()) {
            print = print * 0x9E3779B97F4A7C15L
                    + Source.checksum(header.getKey().getBytes(UTF_8))
                    + 7 * Source.checksum(header.getValue());
        }
        return print;
    }

    private void readFile(ArchiveStore store, String path) throws IOException {
        files++;
        int partition = Integer.parseInt(path.split("/")[2]);
        try (InputStream in = store.open(path);
                DataFileStream<GenericRecord> file = new DataFileStream<>(in, new GenericDatumReader<>())) {
            long before = -1;
            for (GenericRecord record : file) {
                long offset = (Long) record.get("SequenceNumber");
                if (before >= 0 && offset != before + 1) {
                    reordered++;
                    problem(path + ": offset " + offset + " stands behind " + before);
                }
                before = offset;
                take(path, partition, offset, record);
            }
        }
    }

    private void take(String path, int partition, long offset, GenericRecord record) {
        records++;
        List<Long> ofTopic = prints.getOrDefault(partition, List.of());
        if (offset >= ofTopic.size()) {
            problem(path + ": the topic has no offset " + offset);
            return;
        }
        if (++found.get(partition)[(int) offset] > 1) {
            problem(path + ": offset " + offset + " stands in another file as well");
        }
        Map<?, ?> system = (Map<?, ?>) record.get("SystemProperties");
        TreeMap<String, byte[]> headers = new TreeMap<>();
        ((Map<?, ?>) record.get("Properties")).forEach((name, value) -> headers.put(name.toString(), bytes(value)));
        Map<String, Object> byName = new HashMap<>();
        system.forEach((name, value) -> byName.put(name.toString(), value));
        long print = print(bytes(byName.get("x-opt-kafka-key")), bytes(record.get("Body")), headers, (Long)
                byName.get("x-rig-timestamp-ms"));
        if (print != ofTopic.get((int) offset)) {
            problem(path + ": offset " + offset + " is not as it stands in the topic");
        }
    }

    private static byte[] bytes(Object value) {
        return value == null ? null : ((ByteBuffer) value).array();
    }

    private void problem(String sentence) {
        if (problems.size() < SOME) {
            problems.add(sentence);
        }
    }

    Telemetry telemetry() {
        return telemetry;
    }

    int files() {
        return files;
    }

    /** In all files together. */
    long records() {
        return records;
    }

    Set<Integer> partitions() {
        return prints.keySet();
    }

    /** How often nothing was written to a partition for longer than this, with something before and after. */
    long silences(Duration longerThan) {
        return prints.keySet().stream()
                .mapToLong(partition -> silences(partition, longerThan))
                .sum();
    }

    private long silences(int partition, Duration longerThan) {
        long count = 0;
        for (int offset = 1; offset < prints.get(partition).size(); offset++) {
            long pause = appended(partition, offset) - appended(partition, offset - 1);
            count += pause > longerThan.toMillis() ? 1 : 0;
        }
        return count;
    }

    private long appended(int partition, long offset) {
        return telemetry.find(partition, offset).orElseThrow().appended();
    }

    /** From the topic to the archive. */
    Stage stage() {
        long lost = found.values().stream()
                .flatMapToInt(Arrays::stream)
                .filter(times -> times == 0)
                .count();
        int doubled = (int) found.values().stream()
                .flatMapToInt(Arrays::stream)
                .filter(times -> times > 1)
                .mapToLong(times -> times - 1L)
                .sum();
        return new Stage(
                Evidence.TELEMETRY,
                "archive",
                telemetry.all().size(),
                lost,
                reordered,
                0,
                Collections.nCopies(doubled, new Repeat(0, 0)), // there may be none, whenever they came
                List.copyOf(problems));
    }
}
