package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;
import routes.kafka.KafkaCluster;
import routes.kafka.Logs;
import routes.kafka.SendWatch;

/**
 * Letters, ledger and stored files of the version before letters had all headers of their record: they were read from that
 * program's topics and data folder, and are read, shown and redriven here.
 */
@ExtendWith(BrokerExtension.class)
class EarlierLettersIT {
    private static final String LETTERS = "/letters/before-original-headers.jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path data;

    private TestBroker broker;
    private String letters;
    private String original;

    @BeforeEach
    void writeThemAsTheyWere(TestBroker broker) throws Exception {
        this.broker = broker;
        this.letters = broker.newTopicOfSendersTimes("earlier", 8);
        this.original = broker.newTopic("original", 8);
        new TestLetters(broker).close(); // makes the ledger's topic
        List<String> lines = new String(resource(LETTERS), UTF_8).lines().toList();
        assertThat(lines).hasSize(13);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String line : lines) {
                JsonNode json = JSON.readTree(line);
                if (json.has("file")) {
                    store(json);
                } else {
                    producer.send(record(json)).get();
                }
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = EarlierLettersIT.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private void store(JsonNode json) throws IOException {
        Path file =
                data.resolve("dead-letters").resolve(renamed(json.get("file").asText()));
        Files.createDirectories(file.getParent());
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(json.get("gzip").binaryValue()))) {
            Files.copy(in, file);
        }
    }

    /** Other tests use the topics' own names. */
    private ProducerRecord<byte[], byte[]> record(JsonNode json) throws IOException {
        boolean letter = json.get("topic").asText().equals("rig.dead-letters");
        List<Header> headers = new ArrayList<>();
        for (JsonNode header : json.get("headers")) {
            byte[] value = header.get(1).binaryValue();
            headers.add(new RecordHeader(header.get(0).asText(), value == null ? null : renamed(value)));
        }
        byte[] key = json.get("key").binaryValue();
        return new ProducerRecord<>(
                letter ? letters : json.get("topic").asText(),
                json.get("partition").asInt(),
                letter ? json.get("timestamp").asLong() : null,
                letter || key == null ? key : renamed(key),
                json.get("value").binaryValue(),
                headers);
    }

    private byte[] renamed(byte[] text) {
        String as = new String(text, UTF_8);
        return as.contains("rig.") ? renamed(as).getBytes(UTF_8) : text;
    }

    private String renamed(String text) {
        return text.replace("rig.telemetry", original).replace("rig.dead-letters", letters);
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    @Test
    void areReadWithWhatTheLedgerSaysOfThem() {
        RedriveLedger ledger;
        try (KafkaCluster kafka = new KafkaCluster(client())) {
            ledger = RedriveLedger.read(kafka, letters);
        }
        List<String> found = new ArrayList<>();
        try (KafkaCluster kafka = new KafkaCluster(client());
                LetterTopic topic = LetterTopic.open(kafka, letters)) {
            topic.read(
                    Optional.empty(),
                    letter -> found.add(letter.id() + " " + letter.reason() + " " + letter.redriveCount() + " "
                            + letter.bytes() + " " + ledger.has(letter)));
        }

        assertThat(found)
                .containsExactlyInAnyOrder(
                        "2:0 too-large 0 1040000 false",
                        "2:1 not-json 0 12 false",
                        "3:0 not-json 0 6 false",
                        "3:1 empty 0 0 false",
                        "5:0 not-json 0 8 true",
                        "5:1 not-json 1 8 false",
                        "6:0 failed 0 119 true",
                        "6:1 failed 1 119 false");
    }

    @Test
    void areRedrivenAsTheRecordsTheyWere() {
        RedriveReport report = new Redrive(
                        client(),
                        Map.of("max.request.size", 2_000_000),
                        letters,
                        RedriveTargets.only(original),
                        new StoredValues(data.resolve("dead-letters")),
                        Clock.systemUTC())
                .run(
                        new RedriveRequest(
                                LetterFilter.ALL, List.of(), Long.MAX_VALUE, 100, Double.POSITIVE_INFINITY, false),
                        new SendWatch() {
                            @Override
                            public void progress(long done, long all) {
                                // nobody looks on
                            }

                            @Override
                            public boolean stopWithin(Duration time) {
                                return false;
                            }
                        });

        assertThat(report.refused()).isEmpty();
        assertThat(report.alreadyRedriven()).isEqualTo(2);
        Map<String, ConsumerRecord<byte[], byte[]>> redriven = redriven();
        assertThat(redriven).hasSize(6);
        byte[] large = new byte[1_040_000];
        Arrays.fill(large, (byte) 'x');
        assertThat(redriven.get("2:0").value()).isEqualTo(large);
        assertThat(redriven.get("2:1").headers().lastHeader("large one").value())
                .isEqualTo(new byte[1_020_000]);
        assertThat(redriven.get("2:1").value()).isEqualTo("large header".getBytes(UTF_8));
        assertThat(redriven.get("3:0").key()).isNull();
        assertThat(redriven.get("3:1").value()).isNull();
        assertThat(redriven.get("5:1").headers().lastHeader("own").value()).containsExactly(0, 0xff);
        assertThat(redriven.get("6:1").headers())
                .extracting(Header::key)
                .containsExactlyInAnyOrder("content-type", "dlq.first-failed-at", "source", "dlq.redrive-count");
    }

    /** By the letter that each was. */
    private Map<String, ConsumerRecord<byte[], byte[]>> redriven() {
        List<ConsumerRecord<byte[], byte[]>> all = Logs.all(client(), original);
        Function<ConsumerRecord<byte[], byte[]>, String> letter =
                record -> new String(record.headers().lastHeader("source").value(), UTF_8)
                        .replace(letters + "/", "")
                        .replace('/', ':');
        return all.stream().collect(Collectors.toMap(letter, Function.identity()));
    }
}
