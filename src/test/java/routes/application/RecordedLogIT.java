package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static routes.application.TestApplication.header;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.ActivityTopics;
import routes.kafka.Topic;
import routes.kafka.TopicCatalogue;
import routes.rig.ChannelCatalogue;

/** A recorded log in the place of the rigs, from its file to all topics; the file is read here a second time. */
class RecordedLogIT {
    private static final Path SAMPLE = Path.of("src/test/resources/recordings/clean-log.csv");
    private static final Path REAL = Path.of("../shared/data/recorded-time-log.csv");
    private static final BigDecimal ABSENT = new BigDecimal("-999.25");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @TempDir
    private Path data;

    /** @param channels in the order of the file; null where there is no value */
    private record Row(String time, int activity, Map<String, BigDecimal> channels) {}

    @Test
    void everyCellOfTheSampleArrivesOnce() throws Exception {
        assertThat(play(SAMPLE)).as("values compared").isEqualTo(53);
    }

    @Test
    void everyCellOfARealLogArrivesOnce() throws Exception {
        assumeTrue(Files.exists(REAL), "the recorded log " + REAL + " is not here");

        assertThat(play(REAL)).as("values compared").isEqualTo(221_025);
    }

    @Test
    void aLogThatHasBeenPlayedToItsEndSaysSoAndStaysSilent() throws Exception {
        int rows = rows(SAMPLE).size();
        try (TestApplication app = TestApplication.start(data, playing(SAMPLE))) {
            app.await(rows, "rig.telemetry");
        }

        List<String> warnings;
        try (Warnings of = Warnings.of(Class.forName("routes.rigs.Fleets"));
                TestApplication again = TestApplication.start(data, playing(SAMPLE))) {
            warnings = of.texts();
            assertThat(again.settled("rig.telemetry")).hasSize(rows);
        }
        assertThat(warnings).singleElement().asString().contains(SAMPLE.toString(), "rigs.recording-loop=true");
    }

    private static Map<String, String> playing(Path log) {
        return Map.of(
                "rigs.count", "0",
                "rigs.recording", log.toString(),
                "rigs.recording-speed", "100000",
                // A rig has one message on its way at a time: what it waits for is what playing takes.
                "rigs.tick", "1ms",
                "camel.component.kafka.lingerMs", "0");
    }

    /** @return how many values were compared */
    private int play(Path log) throws Exception {
        List<Row> rows = rows(log);
        try (TestApplication app = TestApplication.start(data, playing(log))) {
            app.await(rows.size(), "rig.telemetry");

            List<ConsumerRecord<byte[], byte[]>> telemetry = app.settled("rig.telemetry");
            int values = assertTelemetry(telemetry, rows);
            assertActivities(app.settled(topics("rig.activity.")), telemetry, rows);
            assertSlices(app.settled(topics("rig.channels.")), rows);
            return values;
        }
    }

    private static int assertTelemetry(List<ConsumerRecord<byte[], byte[]>> telemetry, List<Row> rows)
            throws IOException {
        assertThat(telemetry).hasSameSizeAs(rows);
        int values = 0;
        for (int seq = 0; seq < rows.size(); seq++) {
            Row row = rows.get(seq);
            JsonNode message = JSON.readTree(telemetry.get(seq).value());
            assertThat(message.get("seq").asInt()).isEqualTo(seq);
            assertThat(message.get("rig").asText()).isEqualTo("REC-001");
            assertThat(message.get("activity").asInt())
                    .as("activity of %s", row)
                    .isEqualTo(row.activity());
            assertThat(header(telemetry.get(seq), "recorded-at")).isEqualTo(row.time());
            Map<String, BigDecimal> channels = channels(message);
            assertThat(new ArrayList<>(channels.keySet()))
                    .isEqualTo(new ArrayList<>(row.channels().keySet()));
            values += assertValues(channels, row);
        }
        return values;
    }

    private static int assertValues(Map<String, BigDecimal> found, Row row) {
        int values = 0;
        for (Map.Entry<String, BigDecimal> expected : row.channels().entrySet()) {
            BigDecimal value = found.get(expected.getKey());
            if (expected.getValue() == null) {
                assertThat(value).as("%s of %s", expected.getKey(), row).isNull();
            } else {
                assertThat(value).as("%s of %s", expected.getKey(), row).isEqualByComparingTo(expected.getValue());
                values++;
            }
        }
        return values;
    }

    /** Each message is, unchanged and once, on the topic of its activity. */
    private static void assertActivities(
            List<ConsumerRecord<byte[], byte[]>> copies, List<ConsumerRecord<byte[], byte[]>> telemetry, List<Row> rows)
            throws IOException {
        assertThat(copies).hasSameSizeAs(rows);
        Map<String, Integer> last = new HashMap<>();
        Set<Integer> seqs = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> copy : copies) {
            int seq = JSON.readTree(copy.value()).get("seq").asInt();
            String topic = ActivityTopics.of(rows.get(seq).activity());
            assertThat(copy.topic()).as("message %d", seq).isEqualTo(topic);
            assertThat(copy.value()).isEqualTo(telemetry.get(seq).value());
            assertThat(header(copy, "recorded-at")).isEqualTo(rows.get(seq).time());
            assertThat(seqs.add(seq)).as("message %d once", seq).isTrue();
            assertThat(last.getOrDefault(topic, -1)).as("order on %s", topic).isLessThan(seq);
            last.put(topic, seq);
        }
    }

    /** A message's slices together have each channel that the catalogue knows once, with its value. */
    private static void assertSlices(List<ConsumerRecord<byte[], byte[]>> slices, List<Row> rows) throws IOException {
        Map<String, String> subsystems = ChannelCatalogue.builtIn().subsystemByName();
        Map<Integer, Map<String, BigDecimal>> bySeq = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> slice : slices) {
            JsonNode message = JSON.readTree(slice.value());
            Map<String, BigDecimal> whole =
                    bySeq.computeIfAbsent(message.get("seq").asInt(), seq -> new HashMap<>());
            channels(message).forEach((name, value) -> {
                assertThat(slice.topic()).as(name).isEqualTo("rig.channels." + subsystems.get(name));
                assertThat(whole).as("the channels so far").doesNotContainKey(name);
                whole.put(name, value);
            });
        }
        assertThat(bySeq).hasSameSizeAs(rows);
        bySeq.forEach((seq, whole) -> {
            Row known = knownTo(subsystems.keySet(), rows.get(seq));
            assertThat(whole.keySet()).isNotEmpty().isEqualTo(known.channels().keySet());
            assertValues(whole, known);
        });
    }

    private static Row knownTo(Set<String> names, Row row) {
        Map<String, BigDecimal> known = new HashMap<>(row.channels());
        known.keySet().retainAll(names);
        return new Row(row.time(), row.activity(), known);
    }

    private static Map<String, BigDecimal> channels(JsonNode message) {
        Map<String, BigDecimal> channels = new LinkedHashMap<>();
        message.get("channels")
                .properties()
                .forEach(channel -> channels.put(
                        channel.getKey(),
                        channel.getValue().isNull() ? null : channel.getValue().decimalValue()));
        return channels;
    }

    private static String[] topics(String prefix) {
        return TopicCatalogue.builtIn().topics().stream()
                .map(Topic::name)
                .filter(name -> name.startsWith(prefix))
                .toArray(String[]::new);
    }

    /** The file in the simplest way there is: no quotation marks, the time first, every row whole. */
    private static List<Row> rows(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, UTF_8);
        String[] names = lines.get(0).split(",");
        return lines.stream()
                .skip(2)
                .map(line -> row(names, line.split(",", -1)))
                .collect(Collectors.toList());
    }

    private static Row row(String[] names, String[] cells) {
        assertThat(cells).hasSameSizeAs(names);
        Map<String, BigDecimal> channels = new LinkedHashMap<>();
        for (int i = 1; i < cells.length; i++) {
            BigDecimal value = cells[i].isEmpty() ? null : new BigDecimal(cells[i]);
            channels.put(names[i], value == null || value.compareTo(ABSENT) == 0 ? null : value);
        }
        BigDecimal activity = channels.get("GS_ACTC") == null ? channels.get("ACTC") : channels.get("GS_ACTC");
        return new Row(cells[0], activity == null ? 0 : activity.intValueExact(), channels);
    }
}
