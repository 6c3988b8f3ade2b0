package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static routes.deadletter.SampleLetters.connect;
import static routes.deadletter.SampleLetters.header;
import static routes.deadletter.SampleLetters.letter;
import static routes.deadletter.SampleLetters.ours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.deadletter.Letter.Part;

class OriginalsTest {
    private static final Header FIRST_FAILED = header("dlq.first-failed-at", "2026-11-20T10:00:00Z");

    @TempDir
    private Path data;

    private Path folder;
    private Originals originals;

    @BeforeEach
    void setUp() {
        folder = data.resolve("dead-letters");
        originals = new Originals(
                topic -> topic.equals("rig.gone") ? OptionalInt.empty() : OptionalInt.of(8),
                new RedriveTargets(topic -> !topic.equals("rig.unread"), "all routes", Set.of()),
                new StoredValues(folder));
    }

    @Test
    void aRecordIsAsItWasAndIsMarked() throws Exception {
        Header binary = new RecordHeader("origin", new byte[] {0, (byte) 0xff});
        Header empty = new RecordHeader("nothing", null);
        Letter letter = letter(
                "RIG-007",
                "not json",
                0,
                ours("rig.telemetry", 5, 4711, "not-json", binary, empty, header("a", "1"), header("a", "2")));

        ProducerRecord<byte[], byte[]> record = originals.of(letter);

        assertThat(record.topic()).isEqualTo("rig.telemetry");
        assertThat(record.partition()).isEqualTo(5);
        assertThat(record.key()).isEqualTo("RIG-007".getBytes(UTF_8));
        assertThat(record.value()).isEqualTo("not json".getBytes(UTF_8));
        assertThat(record.headers())
                .containsExactly(
                        binary,
                        empty,
                        header("a", "1"),
                        header("a", "2"),
                        FIRST_FAILED,
                        header("source", "rig.dead-letters/3/17"),
                        header("dlq.redrive-count", "1"));
    }

    @Test
    void oneOfKafkaConnectIsMarkedToo() throws Exception {
        ProducerRecord<byte[], byte[]> record =
                originals.of(letter(null, null, 0, connect("orders", 1, 2, header("trace", "t"))));

        assertThat(record.topic()).isEqualTo("orders");
        assertThat(record.partition()).isEqualTo(1);
        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
        assertThat(record.headers())
                .containsExactly(
                        header("trace", "t"),
                        header("source", "rig.dead-letters/3/17"),
                        header("dlq.redrive-count", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rig.telemetry/5/4711", "rig.dead-letters/0/3"})
    void theSourceThatOurOwnStepsWroteGivesWay(String source) throws Exception {
        Letter letter = letter("K", "v", 0, ours("rig.telemetry", 5, 4711, "failed", header("source", source)));

        assertThat(originals.of(letter).headers().headers("source"))
                .containsExactly(header("source", "rig.dead-letters/3/17"));
    }

    @Test
    void aSourceOfTheRecordsOwnStays() throws Exception {
        Letter letter = letter("K", "v", 0, connect("orders", 1, 2, header("source", "web")));

        assertThat(originals.of(letter).headers().headers("source")).containsExactly(header("source", "web"));
    }

    @Test
    void theCountGoesOn() throws Exception {
        Letter letter = letter("K", "v", 0, ours("rig.telemetry", 0, 1, "failed", header("dlq.redrive-count", "4")));

        assertThat(originals.of(letter).headers().headers("dlq.redrive-count"))
                .containsExactly(header("dlq.redrive-count", "5"));
    }

    @Test
    void aPartitionThatIsNoMoreIsLeftToTheKey() throws Exception {
        assertThat(originals
                        .of(letter("K", "v", 0, ours("rig.telemetry", 8, 1, "failed")))
                        .partition())
                .isNull();
    }

    @Test
    void withoutAnOriginItIsRefused() {
        assertThatThrownBy(() -> originals.of(letter("K", "v", 0, List.of())))
                .isInstanceOf(LetterRefusedException.class)
                .hasMessage("it does not say where it is from: it has neither the header __connect.errors.topic nor"
                        + " x-original-topic");
    }

    @Test
    void withoutItsTopicItIsRefused() {
        assertThatThrownBy(() -> originals.of(letter("K", "v", 0, ours("rig.gone", 0, 1, "failed"))))
                .hasMessage("its topic rig.gone does not exist");
        assertThatThrownBy(() -> originals.of(letter("K", "v", 0, ours("rig.dead-letters", 0, 1, "failed"))))
                .hasMessage("it is from rig.dead-letters itself");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "rig.fleet; its topic rig.fleet is one that the application keeps for itself",
                "rig.redrives; its topic rig.redrives is one that the application keeps for itself",
                "__consumer_offsets; its topic __consumer_offsets is one of Kafka's own",
                "rig.unread; no route reads its topic rig.unread, say all routes",
            })
    void whatNoRouteReadsIsRefusedUnlessItIsAllowedByName(String topic, String sentence) throws Exception {
        Letter letter = letter("K", "v", 0, ours(topic, 0, 1, "failed"));

        assertThatThrownBy(() -> originals.of(letter))
                .isInstanceOf(LetterRefusedException.class)
                .hasMessage(sentence + "; --allow-topic " + topic + " sends there all the same");
        Originals allowing =
                new Originals(name -> OptionalInt.of(1), RedriveTargets.only(topic), new StoredValues(folder));
        assertThat(allowing.of(letter).topic()).isEqualTo(topic);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./data/dead-letters/rig.telemetry/2/7.bin",
                "/elsewhere/dead-letters/data/dead-letters/rig.telemetry/2/7.bin"
            })
    void aStoredValueIsFoundWhereverTheDataFolderIsNow(String path) throws Exception {
        byte[] whole = stored();

        ProducerRecord<byte[], byte[]> record = originals.of(tooLarge(path, OversizeStore.sha256(whole)));

        assertThat(record.value()).isEqualTo(whole);
        assertThat(record.headers().lastHeader("large header").value()).isEqualTo("whole header".getBytes(UTF_8));
        assertThat(record.headers())
                .extracting(Header::key)
                .containsExactly("large header", "dlq.first-failed-at", "source", "dlq.redrive-count");
    }

    @Test
    void aStoredValueThatWasAlteredIsRefused() throws Exception {
        byte[] whole = stored();
        Files.write(file(), new byte[whole.length]);

        assertThatThrownBy(() -> originals.of(tooLarge(file().toString(), OversizeStore.sha256(whole))))
                .isInstanceOf(LetterRefusedException.class)
                .hasMessageMatching("its stored value .*7.bin is not what was stored: SHA-256 .*, expected "
                        + OversizeStore.sha256(whole));
    }

    @Test
    void aStoredValueThatIsMissingIsRefused() {
        assertThatThrownBy(() -> originals.of(tooLarge(file().toString(), "ab")))
                .hasMessage("its stored value " + file() + " is not in " + folder
                        + "; data.dir must be that of the application");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/hostname",
                "dead-letters/../secret",
                "dead-letters/rig.telemetry/../../secret",
                "dead-letters/rig.telemetry/2/8.bin",
                "dead-letters/rig.telemetry/2/7.key",
                "dead-letters/rig.telemetry/2/7.bin/",
                "7.bin",
                "dead-letters",
                "/",
                "",
                "\0"
            })
    void onlyTheFileOfItsOwnRecordIsRead(String path) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(data.resolve("secret"), "secret");
        new OversizeStore(folder).keep("rig.telemetry/2/8", Part.VALUE, "secret".getBytes(UTF_8));
        stored();

        assertThatThrownBy(() -> originals.of(tooLarge(path, OversizeStore.sha256("secret".getBytes(UTF_8)))))
                .isInstanceOf(LetterRefusedException.class)
                .hasMessage("its stored value " + path + " is not a file of its own record rig.telemetry/2/7");
    }

    @Test
    void aTopicThatLeadsOutOfTheStoreIsNotRead() throws IOException {
        Files.writeString(Files.createDirectories(data.resolve("x/2")).resolve("7.bin"), "secret");
        List<Header> headers = new ArrayList<>(ours("../x", 2, 7, "too-large"));
        headers.add(header("dlq.stored-path", "dead-letters/../x/2/7.bin"));
        headers.add(header("dlq.stored-sha256", OversizeStore.sha256("secret".getBytes(UTF_8))));

        assertThatThrownBy(() -> originals.of(letter("K", "v", 0, headers)))
                .hasMessageContaining("is not a file of its own record");
    }

    @Test
    void aStoredValueOfAnotherSizeIsRefusedUnread() throws Exception {
        stored();
        Files.writeString(file(), "short");

        assertThatThrownBy(() -> originals.of(tooLarge(file().toString(), "ab")))
                .hasMessage("its stored value " + file() + " is not what was stored: 5 bytes, expected 3000000");
    }

    @Test
    void allHeadersComeBackAsTheyWereWithoutTheMarksOfAnEarlierRedrive() throws Exception {
        Headers all = new RecordHeaders();
        all.add("a", "1".getBytes(UTF_8)).add("nul", null).add("a", "2".getBytes(UTF_8));
        all.add("CamelX", new byte[0]).add("dlq.reason", "mine".getBytes(UTF_8));
        all.add(FIRST_FAILED).add("source", "rig.dead-letters/0/9".getBytes(UTF_8));
        all.add("dlq.redrive-count", "1".getBytes(UTF_8));
        Letter letter = letter(
                "K",
                "v",
                0,
                ours(
                        "rig.telemetry",
                        5,
                        4711,
                        "failed",
                        header("a", "2"),
                        header("dlq.redrive-count", "1"),
                        new RecordHeader("dlq.original-headers", OriginalHeaders.write(all))));

        assertThat(originals.of(letter).headers())
                .containsExactly(
                        header("a", "1"),
                        new RecordHeader("nul", null),
                        header("a", "2"),
                        new RecordHeader("CamelX", new byte[0]),
                        header("dlq.reason", "mine"),
                        FIRST_FAILED,
                        header("source", "rig.dead-letters/3/17"),
                        header("dlq.redrive-count", "2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000",
                "00000001",
                "7fffffff",
                "ffffffff",
                "0000000141",
                "000000014100000002",
                "0000000141fffffffe"
            })
    void headersThatCannotBeReadAreRefused(String hex) {
        Letter letter = letter(
                "K",
                "v",
                0,
                ours(
                        "rig.telemetry",
                        5,
                        1,
                        "failed",
                        new RecordHeader("dlq.original-headers", HexFormat.of().parseHex(hex))));

        assertThatThrownBy(() -> originals.of(letter))
                .isInstanceOf(LetterRefusedException.class)
                .hasMessageStartingWith("what it says of its original headers ");
    }

    private byte[] stored() throws IOException {
        byte[] whole = new byte[3_000_000];
        whole[2_999_999] = 1;
        new OversizeStore(folder).keep("rig.telemetry/2/7", Part.VALUE, whole);
        Files.writeString(file().resolveSibling("7.bin.large_header"), "whole header");
        return whole;
    }

    private Path file() {
        return folder.resolve("rig.telemetry/2/7.bin");
    }

    private static Letter tooLarge(String path, String sha256) {
        List<Header> headers = new ArrayList<>(ours("rig.telemetry", 2, 7, "too-large"));
        headers.add(header("dlq.stored-path", path));
        headers.add(header("dlq.stored-sha256", sha256));
        headers.add(header("dlq.stored-bytes", "3000000"));
        headers.add(header("dlq.stored-headers", "large header"));
        return letter("K", "beginning", 0, headers);
    }
}
