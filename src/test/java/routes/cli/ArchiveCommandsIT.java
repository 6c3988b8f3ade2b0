package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.archive.SampleArchive;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;
import routes.replay.ReplayFeed;

/** What is archived, listed, printed and played back. */
@ExtendWith(BrokerExtension.class)
@Timeout(120)
class ArchiveCommandsIT {
    private static final Path OF_EVENT_HUBS = Path.of("../shared/data/capture-24.avro");
    private static final int PARTITIONS = 2;
    private static final int RECORDS = 1_200;
    private static final int EACH = RECORDS / PARTITIONS;
    private static final int IN_A_FILE = 200;
    private static final int MARKS = 3;
    private static final long T0 = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

    @TempDir
    private Path data;

    private TestBroker broker;
    private ReplayFeed feed;
    private Path archive;
    private String topic;
    private List<ConsumerRecord<byte[], byte[]>> originals;
    private final List<String> files = new ArrayList<>();
    private String out;
    private String err;

    @BeforeEach
    void setUp(TestBroker broker) {
        this.broker = broker;
        feed = new ReplayFeed(broker);
        topic = broker.newTopicOfSendersTimes("archived", PARTITIONS);
        // Ten milliseconds of offset steps are a second of names: each file begins in a second of its own.
        for (int part = 0; part < EACH / IN_A_FILE; part++) {
            feed.fill(topic, PARTITIONS, PARTITIONS * IN_A_FILE, T0 + part * 10_000L);
        }
        originals = feed.read(topic);
        archive = data.resolve("archive/capture");
        SampleArchive files = new SampleArchive(archive);
        for (int i = 0; i < RECORDS; i += IN_A_FILE) {
            this.files.add(files.add(originals.subList(i, i + IN_A_FILE)));
        }
    }

    @Test
    void itListsEveryFileWithItsOffsets() throws Exception {
        assertThat(run("archive", "list", archive.toString(), "--json")).as(err).isZero();

        JsonNode list = new ObjectMapper().readTree(out).get("files");
        assertThat(list).hasSize(files.size());
        for (int i = 0; i < list.size(); i++) {
            JsonNode file = list.get(i);
            int partition = i / (EACH / IN_A_FILE);
            long first = (long) i * IN_A_FILE % EACH;
            assertThat(file.get("path").asText()).isEqualTo(files.get(i));
            assertThat(file.get("topic").asText()).isEqualTo(topic);
            assertThat(file.get("partition").asInt()).isEqualTo(partition);
            assertThat(file.get("records").asInt()).isEqualTo(IN_A_FILE);
            assertThat(file.get("firstOffset").asLong()).isEqualTo(first);
            assertThat(file.get("lastOffset").asLong()).isEqualTo(first + IN_A_FILE - 1);
            assertThat(file.get("bytes").asLong()).isEqualTo(Files.size(archive.resolve(files.get(i))));
        }
        assertThat(run("archive", "list", archive.toString(), "--since", "2026-11-20T10:00:20Z"))
                .isZero();
        assertThat(out).contains("2 files, 400 records, ");
    }

    @Test
    void aGapAnOverlapAndADamagedFileAreNamedAndEndWithOne() throws Exception {
        Files.delete(archive.resolve(files.get(1)));
        Files.copy(archive.resolve(files.get(3)), archive.resolve(files.get(3).replace("00.avro", "01.avro")));
        Files.write(archive.resolve(files.get(5)), new byte[] {'O', 'b', 'j', 1, 9});

        assertThat(run("archive", "list", archive.toString())).isEqualTo(1);

        assertThat(err.lines())
                .anySatisfy(line -> assertThat(line).contains("gap: offsets 200 to 399 of " + topic + "/0"))
                .anySatisfy(line -> assertThat(line).contains("overlap: offsets 0 to 199 of " + topic + "/1"))
                .anySatisfy(line -> assertThat(line).contains(files.get(5)))
                .hasSize(3);
        assertThat(out).contains("5 files, 1,000 records");
    }

    @Test
    void itPrintsEachMessageAsALineOfJson() throws Exception {
        assertThat(run("archive", "cat", archive.toString())).as(err).isZero();

        List<String> lines = out.lines().toList();
        assertThat(lines).hasSize(RECORDS);
        ObjectMapper json = new ObjectMapper();
        for (int i = 0; i < RECORDS; i++) {
            JsonNode line = json.readTree(lines.get(i));
            ConsumerRecord<byte[], byte[]> original = originals.get(i);
            assertThat(line.get("partition").asInt()).isEqualTo(original.partition());
            assertThat(line.get("offset").asLong()).isEqualTo(original.offset());
            assertThat(Instant.parse(line.get("time").asText()).toEpochMilli()).isEqualTo(original.timestamp());
            assertThat(line.get("headers")).hasSize(original.headers().toArray().length);
            if (line.get("key").has("base64")) {
                assertThat(Base64.getDecoder()
                                .decode(line.get("key").get("base64").asText()))
                        .isEqualTo(original.key());
            }
        }
    }

    @Test
    void itPrintsOnlyWhatIsMeant() {
        String from = "2026-11-20T10:00:10.100Z";
        assertThat(run(
                        "archive",
                        "cat",
                        archive.toString(),
                        "--partition",
                        "1",
                        "--offsets",
                        "190-260",
                        "--since",
                        from))
                .as(err)
                .isZero();
        assertThat(out.lines()).hasSize(11).allSatisfy(line -> assertThat(line)
                .contains("\"partition\":1,\"offset\":2"));
        assertThat(run("archive", "cat", archive.toString(), "--rig", "RIG-001"))
                .isEqualTo(1);
        assertThat(err).isEqualTo("no message of the archive is meant\n");
        assertThat(run("archive", "cat", archive.toString(), "--max", "3")).isZero();
        assertThat(out.lines()).hasSize(3);
    }

    @Test
    void aFileCutOffIsPrintedAsFarAsItGoesAndNamed() throws Exception {
        Path file = archive.resolve(files.get(0));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 100));

        assertThat(run("archive", "cat", archive.toString())).isEqualTo(1);

        assertThat(err).contains(files.get(0)).hasLineCount(1).doesNotContain("Exception");
        assertThat(out.lines().count()).isGreaterThanOrEqualTo(RECORDS - IN_A_FILE);
    }

    @Test
    void aFileThatEventHubsWroteIsListedPrintedAndPlayedBack() {
        assumeTrue(Files.isRegularFile(OF_EVENT_HUBS), OF_EVENT_HUBS + " is not here");

        assertThat(run("archive", "list", OF_EVENT_HUBS.toString())).as(err).isZero();
        assertThat(out).contains("capture-24.avro", "1 files, ");
        Matcher count = Pattern.compile("1 files, (\\d+) records").matcher(out);
        assertThat(count.find()).isTrue();
        int records = Integer.parseInt(count.group(1));
        assertThat(run("archive", "cat", OF_EVENT_HUBS.toString())).as(err).isZero();
        assertThat(out.lines()).hasSize(records);
        assertThat(run("archive", "schema", OF_EVENT_HUBS.toString())).as(err).isZero();
        assertThat(out).contains("\"name\" : \"EventData\"", "\"Microsoft.ServiceBus.Messaging\"");
        String into = broker.newTopic("from-event-hubs", 1);
        assertThat(run(
                        "replay",
                        "their.hub",
                        "--archive",
                        OF_EVENT_HUBS.toString(),
                        "--into",
                        into,
                        "--bootstrap",
                        broker.bootstrapServers()))
                .as(err)
                .isZero();
        assertThat(feed.read(into)).hasSize(records).hasSizeGreaterThan(1);
    }

    @Test
    void everyRecordOfTheArchiveArrivesAsItWas() {
        assertThat(replay("--archive", archive.toString(), "--to", "offset:0=333,1=1"))
                .as(err)
                .isZero();
        assertThat(out).containsPattern("sent +334 to ");

        assertThat(replay("--archive", archive.toString())).as(err).isZero();

        assertThat(out).containsPattern("sent +866 to ").containsPattern("sent before +334");
        List<ConsumerRecord<byte[], byte[]>> replayed = feed.read(topic + ".replay");
        assertThat(replayed).hasSameSizeAs(originals).hasSize(RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            ConsumerRecord<byte[], byte[]> original = originals.get(i);
            ConsumerRecord<byte[], byte[]> copy = replayed.get(i);
            assertThat(copy.partition()).isEqualTo(original.partition());
            assertThat(copy.key()).isEqualTo(original.key());
            assertThat(copy.value()).isEqualTo(original.value());
            assertThat(ReplayFeed.headers(copy, MARKS)).isEqualTo(ReplayFeed.headers(original, 0));
            assertThat(ReplayFeed.header(copy, "replay.source"))
                    .isEqualTo(topic + "/" + original.partition() + "/" + original.offset());
        }
    }

    @Test
    void aRangeOfTimeIsPlayedBackFromTheArchive() {
        assertThat(replay(
                        "--archive",
                        archive.toString(),
                        "--from",
                        "time:2026-11-20T10:00:10.100Z",
                        "--to",
                        "time:2026-11-20T10:00:20.050Z"))
                .as(err)
                .isZero();

        assertThat(feed.read(topic + ".replay"))
                .extracting(record -> Instant.parse(ReplayFeed.header(record, "replay.time")))
                .hasSize(350)
                .allMatch(time -> !time.isBefore(Instant.parse("2026-11-20T10:00:10.100Z"))
                        && time.isBefore(Instant.parse("2026-11-20T10:00:20.050Z")));
    }

    @Test
    void whatCannotBeReadIsNamedAndTheRestIsPlayedBack() throws Exception {
        Files.write(archive.resolve(files.get(1)), "something else".getBytes());

        assertThat(replay("--archive")).isEqualTo(1);

        assertThat(err)
                .contains(files.get(1))
                .contains("offsets 200 to 399 of " + topic + "/0 could not be read in the archive, and were left out");
        assertThat(feed.read(topic + ".replay")).hasSize(RECORDS - IN_A_FILE);
    }

    @Test
    void whatHasExpiredIsPlayedBackFromTheArchiveAsTheSentenceSaysAndTheRestFromTheTopic() throws Exception {
        broker.admin()
                .deleteRecords(Map.of(
                        new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(250),
                        new TopicPartition(topic, 1), RecordsToDelete.beforeOffset(10)))
                .all()
                .get();
        assertThat(replay("--from", "offset:0=0,1=5")).isEqualTo(1);
        Matcher command = Pattern.compile("`replay (.*?)`").matcher(err);
        assertThat(command.find()).as(err).isTrue();
        assertThat(command.group(1)).isEqualTo(topic + " --archive --from offset:0=0,1=5 --to offset:0=250,1=10");

        String typed = command.group(1).substring(topic.length() + 1);
        assertThat(replay(typed.split(" "))).as(err).isZero();
        assertThat(replay("--from", "offset:0=0,1=5")).as(err).isZero();

        assertThat(out).containsPattern("sent before +255");
        assertThat(feed.read(topic + ".replay"))
                .hasSize(RECORDS - 5)
                .extracting(record -> ReplayFeed.header(record, "replay.source"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    archive list /no/such/file                                   | 1 | /no/such/file: there is no such file or folder
                    archive cat pom.xml                                          | 1 | pom.xml:
                    archive schema pom.xml                                       | 1 | pom.xml:
                    archive cat --offsets 5-3                                    | 2 | --offsets 5-3: expected FIRST-LAST
                    archive list --since yesterday                               | 2 | --since yesterday: expected an instant
                    archive list --since 2026-11-20T10:00:00Z --until 2026-11-20T10:00:00Z | 2 | is not after --since
                    archive cat --topic other                                    | 1 | no message of the archive is meant
                    replay no.such.topic --archive                               | 1 | has no records of the topic no.such.topic
                    """)
    void whatCannotBeDoneIsSaidInOneSentence(String command, int expected, String sentence) {
        assertThat(run(command.split(" "))).as(err).isEqualTo(expected);
        assertThat(err).contains(sentence.strip()).doesNotContain("Exception");
    }

    @Test
    void offsetsTimesAndPartitionsThatAreNotInTheArchiveAreNamed() {
        assertThat(replay("--archive", "--from", "offset:0=700")).isEqualTo(1);
        assertThat(err)
                .contains("offset 700 of " + topic + "/0 is not in the archive")
                .hasLineCount(1);
        assertThat(replay("--archive", "--from", "offset:7=0")).isEqualTo(1);
        assertThat(err).contains("the archive has nothing of " + topic + "/7").hasLineCount(1);
        assertThat(replay("--archive", "--from", "time:2027-01-01T00:00:00Z")).isEqualTo(1);
        assertThat(err)
                .contains("the archive has records of it from 2026-11-20T10:00:00Z to 2026-11-20T10:00:20.399Z")
                .hasLineCount(1);
    }

    private int replay(String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay", topic));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap", broker.bootstrapServers()));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "data.dir=" + data));
        StringWriter printed = new StringWriter();
        StringWriter problems = new StringWriter();
        int code = Commands.execute(
                new PrintWriter(printed, true), new PrintWriter(problems, true), all.toArray(String[]::new));
        out = printed.toString();
        err = problems.toString();
        return code;
    }
}
