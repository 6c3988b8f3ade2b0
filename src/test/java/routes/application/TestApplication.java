package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import routes.FreePort;
import routes.settings.Given;
import routes.settings.Settings;

/** The whole application with a broker of its own on free ports, as a user would run it, and a client of that broker. */
public final class TestApplication implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Application application;
    private final String bootstrapServers;
    private final int observePort;
    private final KafkaProducer<byte[], byte[]> producer;

    private TestApplication(Application application, String bootstrapServers, int observePort) {
        this.application = application;
        this.bootstrapServers = bootstrapServers;
        this.observePort = observePort;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 2_000_000, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** @param settings what differs from the defaults */
    public static TestApplication start(Path dataFolder, Map<String, String> settings) throws Exception {
        return start(dataFolder, settings, Map.of());
    }

    /** @param environment for secrets */
    public static TestApplication start(Path dataFolder, Map<String, String> settings, Map<String, String> environment)
            throws Exception {
        Map<String, String> all = new HashMap<>();
        int kafkaPort = FreePort.next();
        int observePort = FreePort.next();
        all.put("data.dir", dataFolder.toString());
        all.put("broker.port", Integer.toString(kafkaPort));
        all.put("observe.port", Integer.toString(observePort));
        all.put("api.port", Integer.toString(FreePort.next()));
        all.putAll(settings);
        List<Given.Choice> choices = new ArrayList<>();
        all.forEach((key, value) -> choices.add(new Given.Choice(key, value, "--set")));
        Settings loaded = Settings.load(new Given("embedded", environment, List.of(), choices));
        return new TestApplication(Application.start(loaded), "127.0.0.1:" + kafkaPort, observePort);
    }

    public Application application() {
        return application;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Address of metrics and health, without a path. */
    public String observeUrl() {
        return "http://127.0.0.1:" + observePort;
    }

    /** Address of the API, as it is printed. */
    public URI apiUrl() {
        return URI.create(application.endpoints().get("API"));
    }

    /** Sends a record and waits for its acknowledgement. */
    public RecordMetadata send(String topic, Integer partition, byte[] key, byte[] value, Header... headers) {
        return acknowledged(sendLater(topic, partition, key, value, headers));
    }

    public Future<RecordMetadata> sendLater(
            String topic, Integer partition, byte[] key, byte[] value, Header... headers) {
        return producer.send(new ProducerRecord<>(topic, partition, null, key, value, List.of(headers)));
    }

    public static RecordMetadata acknowledged(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the broker did not take the record", e);
        }
    }

    /**
     * All records of the topics in the order of each partition, as soon as there are at least {@code count}; for as long
     * as new ones come.
     */
    public List<ConsumerRecord<byte[], byte[]>> await(int count, String... topics) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions(consumer, topics));
            consumer.seekToBeginning(consumer.assignment());
            while (records.size() < count) {
                int before = records.size();
                Awaitility.await("more than " + before + " of " + count + " records of " + List.of(topics))
                        .atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .until(() -> {
                            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                            return records.size() > before;
                        });
            }
        }
        return records;
    }

    /** What the topics hold once every route has committed all there was: nothing more comes of what was sent. */
    public List<ConsumerRecord<byte[], byte[]>> settled(String... topics) throws Exception {
        if (!application.awaitCaughtUp(PATIENCE)) {
            throw new AssertionError("the routes did not catch up within " + PATIENCE);
        }
        return all(topics);
    }

    /** What the topics hold now. */
    public List<ConsumerRecord<byte[], byte[]>> all(String... topics) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            Collection<TopicPartition> partitions = partitions(consumer, topics);
            long held = consumer.endOffsets(partitions).values().stream()
                            .mapToLong(end -> end)
                            .sum()
                    - consumer.beginningOffsets(partitions).values().stream()
                            .mapToLong(begin -> begin)
                            .sum();
            return await((int) held, topics);
        }
    }

    private static Collection<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String... topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        return partitions;
    }

    /** The sum of the lines of /metrics that match a regular expression, 0 if there are none. */
    public double scrape(String pattern) throws IOException, InterruptedException {
        return metrics(pattern)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** How many lines of /metrics match a regular expression. */
    public long samples(String pattern) throws IOException, InterruptedException {
        return metrics(pattern).count();
    }

    private Stream<String> metrics(String pattern) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(observeUrl() + "/metrics")).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofLines()).body().filter(line -> line.matches(pattern));
    }

    /** Waits until {@code /observe/health/ready} answers with this status and, in the same answer, says all of this. */
    public void awaitReadiness(int status, String... said) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> ready = readiness();
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(status);
            for (String part : said) {
                assertThat(ready.body()).contains(part);
            }
        });
    }

    /** The HTTP status of {@code /observe/health/ready} and what it says. */
    public HttpResponse<String> readiness() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(observeUrl() + "/observe/health/ready"))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** A header as text, or null if the record does not have it. */
    public static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        application.close();
    }
}
