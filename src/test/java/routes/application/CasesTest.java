package routes.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.cases.CaseFailure;
import routes.cases.CaseReport;
import routes.cases.OpenBranch;
import routes.cases.RouteCases;
import routes.check.BuiltInRoutes;
import routes.check.RouteText;
import routes.settings.Given;
import routes.settings.Settings;

/** The cases beside the routes, run without Kafka: the built-in ones pass, and fail as soon as a route does otherwise. */
class CasesTest {
    private static final Pattern SEND = Pattern.compile("uri: kafka:(rig\\.[\\w.-]+)");
    private static final String MESSAGE = "{rig: A, well: W1, time: \"2026-11-20T10:00:00.000Z\", seq: 7, activity: 2,"
            + " late: false, channels: {GASA: 2.5}}";

    @TempDir
    private Path data;

    @Test
    void theBuiltInCasesPassAndNoBranchIsWithoutOne() {
        List<RouteText> cases = BuiltInRoutes.ofThisProgram().texts(RouteCases.EXTENSION);

        CaseReport report = run(routes(), cases);

        assertThat(report.failures()).isEmpty();
        assertThat(report.open()).isEmpty();
        assertThat(report.cases()).isGreaterThan(35);
        assertThat(report.branches()).isEqualTo(branches());
        assertThat(cases)
                .extracting(file -> file.name().replace(RouteCases.EXTENSION, ".camel.yaml"))
                .containsExactlyInAnyOrderElementsOf(routes().stream()
                        .map(RouteText::name)
                        .filter(name -> !name.endsWith("errors.camel.yaml"))
                        // What becomes of a letter stands beside the route whose records fail.
                        .filter(name -> !name.endsWith("send-dead-letter.camel.yaml"))
                        .toList());
    }

    /** Conditions, their otherwise (written or not), and a dead letter for each route that has one. */
    private static int branches() {
        String all = String.join("\n", routes().stream().map(RouteText::text).toList());
        return count(all, "- simple: ") + count(all, "- choice:") + count(all, "routeConfigurationId: record");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    static List<String> sends() {
        List<String> sends = new ArrayList<>();
        for (RouteText file : routes()) {
            Matcher send = SEND.matcher(file.text().replaceFirst("from:\\s+uri: kafka:\\S+", "from:"));
            while (send.find()) {
                sends.add(file.name() + " " + send.group(1));
            }
        }
        // The endpoint of the slices only has a name: each slice has a topic of its own.
        assertThat(sends.remove("routes/rigs/slice-message.camel.yaml rig.channels"))
                .isTrue();
        assertThat(sends).hasSize(9);
        return sends;
    }

    /** A copy of the routes in which one send goes to another topic. */
    @ParameterizedTest
    @MethodSource("sends")
    void aSendToAnotherTopicFailsACaseOfItsRoute(String send) {
        String[] of = send.split(" ");

        CaseReport report = run(
                edited(of[0], "uri: kafka:" + of[1] + "\n", "uri: kafka:rig.kpi\n"),
                BuiltInRoutes.ofThisProgram().texts(RouteCases.EXTENSION));

        assertThat(report.failed()).isPositive();
        assertThat(report.failures()).anySatisfy(failure -> {
            assertThat(failure.message()).isEqualTo("record 1 of rig.kpi");
            assertThat(failure.expected()).isEqualTo("nothing");
        });
        String beside = of[0].replace("send-dead-letter", "rigs/route-message").replace(".camel.", ".test.");
        assertThat(report.failures()).extracting(CaseFailure::file).contains(beside);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "rigs/route-message ; ${activity} == 3 ; ${activity} == 30",
                "rigs/route-message ; || ${activity} == 34 ; ",
                "rigs/route-message ; ref: read-telemetry ; ref: read-telemetry-or-skip",
                "rigs/route-message ; routeConfigurationId: record ; routeConfigurationId: batch",
                "rigs/flag-message  ; ${channel(GASA)} > 2 ; ${channel(GASA)} >= 2",
                "rigs/flag-message  ; ref: read-telemetry-or-skip ; ref: read-telemetry",
                "rigs/slice-message ; ref: slice-telemetry ; ref: note-sink-down",
                "rigs/route-telemetry ; ref: commit-batch ; ref: note-sink-down",
                "rigs/archive-telemetry ; ref: commit-archived ; ref: note-sink-down",
                "send-dead-letter   ; uri: direct:store-dead-letter ; uri: log:letters",
                "send-dead-letter   ; ref: prepare-dead-letter ; ref: note-sink-down",
                "errors             ; maximumRedeliveries: 0 ; maximumRedeliveries: 3"
            })
    void aRouteThatDoesOtherwiseFailsACase(String file, String what, String instead) {
        CaseReport report = run(
                edited("routes/" + file.strip() + ".camel.yaml", what, instead == null ? "" : instead),
                BuiltInRoutes.ofThisProgram().texts(RouteCases.EXTENSION));

        assertThat(report.failed()).isPositive();
    }

    @Test
    void aFailureSaysWhereWhatWasExpectedAndWhatWasFound() {
        String cases =
                """
                cases:
                  - name: gas
                    input:
                      - key: A
                        json: %s
                    output:
                      rig.flagged:
                        - key: B
                          json-with: {seq: 8, channels: {GASA: 2.50}}
                          headers: {source: here}
                        - unchanged: 1
                  - name: no gas
                    input:
                      - key: A
                        json: %s
                    failure: down
                    output: {}
                """
                        .formatted(MESSAGE, MESSAGE);

        CaseReport report = run(routes(), List.of(new RouteText("routes/rigs/flag-message.test.yaml", cases)));

        String file = "routes/rigs/flag-message.test.yaml:";
        assertThat(report.cases()).isEqualTo(2);
        assertThat(report.failed()).isEqualTo(2);
        assertThat(report.failures())
                .extracting(CaseFailure::toString)
                .containsExactly(
                        file + "8:11: case 'gas' of route flag-message: record 1 of rig.flagged: key\n"
                                + "    expected: B\n    found:    A",
                        file + "8:11: case 'gas' of route flag-message: record 1 of rig.flagged: /seq\n"
                                + "    expected: 8\n    found:    7",
                        file + "8:11: case 'gas' of route flag-message: record 1 of rig.flagged: header source\n"
                                + "    expected: here\n    found:    rig.telemetry/0/0",
                        file + "11:11: case 'gas' of route flag-message: record 2 of rig.flagged\n"
                                + "    expected: a record\n    found:    nothing",
                        file + "12:5: case 'no gas' of route flag-message: its end\n"
                                + "    expected: a failure with: down\n    found:    no failure",
                        file + "12:5: case 'no gas' of route flag-message: record 1 of rig.flagged\n"
                                + "    expected: nothing\n    found:    key A, value {\"rig\":\"A\",\"well\":\"W1\",\"time\":"
                                + "\"2026-11-20T10:00:00.000Z\",\"seq\":7,\"activity\":2,\"late\":false,\"channels\":"
                                + "{\"GASA\":2.5}}");
        assertThat(report.open())
                .extracting(OpenBranch::toString)
                .contains("routes/rigs/flag-message.camel.yaml:11:11: no case takes this branch of route flag-message:"
                        + " no condition of the choice holds")
                .noneMatch(branch -> branch.contains("when ${channel(GASA)}"));
    }

    /** What routes may use if the user allows it is not really done either. */
    @Test
    void whatWouldLeaveTheProgramIsNotedInsteadOfDone() throws IOException {
        Path written = data.resolve("written");
        List<RouteText> routes =
                edited("routes/rigs/flag-message.camel.yaml", "uri: kafka:rig.flagged", "uri: file:" + written);
        String cases =
                """
                cases:
                  - name: gas
                    input: [{key: A, json: %s}]
                    output:
                      file:%s: [{unchanged: 1}]
                """
                        .formatted(MESSAGE, written);

        CaseReport report = run(routes, List.of(new RouteText("routes/rigs/flag-message.test.yaml", cases)));

        assertThat(report.failures()).isEmpty();
        assertThat(written).doesNotExist();
    }

    /** A letter that is too large for its topic has its value in a file: of a folder that is gone afterwards. */
    @Test
    void noFileOfTheDataFolderIsWritten() throws IOException {
        String cases =
                """
                cases:
                  - name: too large
                    input: [{key: A, text: "%s"}]
                    output:
                      rig.dead-letters:
                        - headers: {dlq.reason: not-json, dlq.stored-bytes: "20000"}
                      process:store-dead-letter: [{key: A}]
                """
                        .formatted("x".repeat(20_000));

        CaseReport report = run(
                routes(),
                List.of(new RouteText("routes/rigs/route-message.test.yaml", cases)),
                new Given.Choice("deadletters.max-record", "10KB", "test"));

        assertThat(report.failures()).isEmpty();
        try (Stream<Path> files = Files.walk(data)) {
            assertThat(files).containsExactly(data);
        }
    }

    private CaseReport run(List<RouteText> routes, List<RouteText> cases, Given.Choice... more) {
        List<Given.Choice> chosen = new ArrayList<>(List.of(more));
        chosen.add(new Given.Choice("data.dir", data.toString(), "test"));
        Settings settings = Settings.load(new Given("embedded", Map.of(), List.of(), chosen));
        RouteCases read = Cases.of(settings, routes, cases);
        assertThat(read.problems()).isEmpty();
        return Cases.run(settings, read);
    }

    private static List<RouteText> routes() {
        return BuiltInRoutes.ofThisProgram().texts();
    }

    private static List<RouteText> edited(String name, String part, String instead) {
        Map<String, String> files = new LinkedHashMap<>();
        routes().forEach(file -> files.put(file.name(), file.text()));
        assertThat(files.get(name)).contains(part);
        files.computeIfPresent(name, (file, text) -> text.replace(part, instead));
        return files.entrySet().stream()
                .map(file -> new RouteText(file.getKey(), file.getValue()))
                .toList();
    }
}
