package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.RigStreams;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;
import routes.replay.ReplayFeed;

/** The command against a real broker, in this process and in one of its own that is ended in every way there is. */
@ExtendWith(BrokerExtension.class)
@Timeout(240)
class ReplayIT {
    private static final int PARTITIONS = 4;
    private static final int RECORDS = 2_000;
    private static final int MARKS = 4;
    private static final long T0 = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private TestBroker broker;
    private ReplayFeed feed;
    private String topic;
    private String out;
    private String err;

    @BeforeEach
    void setUp(TestBroker broker) {
        this.broker = broker;
        feed = new ReplayFeed(broker);
        topic = broker.newTopicOfSendersTimes("played", PARTITIONS);
        feed.fill(topic, PARTITIONS, RECORDS, T0);
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void everyRecordArrivesAsItWasInItsPartitionAndMarked() throws Exception {
        int code = replay(topic);

        assertThat(code).as(err).isZero();
        assertThat(out).containsPattern("sent +2,000 to " + topic + "\\.replay, ");
        List<ConsumerRecord<byte[], byte[]>> originals = feed.read(topic);
        List<ConsumerRecord<byte[], byte[]>> replayed = feed.read(topic + ".replay");
        assertThat(replayed).hasSameSizeAs(originals).hasSize(RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            assertSame(originals.get(i), replayed.get(i));
        }
        assertThat(broker.admin().listConsumerGroups().all().get())
                .as("groups of a broker on which other tests may have some")
                .noneMatch(group -> group.groupId().contains("replay"));
    }

    private void assertSame(ConsumerRecord<byte[], byte[]> original, ConsumerRecord<byte[], byte[]> copy) {
        assertThat(copy.partition()).isEqualTo(original.partition());
        assertThat(copy.key()).isEqualTo(original.key());
        assertThat(copy.value()).isEqualTo(original.value());
        assertThat(ReplayFeed.headers(copy, MARKS)).isEqualTo(ReplayFeed.headers(original, 0));
        assertThat(ReplayFeed.header(copy, "replay")).isEqualTo(topic + " from earliest");
        assertThat(ReplayFeed.header(copy, "replay.source"))
                .isEqualTo(topic + "/" + original.partition() + "/" + original.offset());
        assertThat(ReplayFeed.header(copy, "replay.time"))
                .isEqualTo(Instant.ofEpochMilli(original.timestamp()).toString());
    }

    @Test
    void givenAgainItGoesOnWithWhatHasComeSinceAndSendsNothingTwice() {
        replay(topic, "--to", "offset:0=100,1=50,2=0,3=500");
        assertThat(out).containsPattern("sent +650 to ");

        int code = replay(topic);

        assertThat(code).as(err).isZero();
        assertThat(out).containsPattern("sent +1,350 to ").containsPattern("sent before +650");
        assertEachOnceInOrder(topic + ".replay");
        assertThat(replay(topic)).isZero();
        assertThat(out).containsPattern("sent +0 to ").containsPattern("sent before +2,000");
        assertThat(replay(topic, "--as", "once-more")).isZero();
        assertThat(out).containsPattern("sent +2,000 to ").containsPattern("sent before +0");
    }

    @Test
    void aTargetWithFewerPartitionsIsFilledByKeyAndGoneOnWithExactly() {
        String into = broker.newTopic("narrow", 3);
        replay(topic, "--into", into, "--to", "offset:0=100,1=50,2=0,3=500");

        int code = replay(topic, "--into", into);

        assertThat(code).as(err).isZero();
        assertThat(out).containsPattern("sent +1,350 to ").containsPattern("sent before +650");
        Map<String, List<Long>> offsets = new TreeMap<>();
        feed.read(into).forEach(record -> {
            String[] source = ReplayFeed.header(record, "replay.source").split("/");
            offsets.computeIfAbsent(record.partition() + " from " + source[1], any -> new ArrayList<>())
                    .add(Long.valueOf(source[2]));
        });
        assertThat(offsets.values())
                .allSatisfy(list -> assertThat(list).isSorted().doesNotHaveDuplicates());
        assertThat(offsets.values().stream().mapToInt(List::size).sum()).isEqualTo(RECORDS);
    }

    @Test
    void aRangeOfTimeIsWhatWasWrittenThen() {
        int code = replay(topic, "--from", "time:2026-11-20T10:00:00.100Z", "--to", "time:2026-11-20T10:00:00.300Z");

        assertThat(code).as(err).isZero();
        assertThat(feed.read(topic + ".replay")).hasSize(200).allSatisfy(record -> assertThat(
                        ReplayFeed.header(record, "replay.time"))
                .isBetween("2026-11-20T10:00:00.100Z", "2026-11-20T10:00:00.299Z"));
    }

    @Test
    void theOriginalPaceIsKept() {
        long start = System.nanoTime();

        int code = replay(topic, "--rate", "x1");

        assertThat(code).as(err).isZero();
        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(RECORDS - 1).toNanos());
    }

    @Test
    void aRehearsalCountsAndCreatesNothing() throws Exception {
        int code = replay(topic, "--dry-run", "--rate", "1/s", "--json");

        assertThat(code).as(err).isZero();
        assertThat(out).contains("\"dryRun\" : true", "\"sent\" : 2000", "\"left\" : 0");
        assertThat(broker.admin().listTopics().names().get()).doesNotContain(topic + ".replay");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --from offset:9=0                   | 1 | has no partition 9; it has 4, from 0 to 3
                    --from offset:0=501                 | 1 | offset 501 of played-
                    --from offset:0=5 --to offset:0=4   | 1 | --to 4 comes before --from 5
                    --from time:2027-01-01T00:00:00Z    | 1 | has records from 2026-11-20T10:00:00Z to 2026-11-20T10:00:01.999Z
                    --from latest                       | 1 | no record of played-
                    --from offset:0                     | 2 | '0' is no PARTITION=OFFSET
                    --to tomorrow                       | 2 | --to 'tomorrow': expected earliest, latest, offset:
                    --rate 5                            | 2 | --rate '5': expected max, N/s as in 500/s, or xF
                    --into a/b                          | 1 | 'a/b' cannot be the name of a topic
                    --archive /no/such/folder           | 1 | /no/such/folder: there is no such file or folder
                    --set broker.port=x                 | 78 | broker.port
                    """)
    void whatCannotBeDoneIsSaidInOneSentence(String options, int expected, String sentence) {
        int code = replay(
                Stream.concat(Stream.of(topic), Stream.of(options.split(" "))).toArray(String[]::new));

        assertThat(code).as(err).isEqualTo(expected);
        assertThat(err.lines().findFirst().orElse("")).contains(sentence);
        assertThat(err).doesNotContain("Exception");
    }

    @Test
    void anUnknownTopicIsNamed() {
        assertThat(replay("no.such.topic")).isEqualTo(1);
        assertThat(err).contains("there is no topic no.such.topic").hasLineCount(1);
    }

    @Test
    void whatHasExpiredIsRefusedBeforeAnythingIsSent() throws Exception {
        broker.admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 2), RecordsToDelete.beforeOffset(120)))
                .all()
                .get();

        assertThat(replay(topic, "--from", "offset:1=0,2=100")).isEqualTo(1);
        assertThat(err)
                .contains("offsets 100 to 119 of partition 2 are no longer in " + topic)
                .hasLineCount(1);
        assertThat(replay(topic, "--from", "time:2026-11-20T09:00:00Z")).isEqualTo(1);
        assertThat(err).contains("of partition(s) 2 the oldest have expired").hasLineCount(1);
        assertThat(broker.admin().listTopics().names().get()).doesNotContain(topic + ".replay");
    }

    @Test
    void killedThreeTimesEveryRecordStandsThereAndNothingTwice() throws Exception {
        for (int kill = 1; kill <= 3; kill++) {
            Process process = start("--rate", "300/s");
            awaitSent(400L * kill, process);
            process.destroyForcibly().waitFor();
        }

        assertThat(replay(topic)).as(err).isZero();

        assertEachOnceInOrder(topic + ".replay");
    }

    @Test
    void sigtermEndsItWithASummaryAndItIsGoneOnWith() throws Exception {
        Process process = start("--rate", "300/s");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(folder.resolve("err")).contains("replayed "));

        process.destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        long sent = broker.records(topic + ".replay");
        String said = String.format("%,d", RECORDS - sent);
        assertThat(Files.readString(folder.resolve("out"))).containsPattern("left, as it was stopped +" + said);
        assertThat(Files.readString(folder.resolve("err")))
                .contains("replayed ")
                .contains("s left");
        assertThat(replay(topic)).as(err).isZero();
        assertEachOnceInOrder(topic + ".replay");
    }

    private void assertEachOnceInOrder(String target) {
        Map<Integer, List<Long>> offsets = feed.read(target).stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::partition,
                        TreeMap::new,
                        Collectors.mapping(
                                record -> Long.valueOf(ReplayFeed.header(record, "replay.source")
                                        .split("/")[2]),
                                Collectors.toList())));
        assertThat(offsets).hasSize(PARTITIONS);
        List<Long> all = Stream.iterate(0L, offset -> offset + 1)
                .limit(RECORDS / PARTITIONS)
                .toList();
        assertThat(offsets.values()).allSatisfy(list -> assertThat(list).isEqualTo(all));
    }

    private void awaitSent(long count, Process process) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> broker.records(topic + ".replay") >= count || !process.isAlive());
        assertThat(process.isAlive()).isTrue();
    }

    private Process start(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RigStreams.class.getName(),
                "replay",
                topic,
                "--bootstrap",
                broker.bootstrapServers()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        processes.add(process);
        return process;
    }

    @Test
    void aTopicThatWasMadeAgainIsPlayedBackFromItsOwnBegin() {
        replay(topic);
        broker.deleteTopic(topic);
        broker.createTopic(topic, PARTITIONS, Map.of());
        feed.fill(topic, PARTITIONS, 100, T0);

        int code = replay(topic);

        assertThat(code).as(err).isZero();
        assertThat(out).containsPattern("sent +100 to ").containsPattern("sent before +0");
        assertThat(replay(topic)).as(err).isZero();
        assertThat(out).containsPattern("sent +0 to ").containsPattern("sent before +100");
        assertThat(feed.read(topic + ".replay")).hasSize(RECORDS + 100);
    }

    @Test
    void aTimeBefore1970IsTheBeginningAndOneAfterAllTimesTheEnd() {
        for (String begin : List.of("1969-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z")) {
            assertThat(replay(topic, "--dry-run", "--from", "time:" + begin))
                    .as(err)
                    .isZero();
            assertThat(out).containsPattern("would be sent +2,000 to ");
        }
        assertThat(replay(topic, "--dry-run", "--from", "time:+999999999-01-01T00:00:00Z"))
                .isEqualTo(1);
        assertThat(err).contains("no record of " + topic + " lies between");
    }

    private int replay(String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap", broker.bootstrapServers(), "--set", "data.dir=" + folder));
        StringWriter printed = new StringWriter();
        StringWriter problems = new StringWriter();
        int code = Commands.execute(
                new PrintWriter(printed, true), new PrintWriter(problems, true), all.toArray(String[]::new));
        out = printed.toString();
        err = problems.toString();
        return code;
    }
}
