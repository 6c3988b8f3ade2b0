package routes.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import routes.telemetry.InvalidTelemetryException;
import routes.telemetry.Slicer;
import routes.telemetry.TelemetryMessage;
import routes.telemetry.TelemetryReader;

/** What one would write by hand: poll, read, send, wait for all acknowledgements, commit; in one thread. */
final class Loop implements Contender {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Properties consumerSettings;
    private final Properties producerSettings;
    private final Copies copies;
    private final TelemetryReader reader = new TelemetryReader();
    private final AtomicReference<Exception> refused = new AtomicReference<>();
    private volatile boolean running;
    private Thread thread;

    /** Which copies of a message are sent. */
    interface Copies {
        void send(TelemetryMessage message, ConsumerRecord<byte[], byte[]> record, Headers headers, Sender sender);
    }

    interface Sender {
        void send(String topic, byte[] key, byte[] value, Headers headers);
    }

    Loop(String group, Properties consumerSettings, Properties producerSettings, Copies copies) {
        this.consumerSettings = consumerSettings;
        this.producerSettings = producerSettings;
        this.copies = copies;
        consumerSettings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    }

    /** The whole message to the topic of its activity. */
    static void byActivity(
            TelemetryMessage message, ConsumerRecord<byte[], byte[]> record, Headers headers, Sender sender) {
        sender.send(Rule.topic(message.activity()), record.key(), record.value(), headers);
    }

    /** One message for each subsystem. */
    static Copies slices(Slicer slicer, String topicPrefix) {
        return (message, record, headers, sender) -> {
            for (Slicer.Slice slice : slicer.slice(message).slices()) {
                sender.send(topicPrefix + slice.subsystem(), record.key(), slice.value(), new RecordHeaders(headers));
            }
        };
    }

    @Override
    public void start() {
        running = true;
        thread = new Thread(this::run, "loop");
        thread.start();
    }

    @Override
    public void stop() throws InterruptedException {
        running = false;
        thread.join();
    }

    private void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings)) {
            consumer.subscribe(List.of(Rule.IN));
            Sender sender = (topic, key, value, headers) -> send(producer, topic, key, value, headers);
            while (running) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    records.forEach(record -> route(record, sender));
                    producer.flush();
                    if (refused.get() != null) {
                        throw new IllegalStateException("a record was not acknowledged", refused.get());
                    }
                    consumer.commitSync();
                }
            }
        }
    }

    private void route(ConsumerRecord<byte[], byte[]> record, Sender sender) {
        Headers headers = new RecordHeaders(record.headers()).add(Rule.SOURCE_HEADER, source(record));
        TelemetryMessage message;
        try {
            message = reader.read(record.value(), record.key());
        } catch (InvalidTelemetryException invalid) {
            sender.send(Rule.DEAD_LETTERS, record.key(), record.value(), headers);
            return;
        }
        copies.send(message, record, headers, sender);
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, byte[] key, byte[] value, Headers headers) {
        producer.send(new ProducerRecord<>(topic, null, key, value, headers), (metadata, exception) -> {
            if (exception != null) {
                refused.compareAndSet(null, exception);
            }
        });
    }

    private static byte[] source(ConsumerRecord<?, ?> record) {
        return (record.topic() + "/" + record.partition() + "/" + record.offset()).getBytes(StandardCharsets.UTF_8);
    }
}
