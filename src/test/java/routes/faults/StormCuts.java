package routes.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;
import routes.broker.LogCut;

/** Takes the ends off logs, and knows exactly which records went with them. */
final class StormCuts {
    private static final int MOST_RECORDS = 60;
    private static final int MOST_PARTITIONS = 3;

    private final List<ConsumerRecord<byte[], byte[]>> lost = new ArrayList<>();

    /**
     * Of one to three partitions, while their broker is stopped.
     *
     * @return how many records went
     */
    synchronized int cut(Path folder, String topic, int partitions, Random random) throws IOException {
        int before = lost.size();
        int count = 1 + random.nextInt(MOST_PARTITIONS);
        for (int i = 0; i < count; i++) {
            int partition = random.nextInt(partitions);
            int records = 1 + random.nextInt(MOST_RECORDS);
            Map<Long, ConsumerRecord<byte[], byte[]>> all = read(folder, topic, partition);
            if (all.size() > records) {
                long end = LogCut.last(folder, topic, partition, records);
                all.forEach((offset, record) -> {
                    if (offset >= end) {
                        lost.add(record);
                    }
                });
            }
        }
        return lost.size() - before;
    }

    private static Map<Long, ConsumerRecord<byte[], byte[]>> read(Path folder, String topic, int partition)
            throws IOException {
        Map<Long, ConsumerRecord<byte[], byte[]>> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve(topic + "-" + partition))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                try (FileRecords records = FileRecords.open(file.toFile())) {
                    records.batches()
                            .forEach(batch -> batch.forEach(
                                    record -> all.put(record.offset(), consumed(topic, partition, record))));
                }
            }
        }
        return all;
    }

    private static ConsumerRecord<byte[], byte[]> consumed(String topic, int partition, Record record) {
        return new ConsumerRecord<>(
                topic,
                partition,
                record.offset(),
                record.timestamp(),
                TimestampType.LOG_APPEND_TIME,
                record.keySize(),
                record.valueSize(),
                Utils.toNullableArray(record.key()),
                Utils.toNullableArray(record.value()),
                new RecordHeaders(record.headers()),
                Optional.empty());
    }

    /** By topic/partition/offset, the prints of the records that stood there; there may be several, from several cuts. */
    synchronized Map<String, List<StormPrint>> prints() {
        Map<String, List<StormPrint>> prints = new HashMap<>();
        lost.forEach(record -> prints.computeIfAbsent(place(record), place -> new ArrayList<>())
                .add(StormPrint.of(record)));
        return prints;
    }

    static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }

    /** What the storm has taken out of {@code rig.telemetry}. */
    synchronized List<Source> ofTelemetry() {
        return lost.stream()
                .filter(record -> record.topic().equals(Evidence.TELEMETRY))
                .map(Source::of)
                .toList();
    }
}
