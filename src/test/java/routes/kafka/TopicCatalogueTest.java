package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.settings.ConfigurationException;

class TopicCatalogueTest {
    private static final String ONE =
            """
            topics:
              - name: rig.telemetry
                flow: rigs
                partitions: 8
                retention: 24h
                share: 1.5
                purpose: every message
            """;

    @Test
    void theBuiltInCatalogueHasTheTopicsOfTheDesign() {
        List<Topic> topics = TopicCatalogue.builtIn().topics();

        assertThat(topics).hasSize(36).allSatisfy(topic -> assertThat(topic.flow())
                .isIn("rigs", "all"));
        assertThat(TopicCatalogue.builtIn().ofFlow("all"))
                .extracting(Topic::name)
                .containsExactly("rig.dead-letters", "rig.redrives");
        assertThat(topics.stream().map(Topic::name).filter(name -> name.startsWith("rig.activity.")))
                .containsExactly(
                        "rig.activity.drilling",
                        "rig.activity.tripping",
                        "rig.activity.connection",
                        "rig.activity.circulating",
                        "rig.activity.reaming",
                        "rig.activity.other");
        assertThat(topics.stream().map(Topic::name).filter(name -> name.startsWith("rig.channels.")))
                .hasSize(23);
        assertThat(topics.stream().mapToInt(Topic::partitions).sum()).isEqualTo(146);
    }

    @ParameterizedTest
    @CsvSource({
        "rig.telemetry, 8, 24h",
        "rig.activity.other, 4, 24h",
        "rig.channels.top-drive, 4, 7d",
        "rig.flagged, 4, 7d",
        "rig.alarms, 4, 90d",
        "rig.kpi, 4, 30d",
        "rig.dead-letters, 8, 30d",
        "rig.redrives, 1, compacted",
        "rig.fleet, 1, compacted"
    })
    void theBuiltInTopicsAreAsDesigned(String name, int partitions, String retention) {
        assertThat(TopicCatalogue.builtIn().find(name)).hasValueSatisfying(topic -> {
            assertThat(topic.partitions()).isEqualTo(partitions);
            assertThat(topic.retentionText()).isEqualTo(retention);
        });
    }

    @Test
    void readsEveryField() {
        assertThat(read(ONE).topics())
                .containsExactly(
                        new Topic("rig.telemetry", 8, Optional.of(Duration.ofHours(24)), "rigs", 1.5, "every message"));
        assertThat(read(ONE).find("rig.other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30s, PT30S, 30s", "90m, PT1H30M, 90m", "48h, PT48H, 2d", "1d, PT24H, 24h", "7d, PT168H, 7d"})
    void readsAndWritesRetention(String text, Duration time, String written) {
        Topic topic = read(ONE.replace("24h", text)).topics().get(0);

        assertThat(topic.retention()).contains(time);
        assertThat(topic.compacted()).isFalse();
        assertThat(topic.retentionText()).isEqualTo(written);
    }

    @Test
    void readsCompacted() {
        Topic topic = read(ONE.replace("24h", "compacted")).topics().get(0);

        assertThat(topic.compacted()).isTrue();
        assertThat(topic.retention()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"24", "h", "-1h", "0h", "1.5h", "24 h", "24H", "forever", "99999999999d", "''"})
    void refusesOtherRetention(String text) {
        assertThat(problems(ONE.replace("24h", text))).singleElement().satisfies(problem -> assertThat(problem)
                .startsWith("t.yaml, entry 1 (rig.telemetry): retention is ")
                .endsWith("; expected a whole number and s, m, h or d, as in 24h, or compacted."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-4", "2.5", "'8'", "many", "99999999999"})
    void refusesOtherPartitions(String text) {
        assertThat(problems(ONE.replace("partitions: 8", "partitions: " + text)))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("t.yaml, entry 1 (rig.telemetry): partitions is ")
                        .endsWith("; expected a whole number from 1 to 1000."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rig telemetry", "..", "rig/telemetry", "rig.télémétrie", "''", "12"})
    void refusesNamesThatKafkaRefuses(String name) {
        assertThat(problems(ONE.replace("rig.telemetry", name))).singleElement().satisfies(problem -> assertThat(
                        problem)
                .contains("name is ")
                .endsWith("; expected 1 to 249 of the characters a-z A-Z 0-9 . _ -."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e999", "much"})
    void refusesOtherShares(String share) {
        assertThat(problems(ONE.replace("1.5", share))).singleElement().satisfies(problem -> assertThat(problem)
                .endsWith("; expected a number above 0."));
    }

    @Test
    void namesEveryProblemOfEveryEntry() {
        String yaml =
                """
                topics:
                  - name: a
                    flow: rigs
                    partitions: 0
                    retention: soon
                    share: 1
                    purpose: one
                    replicas: 3
                  - name: a
                    flow: rigs
                    partitions: 1
                    retention: 1h
                    share: 1
                """;

        assertThat(problems(yaml))
                .containsExactly(
                        "t.yaml, entry 1 (a): unknown key replicas; expected flow, name, partitions, purpose, retention,"
                                + " share.",
                        "t.yaml, entry 1 (a): partitions is 0; expected a whole number from 1 to 1000.",
                        "t.yaml, entry 1 (a): retention is \"soon\"; expected a whole number and s, m, h or d, as in"
                                + " 24h, or compacted.",
                        "t.yaml, entry 2 (a): purpose is missing; expected one line of text.",
                        "t.yaml, entry 2: the name a occurs twice.");
    }

    @Test
    void refusesAKeyThatOccursTwice() {
        assertThat(problems(ONE + "    share: 2\n")).singleElement().satisfies(problem -> assertThat(problem)
                .startsWith("t.yaml, line 8: not readable as YAML: ")
                .contains("share"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "topics: []", "topics: rig.telemetry", "- name: a", "topics: [a]\nmore: 1"})
    void refusesAFileWithoutTopics(String yaml) {
        assertThat(problems(yaml)).containsExactly("t.yaml: expected one key, topics, with a list of topics.");
    }

    @Test
    void refusesAnEntryThatIsNoTopic() {
        assertThat(problems("topics: [rig.telemetry]")).hasSize(6).allSatisfy(problem -> assertThat(problem)
                .startsWith("t.yaml, entry 1: ")
                .contains(" is missing; expected "));
    }

    private static TopicCatalogue read(String yaml) {
        return TopicCatalogue.read("t.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String yaml) {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, () -> read(yaml));
        assertThat(refused).as("the catalogue was taken").isNotNull();
        return refused.problems();
    }
}
