package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.deadletter.SampleLetters.connect;
import static routes.deadletter.SampleLetters.header;
import static routes.deadletter.SampleLetters.ours;
import static routes.deadletter.TestLetters.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;
import routes.deadletter.TestLetters;

@ExtendWith(BrokerExtension.class)
class DeadLettersCommandIT {
    private static final String INSTANT = "20\\d\\d-\\d\\d-\\d\\dT[\\d:.]+Z";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path data;

    private TestBroker broker;
    private TestLetters letters;

    @BeforeEach
    void setUp(TestBroker broker) {
        this.broker = broker;
        letters = new TestLetters(broker);
    }

    @AfterEach
    void tearDown() {
        letters.close();
    }

    @Test
    void listNamesEachLetterAndCountsByReason() {
        letters.add(2, bytes("RIG-7"), bytes("x".repeat(1234)), ours(letters.original(), 3, 99, "not-json"));
        letters.add(1, null, null, connect("orders", 1, 5));
        letters.add(0, bytes("RIG-8"), bytes("y"), List.of());
        letters.add("RIG-9", "z", "not-json");

        int code = execute("list");

        assertThat(code).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).matches("letter +written +from +reason +attempts +redrives +rig +bytes +redriven");
        assertThat(lines.get(1))
                .matches("2:0 +" + INSTANT + " +" + letters.original() + "/3/99 +not-json +1 +0 +RIG-7 +1,234 +no");
        assertThat(lines.get(2)).matches("1:0 +" + INSTANT + " +orders/1/5 +unknown +- +0 +- +0 +no");
        assertThat(lines.get(3)).matches("0:0 +" + INSTANT + " +- +unknown +- +0 +RIG-8 +1 +no");
        assertThat(lines.get(4)).startsWith("0:1 ");
        assertThat(lines.subList(5, lines.size()))
                .containsExactly("", "not-json          2", "unknown           2", "total             4");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void listShowsTheNewestAndCountsAll() {
        letters.addMany(8);
        letters.add("RIG-9", "last", "empty");

        execute("list", "--limit", "2");

        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(2)).contains(" RIG-9 ");
        assertThat(lines.subList(3, lines.size()))
                .containsExactly(
                        "the newest 2 of 9", "", "empty             1", "not-json          8", "total             9");
    }

    @Test
    void listSaysWhatHasBeenRedriven() {
        letters.add("RIG-1", "one", "not-json");
        letters.add("RIG-2", "two", "not-json");
        execute("redrive", "0:1");
        clear();

        execute("list");

        assertThat(out.toString().lines().toList().get(1)).endsWith(" no");
        assertThat(out.toString().lines().toList().get(2)).endsWith(" yes");
    }

    @Test
    void listAsJsonHasTheSame() throws Exception {
        letters.add(2, bytes("RIG-7"), bytes("x"), ours(letters.original(), 3, 99, "not-json"));
        letters.add(1, null, null, connect("orders", 1, 5));

        int code = execute("list", "--json");

        assertThat(code).isZero();
        JsonNode list = new ObjectMapper().readTree(out.toString());
        assertThat(list.get("topic").asText()).isEqualTo(letters.topic());
        assertThat(list.get("matching").asInt()).isEqualTo(2);
        assertThat(list.get("reasons").toString()).isEqualTo("{\"not-json\":1,\"unknown\":1}");
        JsonNode letter = list.get("letters").get(0);
        assertThat(letter.get("time").asText()).matches(INSTANT);
        assertThat(letter.toString())
                .startsWith("{\"partition\":2,\"offset\":0,\"time\":")
                .endsWith("\"originalTopic\":\"" + letters.original()
                        + "\",\"originalPartition\":3,\"originalOffset\":99,\"reason\":\"not-json\",\"attempts\":1,"
                        + "\"redriveCount\":0,\"rig\":\"RIG-7\",\"bytes\":1,\"redriven\":false}");
        assertThat(list.get("letters").get(1).get("attempts").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--topic orders, 1:0",
        "--topic ord.*, 1:0",
        "--topic order, ''",
        "--reason empty, 0:1",
        "'--reason empty,unknown', '0:1 1:0'",
        "--rig RIG-1, '0:0 1:0'",
        "--rig RIG-1 --reason not-json, 0:0",
        "--since 1h, '0:0 0:1 1:0'",
        "--until 1h, ''",
        "--since 2020-01-01T00:00:00Z --until 2020-01-02T00:00:00+01:00, ''",
    })
    void filtersCombine(String filter, String expected) throws Exception {
        letters.add("RIG-1", "one", "not-json");
        letters.add("RIG-2", "two", "empty");
        letters.add(1, bytes("RIG-1"), bytes("three"), connect("orders", 1, 5));

        List<String> arguments = new ArrayList<>(List.of("list", "--json"));
        arguments.addAll(List.of(filter.split(" ")));
        execute(arguments.toArray(String[]::new));

        List<String> found = new ArrayList<>();
        new ObjectMapper()
                .readTree(out.toString())
                .get("letters")
                .forEach(letter -> found.add(letter.get("partition").asInt() + ":"
                        + letter.get("offset").asInt()));
        assertThat(String.join(" ", found)).isEqualTo(expected);
    }

    @Test
    void theTimesOfTheLettersThemselvesBoundAFilter() throws Exception {
        letters.add("RIG-1", "one", "not-json");
        execute("list", "--json");
        Instant time = Instant.parse(new ObjectMapper()
                .readTree(out.toString())
                .get("letters")
                .get(0)
                .get("time")
                .asText());

        assertThat(matching("--since", time.toString())).isEqualTo(1);
        assertThat(matching("--since", time.plusMillis(1).toString())).isZero();
        assertThat(matching("--until", time.toString())).isZero();
        assertThat(matching("--until", time.plusMillis(1).toString())).isEqualTo(1);
    }

    private int matching(String... filter) throws Exception {
        clear();
        execute("list", "--json", filter[0], filter[1]);
        return new ObjectMapper().readTree(out.toString()).get("matching").asInt();
    }

    @Test
    void showPrintsHeadersAndIndentedJson() {
        letters.add(
                3,
                bytes("RIG-7"),
                bytes("{\"rig\":\"RIG-7\",\"seq\":1.50}"),
                ours(letters.original(), 3, 99, "missing-field", header("evil", "\u001b[2J")));

        int code = execute("show", "3:0");

        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .contains(
                        "letter    3:0",
                        "from      " + letters.original() + "/3/99",
                        "reason    missing-field",
                        "rig       RIG-7",
                        "redriven  no",
                        "headers",
                        "  dlq.reason = missing-field",
                        "  __connect.errors.exception.stacktrace",
                        "        at line 1",
                        "value",
                        "  {",
                        "    \"rig\" : \"RIG-7\",",
                        "    \"seq\" : 1.50",
                        "  }");
        assertThat(out.toString()).doesNotContain("\u001b").contains("|.[2J|");
    }

    @Test
    void showDumpsWhatIsNotText() {
        letters.add(0, bytes("k"), new byte[] {0, (byte) 0xff, 'A'}, List.of());

        execute("show", "0:0");

        assertThat(out.toString().lines())
                .contains("  00000000  00 ff 41                                         |..A|");
    }

    @Test
    void showAsJsonKeepsEveryByte() throws Exception {
        byte[] binary = {0, (byte) 0xff};
        letters.add(0, null, binary, List.of(header("own", "text")));
        execute("redrive", "0:0");
        clear();

        execute("show", "0:0", "--json");

        JsonNode letter = new ObjectMapper().readTree(out.toString());
        assertThat(letter.get("key").isNull()).isTrue();
        assertThat(letter.get("valueBase64").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(binary));
        assertThat(letter.get("headers").toString()).isEqualTo("[{\"name\":\"own\",\"value\":\"text\"}]");
    }

    @Test
    void showSaysWhereAStoredValueIsAndWhenALetterWasRedriven() throws Exception {
        Path file = data.resolve("dead-letters/" + letters.original() + "/0/7.bin");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "the whole value");
        String sha256 = "29d70a5d8bb3ee1ba5b1b2b3a4a8d1a1d7e0a1c5c6ef27ca8bb1e9b9aae4f9d0";
        letters.add(
                0,
                bytes("k"),
                bytes("the who"),
                ours(
                        letters.original(),
                        0,
                        7,
                        "too-large",
                        header("dlq.stored-path", "data/dead-letters/" + letters.original() + "/0/7.bin"),
                        header("dlq.stored-sha256", sha256),
                        header("dlq.stored-bytes", "15")));
        letters.add("RIG-1", "x", "failed");
        execute("redrive", "0:1");
        clear();

        execute("show", "0:0");
        execute("show", "0:1");

        assertThat(out.toString().lines())
                .contains(
                        "bytes        15",
                        "stored as    data/dead-letters/" + letters.original() + "/0/7.bin",
                        "stored size  15 bytes",
                        "SHA-256      " + sha256,
                        "file here    " + file,
                        "value, its beginning",
                        "  the who")
                .anyMatch(line -> line.matches(
                        "redriven  " + INSTANT + " as " + letters.original() + "/0/0 by run .*-[0-9a-f]{4}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0:5; there is no letter 0:5: partition 0 of TOPIC ends before offset 2",
                "1:0; there is no letter 1:0: partition 1 of TOPIC is empty, its next offset is 0",
                "7:0; there is no letter 7:0: TOPIC has the partitions 0 to 3",
                "0:0; letter 0:0 has expired: partition 0 of TOPIC begins at offset 1",
            })
    void aLetterThatIsNotThereIsSaidSo(String id, String sentence) throws Exception {
        letters.add("RIG-1", "one", "not-json");
        letters.add("RIG-1", "two", "not-json");
        broker.admin()
                .deleteRecords(Map.of(new TopicPartition(letters.topic(), 0), RecordsToDelete.beforeOffset(1)))
                .all()
                .get();

        assertThat(execute("show", id)).isEqualTo(1);
        assertThat(err.toString()).isEqualTo(sentence.replace("TOPIC", letters.topic()) + "\n");
        assertThat(execute("redrive", id)).isEqualTo(1);
        assertThat(out.toString()).startsWith("refused " + id + ": " + sentence.replace("TOPIC", letters.topic()));
        assertThat(letters.redriven()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"list", "redrive --all", "redrive --dry-run --reason empty"})
    void anEmptyTopicIsSaidToBeEmpty(String command) {
        assertThat(execute(command.split(" "))).isZero();
        assertThat(out.toString()).isEqualTo(letters.topic() + " holds no letters\n");
    }

    @ParameterizedTest
    @CsvSource({"list --rig R", "redrive --rig R", "redrive --dry-run --topic nothing"})
    void aFilterThatMatchesNothingIsSaidSo(String command) {
        letters.add("RIG-1", "one", "not-json");

        assertThat(execute(command.split(" "))).isZero();
        assertThat(out.toString()).isEqualTo("no letter in " + letters.topic() + " matches\n");
        assertThat(letters.redriven()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"list", "show 0:0", "redrive --all"})
    void aTopicThatIsNotThereIsSaidSo(String command) {
        int code = runLine("deadletters " + command + " --letters none --bootstrap " + broker.bootstrapServers());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("there is no topic none in Kafka at " + broker.bootstrapServers()
                        + "; `topics create` creates those of the catalogue\n");
    }

    @Test
    void aClusterThatIsNotThereIsOneSentence() {
        int code = runLine("deadletters list --bootstrap 127.0.0.1:1 --set camel.component.kafka.requestTimeoutMs=1000"
                + " --set kafka.wait=2s");

        assertThat(code).isEqualTo(69);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("Kafka at 127.0.0.1:1 cannot be reached or does not answer");
    }

    @Test
    void redriveSumsUpWhatItDid() {
        letters.addMany(3);
        letters.add(0, bytes("k"), bytes("v"), ours("rig.gone", 0, 1, "failed"));
        execute("redrive", "1:0");
        clear();

        int code = execute("redrive", "--all");

        assertThat(code).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        "refused 0:1: its topic rig.gone does not exist",
                        String.format("%-24s %9d", "sent", 2) + " to " + letters.original(),
                        "sent in all                      2",
                        "already redriven                 1",
                        "refused                          1");
        assertThat(letters.redrivenValues()).containsExactlyInAnyOrder("0", "1", "2");
    }

    @Test
    void aDryRunSaysWhatWouldBeSent() throws Exception {
        letters.addMany(3);

        assertThat(execute("redrive", "--all", "--dry-run")).isZero();
        assertThat(out.toString().lines()).contains("would be sent in all             3");
        clear();
        execute("redrive", "--all", "--dry-run", "--json");
        assertThat(new ObjectMapper().readTree(out.toString()).get("sent").toString())
                .isEqualTo("{\"" + letters.original() + "\":3}");
        assertThat(letters.redriven()).isEmpty();
    }

    @Test
    void redriveSendsOnlyToTopicsThatARouteReads() throws Exception {
        letters.add("RIG-1", "one", "failed");
        letters.add(1, bytes("k"), bytes("v"), ours("__consumer_offsets", 0, 1, "failed"));
        letters.add(2, bytes("k"), bytes("v"), ours("rig.redrives", 0, 1, "failed"));
        letters.add(3, bytes("k"), bytes("v"), ours("\u001b[2J", 0, 1, "failed"));
        Path routes = Files.createDirectories(data.resolve("routes"));
        Files.writeString(
                routes.resolve("read.camel.yaml"),
                """
                - route:
                    id: read
                    from:
                      uri: kafka:%s
                """
                        .formatted("other," + letters.original()));
        Files.writeString(
                routes.resolve("read-all.camel.yaml"),
                """
                - route:
                    id: read-all
                    from:
                      uri: kafka:(rig|__).*
                      parameters:
                        topicIsPattern: true
                """);

        assertThat(onLetters("redrive", "--all")).isEqualTo(1);
        assertThat(out.toString())
                .contains("no route reads its topic " + letters.original() + ", say the built-in routes; --allow-topic "
                        + letters.original() + " sends there all the same")
                .contains("its topic __consumer_offsets is one of Kafka's own")
                .contains("its topic rig.redrives is one that the application keeps for itself")
                .contains("its topic \\u001b[2J does not exist")
                .doesNotContain("\u001b")
                .contains("sent in all                      0");
        clear();
        assertThat(onLetters("redrive", "--all", "--routes", routes.toString())).isEqualTo(1);

        assertThat(out.toString()).contains("sent in all                      1", "refused                          3");
        assertThat(letters.redrivenValues()).containsExactly("one");
        assertThat(letters.all("rig.redrives")).noneMatch(record -> Arrays.equals(record.key(), bytes("k")));
    }

    @Test
    void moreThanTheSettingAllowsIsRefusedUnlessRaised() {
        letters.addMany(3);

        assertThat(execute("redrive", "--all", "--set", "deadletters.redrive-max=2"))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("3 letters are asked for, and at most 2 are sent in one run");
        assertThat(letters.redriven()).isEmpty();
        assertThat(execute("redrive", "--all", "--set", "deadletters.redrive-max=2", "--max", "3"))
                .isZero();
        assertThat(letters.redriven()).hasSize(3);
    }

    @Test
    void aSlowRedriveSaysHowFarItIs() {
        letters.addMany(6);

        assertThat(execute("redrive", "--all", "--rate", "2/s")).isZero();
        assertThat(err.toString().lines())
                .isNotEmpty()
                .allMatch(line -> line.matches("redriven \\d of 6, \\d\\.\\d/s, \\d s left"));
    }

    private int execute(String... arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        if (arguments[0].equals("redrive")) {
            command.addAll(List.of("--allow-topic", letters.original()));
        }
        return onLetters(command.toArray(String[]::new));
    }

    private int onLetters(String... arguments) {
        List<String> command = new ArrayList<>(List.of("deadletters"));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "--letters", letters.topic(), "--bootstrap", broker.bootstrapServers(), "--set", "data.dir=" + data));
        return run(command.toArray(String[]::new));
    }

    private int runLine(String command) {
        return run(command.split(" "));
    }

    private int run(String... command) {
        return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), command);
    }

    private void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }
}
