package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static routes.application.TestApplication.header;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.deadletter.OriginalHeaders;
import routes.telemetry.Reason;

/**
 * What is no telemetry message: one dead letter each, with its reason and its bytes, and the partition goes on. Nothing
 * of it comes out anywhere else.
 */
class BadInputIT {
    private static final String GOOD = "{\"rig\":\"R\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":1,"
            + "\"activity\":2,\"late\":false,\"channels\":{\"GASA\":9}}";
    private static final String[] ROUTED = {
        "rig.activity.drilling", "rig.activity.tripping", "rig.activity.connection", "rig.activity.circulating",
        "rig.activity.reaming", "rig.activity.other", "rig.flagged", "rig.channels.gas"
    };

    @TempDir
    static Path data;

    private static TestApplication app;

    @BeforeAll
    static void start() throws Exception {
        app = TestApplication.start(data, Map.of("rigs.count", "0"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                bad(Reason.EMPTY, "a tombstone", null),
                bad(Reason.EMPTY, "no bytes", new byte[0]),
                bad(Reason.INVALID_UTF8, "a lone continuation byte", bytes(GOOD.replace("W1", "W\u00ff"))),
                bad(Reason.NOT_JSON, "half a message", GOOD.substring(0, 60)),
                bad(Reason.NOT_JSON, "two messages", GOOD + GOOD),
                bad(Reason.NOT_AN_OBJECT, "an array", "[" + GOOD + "]"),
                bad(Reason.MISSING_FIELD, "no seq", GOOD.replace("\"seq\":1,", "")),
                bad(Reason.WRONG_TYPE, "a channel that is text", GOOD.replace(":9}", ":\"9\"}")),
                bad(Reason.OUT_OF_RANGE, "an activity beyond WITS", GOOD.replace("\"activity\":2", "\"activity\":100")),
                bad(Reason.NUMBER_RANGE, "not a number", GOOD.replace(":9}", ":NaN}")),
                bad(Reason.NUMBER_RANGE, "beyond double", GOOD.replace(":9}", ":1e999}")),
                bad(Reason.DUPLICATE_KEY, "a channel twice", GOOD.replace(":9}", ":9,\"GASA\":9}")),
                bad(Reason.TOO_DEEP, "100,000 brackets", "[".repeat(100_000)),
                bad(
                        Reason.TOO_DEEP,
                        "100,000 brackets in a field",
                        GOOD.replace("\"seq\":1", "\"x\":" + "[".repeat(100_000))),
                bad(Reason.TOO_LARGE, "900,001 bytes", padded(900_001)),
                bad(Reason.KEY_MISMATCH, "another rig's message", GOOD.replace("\"R\"", "\"Q\"")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badValues")
    void eachBadValueIsDeadLetteredUnchangedWithItsReason(Reason reason, String what, byte[] value) throws Exception {
        RecordMetadata sent = app.send(
                "rig.telemetry", 5, bytes("R"), value, new RecordHeader("origin", new byte[] {0, (byte) 0xff}));

        assertThat(letterOf(sent)).satisfies(letter -> {
            assertThat(letter.value()).isEqualTo(value);
            assertThat(letter.key()).isEqualTo(bytes("R"));
            assertThat(letter.partition()).isEqualTo(5);
            assertThat(letter.headers().lastHeader("origin").value()).containsExactly(0, 0xff);
            assertThat(header(letter, "dlq.reason")).isEqualTo(reason.code());
            assertThat(header(letter, "dlq.attempts")).isEqualTo("1");
            assertThat(header(letter, "dlq.redrive-count")).isEqualTo("0");
            assertThat(header(letter, "dlq.first-failed-at")).matches("20\\d\\d-.*Z");
            assertThat(header(letter, "dlq.original-timestamp")).isEqualTo(Long.toString(sent.timestamp()));
            assertThat(header(letter, "x-original-topic")).isEqualTo("rig.telemetry");
            assertThat(header(letter, "__connect.errors.topic")).isEqualTo("rig.telemetry");
            assertThat(header(letter, "__connect.errors.partition")).isEqualTo("5");
            assertThat(header(letter, "__connect.errors.connector.name")).isEqualTo("rig-streams");
            assertThat(header(letter, "__connect.errors.task.id")).isEqualTo("route-telemetry");
            assertThat(header(letter, "__connect.errors.stage")).isEqualTo("read-route-message");
            assertThat(header(letter, "__connect.errors.exception.class.name"))
                    .isEqualTo("routes.telemetry.InvalidTelemetryException");
            assertThat(header(letter, "__connect.errors.exception.message")).startsWith(reason.code() + ":");
            assertThat(header(letter, "__connect.errors.exception.stacktrace")).hasSizeLessThanOrEqualTo(8192);
        });
        assertThat(madeFrom(sent, app.settled(ROUTED))).isEmpty();
    }

    @Test
    void aRecordWithoutAKeyIsDeadLetteredWithoutAKey() throws Exception {
        RecordMetadata sent = app.send("rig.telemetry", 3, null, bytes(GOOD));

        ConsumerRecord<byte[], byte[]> letter = letterOf(sent);
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isEqualTo(bytes(GOOD));
        assertThat(header(letter, "dlq.reason")).isEqualTo("key-mismatch");
    }

    @Test
    void aValueThatDoesNotFitWithTheLettersHeadersIsKeptWholeInTheStore() throws Exception {
        byte[] value = padded(1_040_000);

        RecordMetadata sent = app.send("rig.telemetry", 2, bytes("R"), value);

        ConsumerRecord<byte[], byte[]> letter = letterOf(sent);
        assertThat(letter.value()).isEqualTo(Arrays.copyOf(value, 1024));
        assertThat(header(letter, "dlq.reason")).isEqualTo("too-large");
        assertThat(header(letter, "dlq.stored-bytes")).isEqualTo("1040000");
        Path stored = Path.of(header(letter, "dlq.stored-path"));
        assertThat(Files.readAllBytes(stored)).isEqualTo(value);
        assertThat(header(letter, "dlq.stored-sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(value)));
    }

    @Test
    void headersThatAreTooLargeForTheLetterAreKeptInTheStoreToo() throws Exception {
        byte[] large = new byte[1_020_000];
        Header own = new RecordHeader("large".repeat(60), large);

        RecordMetadata sent = app.send("rig.telemetry", 2, bytes("R"), bytes("not json"), own);

        ConsumerRecord<byte[], byte[]> letter = letterOf(sent);
        assertThat(header(letter, "dlq.reason")).isEqualTo("not-json");
        assertThat(header(letter, own.key())).hasSize(1024);
        byte[] stored = Files.readAllBytes(Path.of(header(letter, "dlq.stored-headers-path")));
        assertThat(OriginalHeaders.read(stored)).containsExactly(own);
        assertThat(header(letter, "dlq.stored-headers-bytes")).isEqualTo("" + stored.length);
    }

    @Test
    void aKeyThatIsTooLargeForTheLetterIsKeptInTheStoreAndThePartitionGoesOn() throws Exception {
        byte[] key = new byte[1_020_000];

        RecordMetadata sent = app.send("rig.telemetry", 4, key, bytes("not json"));
        RecordMetadata next = app.send("rig.telemetry", 4, bytes("R"), bytes("not json either"));

        ConsumerRecord<byte[], byte[]> letter = letterOf(sent);
        assertThat(letter.key()).isEqualTo(new byte[1024]);
        assertThat(Files.readAllBytes(Path.of(header(letter, "dlq.stored-key-path"))))
                .isEqualTo(key);
        assertThat(letterOf(next).value()).isEqualTo(bytes("not json either"));
    }

    @Test
    void theGoodBetweenTheBadArriveInOrderAndTheMetersCount() throws Exception {
        for (int i = 0; i < 50; i++) {
            app.send(
                    "rig.telemetry",
                    1,
                    bytes("MIX"),
                    bytes(GOOD.replace("\"R\"", "\"MIX\"").replace("\"seq\":1", "\"seq\":" + i)));
            app.send("rig.telemetry", 1, bytes("MIX"), bytes("bad " + i));
        }

        List<String> routed = app.settled("rig.activity.drilling").stream()
                .filter(record -> "MIX".equals(new String(record.key(), UTF_8)))
                .map(record -> new String(record.value(), UTF_8).replaceAll(".*\"seq\":(\\d+).*", "$1"))
                .toList();
        assertThat(routed)
                .containsExactlyElementsOf(Stream.iterate(0, i -> i + 1)
                        .limit(50)
                        .map(String::valueOf)
                        .toList());
        assertThat(app.application().snapshot().deadLetters()).isGreaterThanOrEqualTo(50);
        assertThat(app.settled("rig.dead-letters").stream()
                        .filter(letter -> letter.key() != null && "MIX".equals(new String(letter.key(), UTF_8))))
                .hasSize(50);
    }

    private static ConsumerRecord<byte[], byte[]> letterOf(RecordMetadata sent) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> letters = app.settled("rig.dead-letters").stream()
                .filter(letter -> header(letter, "__connect.errors.partition").equals("" + sent.partition())
                        && header(letter, "__connect.errors.offset").equals("" + sent.offset()))
                .toList();
        assertThat(letters).as("letters for " + sent).hasSize(1);
        return letters.get(0);
    }

    private static List<ConsumerRecord<byte[], byte[]>> madeFrom(
            RecordMetadata sent, List<ConsumerRecord<byte[], byte[]>> records) {
        String source = sent.topic() + "/" + sent.partition() + "/" + sent.offset();
        return records.stream()
                .filter(record -> source.equals(header(record, "source")))
                .toList();
    }

    private static Arguments bad(Reason reason, String what, Object value) {
        return Arguments.of(reason, what, value instanceof String text ? bytes(text) : value);
    }

    /** A message that would be good if it were not this long. */
    private static byte[] padded(int length) {
        String pad = "\"x\":\"";
        return bytes(GOOD.replace(
                "\"seq\":1", pad + "p".repeat(length - GOOD.length() - pad.length() - 2) + "\",\"seq\":1"));
    }

    private static byte[] bytes(String text) {
        return text.chars().anyMatch(c -> c == 0xff)
                ? text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)
                : text.getBytes(UTF_8);
    }
}
