package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.reload.LastGood;
import routes.reload.ReloadMonitorMXBean;
import routes.reload.ReloadReport;

/** Routes that are edited while they run: what is saved runs, what is wrong changes nothing and is named. */
class SwapIT {
    private static final String ERRORS = "errors.camel.yaml";
    private static final String FLAG = "rigs/flag-message.camel.yaml";
    private static final String FLAG_FRONT = "rigs/flag-telemetry.camel.yaml";
    private static final String SLICE = "rigs/slice-message.camel.yaml";
    private static final String CONDITION =
            "\"${channel(GASA)} > 2 || ${channel(TQX)} > 30 || ${channel(SPPA)} > 30000\"";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> GROUPS = List.of(
            "rig-streams.route-telemetry",
            "rig-streams.slice-telemetry",
            "rig-streams.flag-telemetry",
            "rig-streams.archive-telemetry");

    @TempDir
    static Path data;

    @TempDir
    static Path folder;

    private static EditedRoutes routes;
    private static TestApplication app;
    private static ReloadMonitorMXBean reload;
    private static Admin admin;
    private static int messages;

    @BeforeAll
    static void start() throws Exception {
        routes = new EditedRoutes(folder);
        app = TestApplication.start(
                data,
                Map.of("rigs.count", "0", "routes.dir", folder.toString(), "kafka.topics", "my.letters,my.heavy"));
        reload = JMX.newMXBeanProxy(
                ManagementFactory.getPlatformMBeanServer(),
                new ObjectName("routes:type=Reload"),
                ReloadMonitorMXBean.class);
        admin = Admin.create(Map.of("bootstrap.servers", app.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        app.close();
    }

    @AfterEach
    void asItWas() throws Exception {
        routes.restore();
        await("the built-in routes run again")
                .atMost(PATIENCE)
                .until(() -> reload.getRejectedFiles().isEmpty() && lastGoodIsBuiltIn());
    }

    @Test
    void whatIsSavedRunsAndNoConsumerIsMoved() throws Exception {
        settle();
        Map<String, Set<String>> members = members();
        double rebalances = rebalances();
        double before = app.scrape("rig_records_total\\{.*route=\"flag-telemetry\".*");

        swapping(() -> routes.edit(FLAG, CONDITION, "\"${channel(HKLA)} >= 80.5\""));
        long sent = send("80.4") + send("80.5");

        assertThat(newest("rig.flagged", 1)).extracting(SwapIT::text).containsExactly(message(messages, "80.5"));
        assertThat(members()).isEqualTo(members);
        assertThat(rebalances()).isEqualTo(rebalances);
        assertThat(app.scrape("rig_records_total\\{.*route=\"flag-telemetry\".*"))
                .isEqualTo(before + sent);
        assertThat(app.scrape("rig_routes_reload_seconds_count\\{outcome=\"swapped\"}.*"))
                .isEqualTo(reload.getSwapped());
    }

    /** The consumer itself is another one then; those of the other routes are not touched. */
    @Test
    void aConsumerThatIsEditedJoinsAnewAndTheOthersStay() throws Exception {
        settle();
        Map<String, Set<String>> members = members();

        swapping(() -> routes.edit(FLAG_FRONT, "Reads rig.telemetry in batches", "Reads it in batches"));
        send("80");
        settle();

        Map<String, Set<String>> now = members();
        assertThat(now.remove("rig-streams.flag-telemetry"))
                .hasSize(1)
                .doesNotContainAnyElementsOf(members.remove("rig-streams.flag-telemetry"));
        assertThat(now).isEqualTo(members);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uri: kafka:rig.flagged | uri: kafka:rig.flaged | flag-message.camel.yaml:18:34: route flag-message names the topic rig.flaged",
                "channel(GASA) | channel(GASSA) | flag-message.camel.yaml:14:36: no channel is named 'GASSA'",
                "from: | from: [ | this is not YAML",
                "- choice: | - choose: | 'choose' is not known here",
                "uri: direct:flag-message | uri: seda:flag-message | flag-message.camel.yaml:6:12: the component 'seda' is not allowed",
                "ref: read-telemetry-or-skip | ref: read-telemetri | there is no bean named 'read-telemetri'",
                "uri: direct:flag-message | uri: direct:flag-messages | flag-telemetry.camel.yaml:22:24: no route begins with direct:flag-message",
                "id: flag-message | id: slice-message | the id 'slice-message' is used already",
                "> 30000\" | > {{my.limit}}\" | there is no setting {{my.limit}}",
                "routeConfigurationId: record | routeConfigurationId: recrod | 'recrod', which does not exist",
            })
    void aBadEditChangesNothingAndSaysWhereItIsWrong(String part, String by, String said) throws Exception {
        long swapped = reload.getSwapped();
        String running = running(FLAG);

        try (Warnings log = Warnings.of(ReloadReport.class)) {
            rejecting(() -> routes.edit(FLAG, part, by));

            assertThat(log.texts()).anySatisfy(line -> assertThat(line).contains(said));
        }

        assertThat(reload.getProblems())
                .anySatisfy(problem -> assertThat(problem).contains(said));
        assertThat(reload.getRejectedFiles()).containsExactly(routes.path(FLAG).toString());
        assertThat(app.scrape("rig_routes_rejected .*")).isEqualTo(1);
        app.awaitReadiness(200);
        assertThat(reload.getSwapped()).isEqualTo(swapped);
        assertThat(running(FLAG)).isEqualTo(running);
        send("80", "\"GASA\":3");
        assertThat(newest("rig.flagged", 1))
                .extracting(SwapIT::text)
                .first()
                .asString()
                .contains("GASA");
    }

    @Test
    void whatIsGoodRunsBesideWhatIsWrong() throws Exception {
        rejecting(() -> routes.edit(SLICE, "ref: slice-telemetry", "ref: slice-telemetri"));

        swapping(() -> routes.edit(FLAG, CONDITION, "\"${channel(HKLA)} >= 80.5\""));
        send("81");

        assertThat(newest("rig.flagged", 1)).extracting(SwapIT::text).containsExactly(message(messages, "81"));
        assertThat(reload.getRejectedFiles()).containsExactly(routes.path(SLICE).toString());
    }

    @Test
    void aRenamedRouteRunsInThePlaceOfTheOld() throws Exception {
        swapping(() -> {
            routes.edit(FLAG, "id: flag-message", "id: mark-message");
            Files.move(routes.path(FLAG), routes.path("rigs/mark-message.camel.yaml"));
        });
        send("80", "\"GASA\":3");

        assertThat(newest("rig.flagged", 1)).hasSize(1);
        assertThat(ids()).contains("mark-message").doesNotContain("flag-message");
    }

    @Test
    void aDeletedFileStopsItsRoutesAndWhatComesMeanwhileIsReadWhenItIsBack() throws Exception {
        settle();
        int before = app.settled("rig.flagged").size();
        String front = Files.readString(routes.path(FLAG_FRONT));
        String message = Files.readString(routes.path(FLAG));
        swapping(() -> {
            routes.delete(FLAG_FRONT);
            routes.delete(FLAG);
        });
        assertThat(ids()).doesNotContain("flag-telemetry", "flag-message");
        send("80", "\"GASA\":3");

        swapping(() -> {
            routes.write(FLAG, message);
            routes.write(FLAG_FRONT, front);
        });

        assertThat(app.await(before + 1, "rig.flagged")).hasSize(before + 1);
    }

    @Test
    void aNewFolderWithARouteOfOnesOwnRuns() throws Exception {
        swapping(() -> ownRoute("own"));
        send("200");

        assertThat(newest("my.heavy", 1)).extracting(SwapIT::text).containsExactly(message(messages, "200"));
    }

    @Test
    void aLinkedFolderAndALinkedFileAreFollowed(@TempDir Path elsewhere) throws Exception {
        EditedRoutes there = new EditedRoutes(Files.createDirectories(elsewhere.resolve("routes")));
        Path target = elsewhere.resolve("flag.yaml");
        Files.writeString(target, there.edited(FLAG, CONDITION, "\"${channel(HKLA)} >= 90\""));
        swapping(() -> {
            routes.delete(FLAG);
            Files.createSymbolicLink(routes.path(FLAG), target);
        });
        swapping(() -> {
            ownRoute("../" + elsewhere.getFileName() + "/linked");
            Files.createSymbolicLink(routes.path("linked"), elsewhere.resolve("linked"));
        });

        swapping(() -> Files.writeString(target, Files.readString(target).replace(">= 90", ">= 100")));
        send("95");
        send("200");

        assertThat(newest("rig.flagged", 1)).extracting(SwapIT::text).containsExactly(message(messages, "200"));
        assertThat(newest("my.heavy", 1)).extracting(SwapIT::text).containsExactly(message(messages, "200"));
    }

    @Test
    void aFileSavedByRenameRuns() throws Exception {
        swapping(() -> routes.writeByRename(FLAG, routes.edited(FLAG, CONDITION, "\"${channel(HKLA)} >= 70\"")));
        send("71");

        assertThat(newest("rig.flagged", 1)).extracting(SwapIT::text).containsExactly(message(messages, "71"));
    }

    /** Each piece alone would be wrong, and the file is away for a while in between. */
    @Test
    void aFileSavedInPiecesIsTakenOnceAndWhole() throws Exception {
        long rejected = reload.getRejected();
        String text = routes.edited(FLAG, CONDITION, "\"${channel(HKLA)} >= 60\"");

        swapping(() -> {
            routes.delete(FLAG);
            for (String line : text.lines().toList()) {
                Files.writeString(routes.path(FLAG), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        });
        send("61");

        assertThat(newest("rig.flagged", 1)).extracting(SwapIT::text).containsExactly(message(messages, "61"));
        assertThat(reload.getRejected()).isEqualTo(rejected);
    }

    @Test
    void aRouteConfigurationThatChangesIsTakenByAllThatNameIt() throws Exception {
        swapping(() -> {
            routes.write(
                    "send-my-letter.camel.yaml",
                    routes.builtIn("send-dead-letter.camel.yaml")
                            .replace("send-dead-letter", "send-my-letter")
                            .replace("id: to-store-dead-letter", "id: to-store-my-letter")
                            .replace("id: prepare-dead-letter", "id: prepare-my-letter")
                            .replace("id: to-dead-letters", "id: to-my-letters")
                            .replace("kafka:rig.dead-letters", "kafka:my.letters"));
            routes.edit(ERRORS, "deadLetterUri: direct:send-dead-letter", "deadLetterUri: direct:send-my-letter");
        });

        app.send("rig.telemetry", null, "A".getBytes(UTF_8), "no message".getBytes(UTF_8));

        assertThat(newest("my.letters", 1)).extracting(SwapIT::text).containsExactly("no message");
    }

    @Test
    void withoutTheRouteConfigurationsNothingChanges() throws Exception {
        long swapped = reload.getSwapped();

        rejecting(() -> routes.delete(ERRORS));
        send("80", "\"GASA\":3");

        assertThat(newest("rig.flagged", 1)).hasSize(1);
        assertThat(reload.getSwapped()).isEqualTo(swapped);
        assertThat(reload.getProblems())
                .anySatisfy(problem -> assertThat(problem).contains("routeConfigurationId"));
    }

    @Test
    void aRouteThatWasStoppedByHandStaysSoWhateverIsEdited() throws Exception {
        ObjectName route = new ObjectName("org.apache.camel:context=rig-streams,type=routes,name=\"flag-telemetry\"");
        ManagementFactory.getPlatformMBeanServer().invoke(route, "stop", null, null);

        swapping(() -> routes.edit(FLAG, CONDITION, "\"${channel(HKLA)} >= 50\""));
        assertThat(state(route)).isEqualTo("Stopped");
        swapping(() -> routes.edit(FLAG_FRONT, "Reads rig.telemetry in batches", "Reads it in batches"));
        assertThat(state(route)).isEqualTo("Stopped");
        send("51");
        ManagementFactory.getPlatformMBeanServer().invoke(route, "start", null, null);

        assertThat(newest("rig.flagged", 1)).extracting(SwapIT::text).containsExactly(message(messages, "51"));
    }

    private static String state(ObjectName route) throws Exception {
        return (String) ManagementFactory.getPlatformMBeanServer().getAttribute(route, "State");
    }

    private static Set<String> ids() throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("org.apache.camel:context=rig-streams,type=routes,*"), null)
                .stream()
                .map(name -> ObjectName.unquote(name.getKeyProperty("name")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private interface Edit {
        void make() throws Exception;
    }

    private static void swapping(Edit edit) throws Exception {
        long swapped = reload.getSwapped();
        edit.make();
        await("swapped").atMost(PATIENCE).until(() -> reload.getSwapped() > swapped);
        assertThat(reload.getSwapped()).isEqualTo(swapped + 1);
    }

    private static void rejecting(Edit edit) throws Exception {
        long rejected = reload.getRejected();
        edit.make();
        await("rejected").atMost(PATIENCE).until(() -> reload.getRejected() > rejected);
    }

    private static void ownRoute(String under) throws Exception {
        String page = Files.readString(Path.of("docs/routes.md"));
        routes.write(under + "/watch-hookload.camel.yaml", example(page, "- route:\n    id: watch-hookload"));
        routes.write(
                under + "/heavy-message.camel.yaml",
                example(page, "- route:\n    id: heavy-message").replace("{{my.heavy-tonnes}}", "150"));
    }

    private static String example(String page, String begin) {
        String text = page.substring(page.indexOf(begin));
        return text.substring(0, text.indexOf("```"));
    }

    /** The text that runs, as it is kept. */
    private static String running(String file) throws Exception {
        return Files.readString(kept().resolve(file));
    }

    private static Path kept() throws Exception {
        try (Stream<Path> folders = Files.list(data.resolve("routes-last-good"))) {
            return folders.findFirst().orElseThrow();
        }
    }

    private static boolean lastGoodIsBuiltIn() {
        Map<String, String> there = new TreeMap<>();
        new LastGood(data.resolve("routes-last-good"), folder)
                .read()
                .forEach(text ->
                        there.put(folder.relativize(Path.of(text.name())).toString(), text.text()));
        return there.equals(routes.builtIn());
    }

    private static long send(String hookload, String... others) {
        String value = message(++messages, hookload);
        if (others.length > 0) {
            value = value.replace("\"HKLA\":" + hookload, "\"HKLA\":" + hookload + "," + others[0]);
        }
        app.send("rig.telemetry", null, "A".getBytes(UTF_8), value.getBytes(UTF_8));
        return 1;
    }

    private static String message(int seq, String hookload) {
        return "{\"rig\":\"A\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":" + seq
                + ",\"activity\":2,\"late\":false,\"channels\":{\"HKLA\":" + hookload + "}}";
    }

    private static void settle() throws Exception {
        assertThat(app.application().awaitCaughtUp(PATIENCE)).isTrue();
    }

    /** The last records of a topic once all routes have read everything. */
    private static List<ConsumerRecord<byte[], byte[]>> newest(String topic, int count) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> all = app.settled(topic);
        assertThat(all).as(topic).hasSizeGreaterThanOrEqualTo(count);
        return all.subList(all.size() - count, all.size());
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), UTF_8);
    }

    private static double rebalances() throws Exception {
        return app.scrape("kafka_consumer_coordinator_rebalance_total\\{.*");
    }

    private static Map<String, Set<String>> members() throws Exception {
        Map<String, Set<String>> members = new TreeMap<>();
        for (ConsumerGroupDescription group :
                admin.describeConsumerGroups(GROUPS).all().get().values()) {
            members.put(
                    group.groupId(),
                    group.members().stream().map(MemberDescription::consumerId).collect(Collectors.toSet()));
        }
        assertThat(members.values()).allSatisfy(ids -> assertThat(ids).isNotEmpty());
        return members;
    }
}
