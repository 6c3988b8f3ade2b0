package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import routes.broker.TestBroker;
import routes.kafka.Logs;

/** A dead-letter topic of a test's own, a topic that its letters came from, and the ledger that all tests share. */
public final class TestLetters implements AutoCloseable {
    public static final int PARTITIONS = 4;

    private final TestBroker broker;
    private final String topic;
    private final String original;
    private final Producer<byte[], byte[]> producer;
    private long lastMillis;

    public TestLetters(TestBroker broker) {
        this.broker = broker;
        this.topic = broker.newTopicOfSendersTimes("letters", PARTITIONS);
        this.original = broker.newTopic("original", PARTITIONS);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 2_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        createLedger(broker);
    }

    private static void createLedger(TestBroker broker) {
        try {
            if (!broker.admin().listTopics().names().get().contains(RedriveLedger.TOPIC)) {
                broker.createTopic(
                        RedriveLedger.TOPIC,
                        1,
                        Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime"));
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The dead-letter topic. */
    public String topic() {
        return topic;
    }

    /** The topic that the letters came from. */
    public String original() {
        return original;
    }

    /** Settings of a client of the broker. */
    public Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /** Writes a letter of {@link #original}, of partition 0 of either. */
    public LetterId add(String key, String value, String reason) {
        return add(0, bytes(key), bytes(value), SampleLetters.ours(original, 0, 1, reason));
    }

    /** Writes so many of them, with the values 0, 1, 2 …, over all partitions. */
    public void addMany(int count) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int partition = i % PARTITIONS;
            List<Header> headers = SampleLetters.ours(original, partition, i, "not-json");
            sent.add(producer.send(new ProducerRecord<>(
                    topic, partition, nextMillis(), bytes("RIG-" + partition), bytes(Integer.toString(i)), headers)));
        }
        sent.forEach(TestLetters::acknowledged);
    }

    public LetterId add(int partition, byte[] key, byte[] value, List<Header> headers) {
        RecordMetadata written =
                acknowledged(producer.send(new ProducerRecord<>(topic, partition, nextMillis(), key, value, headers)));
        return new LetterId(written.partition(), written.offset());
    }

    /**
     * No two letters have the same time, however fast the machine: which one is newer can be told. The topic keeps
     * these times, where the application's own has the broker's.
     */
    private long nextMillis() {
        lastMillis = Math.max(System.currentTimeMillis(), lastMillis + 1);
        return lastMillis;
    }

    private static RecordMetadata acknowledged(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the broker did not take the letter", e);
        }
    }

    /** What has been sent again. */
    public List<ConsumerRecord<byte[], byte[]>> redriven() {
        return all(original);
    }

    /** The values of what has been sent again. */
    public List<String> redrivenValues() {
        return redriven().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    /** What the ledger says of this test's letters: key and value, null for one that is forgotten. */
    public List<ConsumerRecord<byte[], byte[]>> ledger() {
        return all(RedriveLedger.TOPIC).stream()
                .filter(entry -> new String(entry.key(), UTF_8).startsWith(topic + "/"))
                .toList();
    }

    /** All records of a topic, now. */
    public List<ConsumerRecord<byte[], byte[]>> all(String name) {
        return Logs.all(client(), name);
    }

    public static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
