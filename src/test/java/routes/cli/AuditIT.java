package routes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static routes.audit.AuditFeed.position;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.application.TestApplication;
import routes.audit.AuditFeed;
import routes.audit.AuditFeed.Message;
import routes.rig.ChannelCatalogue;

class AuditIT {
    private static final String DRILLING = "rig.activity.drilling";
    private static final int STAGES = 1 + 6 + 2 + ChannelCatalogue.SUBSYSTEMS.size();

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatStandsWhereItBelongsIsGood() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder)) {
            Map<String, Integer> activities =
                    Map.of("drilling", 5, "tripping", 33, "connection", 3, "circulating", 7, "reaming", 4, "other", 0);
            List<Message> messages = new ArrayList<>();
            activities.forEach((activity, code) ->
                    messages.addAll(feed.good("RIG-" + code, 100, 5, code, "rig.activity." + activity)));
            messages.forEach(message -> feed.copy(message, "rig.flagged", message.value()));
            RecordMetadata bad = feed.noMessage("RIG-5", "{");
            feed.letter(bad, "route-telemetry", "not-json", "RIG-5", "{");
            Message failed = feed.message("RIG-5", 105, 5);
            feed.letter(failed.at(), "route-telemetry", "failed", "RIG-5", failed.value());
            feed.slices(failed);
            feed.commit();
            feed.message("RIG-5", 106, 5); // after the commit: nobody has to have sent it on

            int code = audit(feed.bootstrapServers(), "--json");

            JsonNode report = new ObjectMapper().readTree(out.toString());
            assertThat(stages(report)).hasSize(STAGES).allSatisfy((to, stage) -> {
                assertThat(stage.get("records").asLong()).as(to).isPositive();
                assertThat(stage.get("doubled").asLong()).as(to).isZero();
                assertThat(stage.get("reordered").asLong()).as(to).isZero();
                assertThat(stage.get("misrouted").asLong()).as(to).isZero();
                assertThat(stage.get("altered").asLong()).as(to).isZero();
                assertThat(stage.get("unverifiable").asLong()).as(to).isEqualTo(to.equals("rig.flagged") ? 1 : 0);
                assertThat(stage.get("lost").asLong()).as(to).isZero();
            });
            assertThat(stages(report).get(DRILLING).get("records").asLong()).isEqualTo(5);
            assertThat(stages(report).get("rig.channels.gas").get("records").asLong())
                    .isEqualTo(31);
            assertThat(stages(report).get("rig.dead-letters").get("records").asLong())
                    .isEqualTo(2);
            assertThat(code).isZero();
        }
    }

    @Test
    void everyFaultIsNamedWhereItIs() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder)) {
            feed.good("LOST", 0, 3, 2, DRILLING);
            Message lost = feed.message("LOST", 3, 2);
            feed.slices(lost);
            feed.good("LOST", 4, 3, 2, DRILLING);

            Message doubled = feed.good("DOUBLED", 0, 3, 2, DRILLING).get(1);
            RecordMetadata again = feed.slice(doubled, "gas");

            Message second = feed.message("SWAPPED", 0, 2);
            Message first = feed.message("SWAPPED", 1, 2);
            feed.whole(first, DRILLING);
            RecordMetadata behind = feed.whole(second, DRILLING);
            feed.slices(second);
            feed.slices(first);

            Message misrouted = feed.message("MISROUTED", 0, 2);
            RecordMetadata wrong = feed.whole(misrouted, "rig.activity.tripping");
            feed.slices(misrouted);

            Message altered = feed.message("ALTERED", 0, 2);
            RecordMetadata other = feed.copy(altered, DRILLING, altered.value().replace("0.25", "0.26"));
            feed.slices(altered);

            Message cut = feed.message("CUT", 0, 2);
            feed.whole(cut, DRILLING);
            feed.slices(cut);
            RecordMetadata more = feed.copy(cut, "rig.channels.gas", cut.value());

            RecordMetadata bad = feed.noMessage("BAD", "[]");
            feed.good("GAP", 0, 2, 2, DRILLING);
            feed.good("GAP", 4, 2, 2, DRILLING);
            feed.commit();

            int code = audit(feed.bootstrapServers(), "--json");

            JsonNode report = new ObjectMapper().readTree(out.toString());
            Map<String, JsonNode> stages = stages(report);
            assertThat(code).isEqualTo(1);
            assertThat(counts(stages.remove("rig.telemetry"))).isEqualTo("19 lost 2");
            assertThat(counts(stages.remove(DRILLING))).isEqualTo("19 lost 3 reordered 1 altered 1");
            assertThat(counts(stages.remove("rig.activity.tripping"))).isEqualTo("0 misrouted 1");
            assertThat(counts(stages.remove("rig.channels.gas"))).isEqualTo("19 doubled 1 altered 1");
            assertThat(counts(stages.remove("rig.dead-letters"))).isEqualTo("1 lost 1");
            assertThat(counts(stages.remove("rig.flagged"))).isEqualTo("0 unverifiable 19");
            assertThat(stages.values())
                    .hasSize(STAGES - 6)
                    .extracting(AuditIT::counts)
                    .containsOnly("0", "19");

            assertThat(audit(feed.bootstrapServers())).isEqualTo(1);
            assertThat(out.toString().lines())
                    .contains(
                            "lost: GAP seq 2 to 3 never came",
                            "lost: LOST seq 3 (" + lost.source() + ") is not on rig.activity.drilling",
                            "doubled: DOUBLED seq 1 (" + doubled.source() + ") stands again at " + position(again),
                            "reordered: SWAPPED seq 0 (" + second.source() + ") stands at " + position(behind)
                                    + " behind seq 1",
                            "lost: MISROUTED seq 0 (" + misrouted.source() + ") is not on rig.activity.drilling",
                            "misrouted: MISROUTED seq 0 (" + misrouted.source() + ") stands at " + position(wrong)
                                    + " but belongs on rig.activity.drilling",
                            "lost: ALTERED seq 0 (" + altered.source() + ") is not on rig.activity.drilling",
                            "altered: ALTERED seq 0 (" + altered.source() + ") stands at " + position(other)
                                    + " with another content",
                            "altered: CUT seq 0 (" + cut.source() + ") stands at " + position(more)
                                    + " with another content",
                            "lost: " + position(bad) + ", which is no message, is not on rig.dead-letters",
                            "not good: 6 lost, 1 reordered, 1 misrouted, 2 altered, 19 unverifiable, 0 problem(s)");
        }
    }

    @Test
    void whatHasExpiredIsNeitherLostNorGood() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder)) {
            List<Message> messages = feed.good("RIG-1", 0, 10, 2, DRILLING);
            feed.commit();
            RecordMetadata third = feed.whole(messages.get(9), DRILLING);
            TopicPartition partition = new TopicPartition(DRILLING, third.partition());
            feed.admin()
                    .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(third.offset() - 7)))
                    .all()
                    .get();

            int code = audit(feed.bootstrapServers(), "--json");

            JsonNode report = new ObjectMapper().readTree(out.toString());
            assertThat(counts(stages(report).get(DRILLING))).isEqualTo("10 doubled 1 unverifiable 3");
            assertThat(report.get("findings"))
                    .anySatisfy(finding -> assertThat(finding.get("sentence").asText())
                            .isEqualTo("RIG-1 seq 0 (" + messages.get(0).source()
                                    + ") may have stood on rig.activity.drilling and expired"));
            assertThat(code).isZero();

            TopicPartition source =
                    new TopicPartition("rig.telemetry", messages.get(0).at().partition());
            feed.admin()
                    .deleteRecords(Map.of(source, RecordsToDelete.beforeOffset(5)))
                    .all()
                    .get();

            assertThat(audit(feed.bootstrapServers(), "--json")).isZero();
            JsonNode rest = new ObjectMapper().readTree(out.toString());
            assertThat(counts(stages(rest).get("rig.telemetry"))).isEqualTo("5");
            assertThat(counts(stages(rest).get(DRILLING))).isEqualTo("5 doubled 1");
            assertThat(counts(stages(rest).get("rig.channels.gas"))).isEqualTo("5");
        }
    }

    @Test
    void whatExpiredUnreadIsLostAndAPartitionThatStandsStillDoesNotHideBehindTheOthers() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder)) {
            List<Message> messages = feed.good("RIG-1", 0, 10, 2, DRILLING);
            Message stuck = feed.good("RIG-2", 0, 3, 2, DRILLING).get(2);
            TopicPartition source =
                    new TopicPartition("rig.telemetry", messages.get(0).at().partition());
            assertThat(stuck.at().partition()).isNotEqualTo(source.partition());
            feed.commit("route-telemetry", messages.get(4).at());
            feed.admin()
                    .deleteRecords(Map.of(source, RecordsToDelete.beforeOffset(7)))
                    .all()
                    .get();

            int code = audit(feed.bootstrapServers(), "--json");

            JsonNode report = new ObjectMapper().readTree(out.toString());
            assertThat(code).isEqualTo(1);
            assertThat(counts(stages(report).get("rig-streams.route-telemetry")))
                    .isEqualTo("2 lost 2");
            assertThat(report.get("findings"))
                    .anySatisfy(finding -> assertThat(finding.get("sentence").asText())
                            .isEqualTo("offsets 5 to 6 of " + source.topic() + "/" + source.partition()
                                    + " expired before rig-streams.route-telemetry had read them"));
            assertThat(report.get("behind"))
                    .extracting(JsonNode::toString)
                    .containsExactlyInAnyOrder(
                            "{\"group\":\"rig-streams.route-telemetry\",\"partition\":" + source.partition()
                                    + ",\"lag\":3,\"expired\":2}",
                            "{\"group\":\"rig-streams.route-telemetry\",\"partition\":"
                                    + stuck.at().partition() + ",\"lag\":3,\"expired\":0}");

            feed.commit("route-telemetry", messages.get(9).at());
            assertThat(audit(feed.bootstrapServers())).isEqualTo(1);
            assertThat(out.toString())
                    .contains(
                            "problem: rig-streams.route-telemetry has committed none of the 3 records of rig.telemetry/"
                                    + stuck.at().partition() + " in the range, which were not examined",
                            "behind: rig-streams.route-telemetry by 3 records (partition "
                                    + stuck.at().partition() + ": 3)");
        }
    }

    @Test
    void aRigIsKnownByItsNameWhereverItStandsAndSaysOneThingUnderOneNumber() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder)) {
            feed.good("RIG-1", 0, 3, 2, DRILLING);
            RecordMetadata other = feed.good("RIG-1", 2, 1, 5, DRILLING).get(0).at();
            Message before = feed.good("RIG-2", 0, 1, 2, DRILLING).get(0);
            Message second = feed.messageOn((before.at().partition() + 1) % 8, "RIG-2", 2, 2);
            feed.whole(second, DRILLING);
            feed.slices(second);
            Message first = feed.message("RIG-2", 1, 2);
            RecordMetadata behind = feed.whole(first, DRILLING);
            feed.slices(first);
            feed.commit();

            int code = audit(feed.bootstrapServers(), "--json");

            JsonNode report = new ObjectMapper().readTree(out.toString());
            assertThat(code).isEqualTo(1);
            assertThat(counts(stages(report).get("rig.telemetry"))).isEqualTo("7 doubled 1 unverifiable 1 altered 1");
            assertThat(counts(stages(report).get(DRILLING))).isEqualTo("7 reordered 1");
            assertThat(report.get("findings"))
                    .extracting(finding -> finding.get("sentence").asText())
                    .contains(
                            "RIG-1 seq 2 at " + position(other)
                                    + " stands there again with another content, as if two processes ran this rig",
                            "RIG-2 seq 1 (" + first.source() + ") stands at " + position(behind) + " behind seq 2");
        }
    }

    @Test
    void aStageOfWhichNothingCanBeVerifiedIsNotGood() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder)) {
            List<Message> messages = feed.good("RIG-1", 0, 5, 2, DRILLING);
            feed.commit();
            RecordMetadata again = feed.whole(messages.get(4), DRILLING);
            feed.admin()
                    .deleteRecords(Map.of(
                            new TopicPartition(DRILLING, again.partition()),
                            RecordsToDelete.beforeOffset(again.offset() + 1)))
                    .all()
                    .get();

            int code = audit(feed.bootstrapServers());

            assertThat(code).isEqualTo(1);
            assertThat(out.toString())
                    .contains("problem: of rig.telemetry to rig.activity.drilling nothing could be verified: 5 are"
                            + " unverifiable");
        }
    }

    @Test
    void nothingExaminedIsNotGood() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder)) {
            assertThat(audit(feed.bootstrapServers())).isEqualTo(1);
            assertThat(out.toString()).contains("rig.telemetry has no records in the range: nothing was examined");

            feed.good("RIG-1", 0, 2, 2, DRILLING);
            assertThat(audit(feed.bootstrapServers())).isEqualTo(1);
            assertThat(out.toString())
                    .contains(
                            "rig-streams.route-telemetry has committed nothing",
                            "rig-streams.slice-telemetry has committed nothing",
                            "rig-streams.flag-telemetry has committed nothing");

            feed.commit();
            assertThat(audit(feed.bootstrapServers())).isZero();
            assertThat(out.toString())
                    .endsWith("good: nothing is lost, reordered, misrouted or altered; 2 unverifiable\n");
            for (String since : List.of("1h", "1969-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "36500d")) {
                assertThat(audit(feed.bootstrapServers(), "--since", since))
                        .as(since)
                        .isZero();
            }
            assertThat(audit(feed.bootstrapServers(), "--since", "+999999999-01-01T00:00:00Z"))
                    .isEqualTo(1);
            assertThat(audit(feed.bootstrapServers(), "--since", "2999-01-01T00:00:00Z"))
                    .isEqualTo(1);
            assertThat(out.toString()).contains("nothing was examined");

            feed.admin().deleteTopics(List.of("rig.flagged")).all().get();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !feed.admin().listTopics().names().get().contains("rig.flagged"));
            assertThat(audit(feed.bootstrapServers())).isEqualTo(78);
            assertThat(err.toString())
                    .startsWith("Kafka at " + feed.bootstrapServers() + " lacks 1 topic(s): rig.flagged;");
        }
    }

    @Test
    void aClusterThatIsNotThereIsOneSentence() {
        int code = audit("127.0.0.1:1", "--set", "kafka.wait=2s");

        assertThat(code).isEqualTo(69);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("Kafka at 127.0.0.1:1 cannot be reached or does not answer");
    }

    /**
     * While the rigs go on. A land rig has no channels of a vessel, and nobody sends bad messages: one of each is added. The
     * archive, which is not where these audits look for it, is audited elsewhere.
     */
    @Test
    void aRunningSystemIsGoodOnEveryStage() throws Exception {
        try (TestApplication app =
                TestApplication.start(folder, Map.of("rigs.period", "500ms", "archive.enabled", "false"))) {
            String floating = Message.value("FLOATER", 1, 2, Map.of("vessel", "HEAV"));
            app.send("rig.telemetry", null, "FLOATER".getBytes(UTF_8), floating.getBytes(UTF_8));
            app.send("rig.telemetry", null, "FLOATER".getBytes(UTF_8), "bad".getBytes(UTF_8));
            app.await(1, "rig.channels.vessel");
            app.await(1, "rig.dead-letters");
            app.await(1, "rig.activity.reaming");
            app.await(20, "rig.flagged");
            app.await(3_000, "rig.channels.gas");

            int code = audit(app.bootstrapServers(), "--json");

            JsonNode report = new ObjectMapper().readTree(out.toString());
            assertThat(stages(report)).hasSize(STAGES).allSatisfy((to, stage) -> {
                assertThat(stage.get("records").asLong()).as(to).isPositive();
                assertThat(stage.get("lost").asLong()).as(to).isZero();
                assertThat(stage.get("reordered").asLong()).as(to).isZero();
            });
            assertThat(stages(report).get("rig.channels.gas").get("records").asLong())
                    .isGreaterThanOrEqualTo(2_000);
            assertThat(report.get("problems")).isEmpty();
            assertThat(code).isZero();
            assertThat(audit(app.bootstrapServers())).isZero();
        }
    }

    private int audit(String bootstrapServers, String... options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of("audit", "--bootstrap", bootstrapServers));
        arguments.addAll(List.of(options));
        return Commands.execute(
                new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

    private static Map<String, JsonNode> stages(JsonNode report) {
        Map<String, JsonNode> stages = new TreeMap<>();
        report.get("stages").forEach(stage -> stages.put(stage.get("to").asText(), stage));
        return stages;
    }

    /** The number of records, then every other count that is not 0. */
    private static String counts(JsonNode stage) {
        StringBuilder counts = new StringBuilder(stage.get("records").asText());
        for (String name : List.of("lost", "doubled", "reordered", "unverifiable", "misrouted", "altered")) {
            long count = stage.get(name).asLong();
            counts.append(count == 0 ? "" : " " + name + " " + count);
        }
        return counts.toString();
    }
}
