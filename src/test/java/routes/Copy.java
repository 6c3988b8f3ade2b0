package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/**
 * A telemetry message as it stands in a topic: where, whose, which, and a checksum in the place of its bytes. In a
 * message of ours {@code seq} stands before the channels.
 */
record Copy(String topic, int partition, long offset, String rig, long seq, long checksum) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** All there is in the topics, in the order of each partition. */
    static List<Copy> all(String bootstrapServers, Predicate<String> topics) {
        return read(bootstrapServers, topics, 0);
    }

    /** The first {@code count} of the topic, and what was read with them, as soon as they are there. */
    static List<Copy> await(String bootstrapServers, String topic, int count) {
        return read(bootstrapServers, topic::equals, count);
    }

    private static List<Copy> read(String bootstrapServers, Predicate<String> topics, int count) {
        List<Copy> copies = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", 5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> topics.test(topic.getKey()))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            long held = consumer.endOffsets(partitions).values().stream()
                            .mapToLong(end -> end)
                            .sum()
                    - consumer.beginningOffsets(partitions).values().stream()
                            .mapToLong(begin -> begin)
                            .sum();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(record -> copies.add(of(record)));
                        return copies.size() >= (count > 0 ? count : held);
                    });
        }
        return copies;
    }

    private static Copy of(ConsumerRecord<byte[], byte[]> record) {
        CRC32C checksum = new CRC32C();
        checksum.update(record.value());
        return new Copy(
                record.topic(),
                record.partition(),
                record.offset(),
                new String(record.key(), UTF_8),
                seq(record.value()),
                checksum.getValue());
    }

    private static long seq(byte[] value) {
        String envelope = new String(value, 0, Math.min(value.length, 300), UTF_8);
        int at = envelope.indexOf("\"seq\":") + 6;
        return Long.parseLong(envelope.substring(at, envelope.indexOf(',', at)));
    }

    /** The rig's message, wherever it stands. */
    String message() {
        return rig + "/" + seq;
    }
}
