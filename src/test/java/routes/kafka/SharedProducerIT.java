package routes.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.FreePort;
import routes.broker.BrokerSettings;
import routes.broker.EmbeddedBroker;

/** A broker that goes away and comes back: no record that was sent after a failed one may arrive without it. */
class SharedProducerIT {
    private static final String TOPIC = "shared";
    private static final Duration GIVES_UP_AFTER = Duration.ofSeconds(6);

    @TempDir
    Path folder;

    private int port;
    private EmbeddedBroker broker;
    private SharedProducer producer;

    @BeforeEach
    void start() throws Exception {
        port = FreePort.next();
        broker = startBroker();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        Properties settings = new Properties();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        settings.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        settings.put("delivery.timeout.ms", (int) GIVES_UP_AFTER.toMillis());
        settings.put("request.timeout.ms", 1000);
        settings.put("batch.size", 1);
        settings.put("reconnect.backoff.max.ms", 200);
        settings.put("max.block.ms", 20_000);
        producer = new SharedProducer(settings, new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        producer.closeForGood(Duration.ofSeconds(1));
        broker.close();
    }

    @Test
    void whatWasSentAfterAFailedRecordDoesNotArriveEither() throws Exception {
        assertThat(send("before", null).get(30, TimeUnit.SECONDS)).isNull();
        broker.close();
        long closed = System.nanoTime();
        CompletableFuture<Exception> first = send("first", null);
        Awaitility.await().until(() -> System.nanoTime() - closed > GIVES_UP_AFTER.toNanos() / 2);
        CompletableFuture<Exception> second = send("second", null);

        assertThat(first.get(60, TimeUnit.SECONDS)).isNotNull();
        broker = startBroker();

        assertThat(second.get(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(send("after", null).get(60, TimeUnit.SECONDS)).isNull();
        assertThat(topic()).containsExactly("before", "after");
    }

    @Test
    void ofABatchThatFailedNothingMoreIsSentWhileOthersAre() throws Exception {
        Batch failed = batch();
        Batch other = batch();
        assertThat(send("of-failed-0", failed).get(30, TimeUnit.SECONDS)).isNull();
        failed.fail(new IllegalStateException("as a test says"));

        assertThat(send("of-failed-1", failed).get(30, TimeUnit.SECONDS)).isInstanceOf(NotSentException.class);
        assertThat(send("of-other", other).get(30, TimeUnit.SECONDS)).isNull();
        assertThat(send("of-none", null).get(30, TimeUnit.SECONDS)).isNull();
        assertThat(topic()).containsExactly("of-failed-0", "of-other", "of-none");
    }

    @Test
    void aSendThatIsInterruptedFailsItsBatch() throws Exception {
        Batch batch = batch();
        broker.close();

        Thread.currentThread().interrupt();
        CompletableFuture<Exception> interrupted = send("interrupted", batch, "unknown");

        assertThat(Thread.interrupted())
                .as("the interrupt is left to who waits for it")
                .isTrue();
        assertThat(interrupted.get(1, TimeUnit.SECONDS)).isInstanceOf(InterruptException.class);
        assertThat(batch.failed()).isTrue();
        broker = startBroker();
    }

    private static Batch batch() {
        BatchHistory history = new BatchHistory(1);
        return new Batch(new DefaultExchange(new DefaultCamelContext()), history, List.of());
    }

    /** @return completes with null when the record is acknowledged, with the failure if it was not sent */
    private CompletableFuture<Exception> send(String value, Batch batch) throws Exception {
        return send(value, batch, TOPIC);
    }

    private CompletableFuture<Exception> send(String value, Batch batch, String topic) throws Exception {
        CompletableFuture<Exception> outcome = new CompletableFuture<>();
        Processor send = exchange -> producer.send(
                new ProducerRecord<>(topic, padded(value)), (metadata, failure) -> outcome.complete(failure));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.setProperty(Batch.PROPERTY, batch);
            new BatchInHand()
                    .wrapProcessorInInterceptors(context, new ToDefinition("kafka:" + topic), send, null)
                    .process(exchange);
            if (exchange.getException() != null) {
                outcome.complete(exchange.getException());
            }
        }
        return outcome;
    }

    /** Long enough that no two share a batch: each then fails when its own time is up. */
    private static byte[] padded(String value) {
        return (value + " ".repeat(1000)).getBytes(UTF_8);
    }

    private List<String> topic() {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> values.add(new String(record.value(), UTF_8).strip()));
            }
        }
        return values;
    }

    private EmbeddedBroker startBroker() throws IOException {
        return EmbeddedBroker.start(new BrokerSettings(folder, port, false));
    }
}
