package routes.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import routes.broker.TestBroker;

/** Fills topics with records of every kind, and reads topics whole. */
public final class ReplayFeed {
    private static final long SEED = 20261121;

    private final TestBroker broker;

    public ReplayFeed(TestBroker broker) {
        this.broker = broker;
    }

    /**
     * So many records over all partitions: keys and values of any bytes or none, headers that repeat, are empty or null.
     *
     * @param timestamp of the first; the others follow a millisecond apart
     */
    public void fill(String topic, int partitions, int records, long timestamp) {
        Random random = new Random(SEED);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                byte[] key = i % 7 == 0 ? null : bytes(random, 12);
                byte[] value = i % 11 == 0 ? null : i % 13 == 0 ? new byte[0] : bytes(random, 300);
                sent.add(producer.send(
                        new ProducerRecord<>(topic, i % partitions, timestamp + i, key, value, headers(random, i))));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("seed " + SEED, e);
        }
    }

    private static List<Header> headers(Random random, int i) {
        List<Header> headers = new ArrayList<>();
        for (int h = 0; h < i % 4; h++) {
            headers.add(new RecordHeader("name", bytes(random, 5)));
            headers.add(new RecordHeader("other", h % 2 == 0 ? null : new byte[0]));
        }
        return headers;
    }

    private static byte[] bytes(Random random, int atMost) {
        byte[] bytes = new byte[1 + random.nextInt(atMost)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** All that a topic has, by partition and offset. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, broker.partitions(topic))
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long wanted = broker.records(topic);
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (records.size() < wanted && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        records.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        return records;
    }

    /** A record's headers as text, without the last {@code without}. */
    public static List<String> headers(ConsumerRecord<?, ?> record, int without) {
        Header[] headers = record.headers().toArray();
        return IntStream.range(0, headers.length - without)
                .mapToObj(i -> headers[i].key() + "=" + text(headers[i].value()))
                .toList();
    }

    public static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "null" : java.util.HexFormat.of().formatHex(bytes);
    }
}
