package routes.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.application.TestApplication;
import routes.check.RouteFiles;

/** The API of a running instance whose rigs send all the while, on the real broker. */
class RoutesApiIT {
    private static final String[] ACTIVITY_TOPICS = {
        "rig.activity.drilling", "rig.activity.tripping", "rig.activity.connection",
        "rig.activity.circulating", "rig.activity.reaming", "rig.activity.other"
    };
    private static final int RIGS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    private static TestApplication app;
    private static URI server;

    @BeforeAll
    static void start() throws Exception {
        app = TestApplication.start(data, Map.of("rigs.count", Integer.toString(RIGS), "rigs.period", "200ms"));
        server = app.apiUrl();
    }

    @AfterAll
    static void stop() {
        app.close();
        assertThat(data.resolve("api")).as("what was left for other commands").isEmptyDirectory();
    }

    private static String bearer() {
        return "Authorization: Bearer " + InstanceFiles.token(data).orElseThrow();
    }

    private static JsonNode get(String path) throws IOException {
        Asked asked = Asked.of(server, "GET", path);
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        return asked.json();
    }

    private static JsonNode change(String id, String what) throws IOException {
        Asked asked = Asked.of(server, "POST", "/api/routes/" + id + "/" + what, bearer());
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        return asked.json();
    }

    @Test
    void listsEveryRouteWithWhatItDoes() throws Exception {
        List<String> inFiles = RouteFiles.below(Path.of("src/main/resources/routes")).stream()
                .flatMap(file -> file.routeIds().stream())
                .sorted()
                .toList();
        app.await(10, ACTIVITY_TOPICS);

        JsonNode list = get("/api/routes");

        Map<String, JsonNode> byId = new TreeMap<>();
        list.path("routes").forEach(route -> byId.put(route.path("id").asText(), route));
        assertThat(byId.keySet()).containsExactlyElementsOf(inFiles);
        assertThat(byId.values())
                .allSatisfy(
                        route -> assertThat(route.path("description").asText()).isNotEmpty())
                .allSatisfy(route -> assertThat(route.path("file").asText())
                        .endsWith("/" + route.path("id").asText() + ".camel.yaml"));
        JsonNode route = byId.get("route-telemetry");
        assertThat(route.path("from").asText()).isEqualTo("kafka:rig.telemetry");
        assertThat(route.path("topic").asText()).isEqualTo("rig.telemetry");
        assertThat(route.path("group").asText()).isEqualTo("rig-streams.route-telemetry");
        assertThat(route.path("lag").isNumber()).isTrue();
        assertThat(route.path("exchanges").path("total").asLong()).isPositive();
        assertThat(route.path("exchanges").path("failed").asLong()).isZero();
        assertThat(route.path("records").path("sent").asLong()).isGreaterThanOrEqualTo(10);
        assertThat(route.path("uptimeSeconds").asDouble()).isPositive();
        assertThat(byId.get("route-message").path("from").asText()).isEqualTo("direct:route-message");
        assertThat(byId.get("route-message").has("group")).isFalse();
    }

    @Test
    void showsARouteWithItsYaml() throws Exception {
        JsonNode route = get("/api/routes/flag-message");

        assertThat(route.path("id").asText()).isEqualTo("flag-message");
        assertThat(route.path("yaml").asText())
                .isEqualTo(Files.readString(Path.of("src/main/resources/routes/rigs/flag-message.camel.yaml")));
    }

    @Test
    void aStoppedRouteFallsBehindAndGoesOnWhereItStood() throws Exception {
        app.await(10, ACTIVITY_TOPICS);
        for (int i = 0; i < 5; i++) {
            JsonNode stopped = change("route-telemetry", "stop");
            assertThat(stopped.path("was").asText()).isEqualTo("Started");
            assertThat(stopped.path("state").asText()).isEqualTo("Stopped");
            assertThat(stopped.path("changed").asBoolean()).isTrue();
            assertThat(stopped.path("finished").asBoolean()).isTrue();
            assertThat(change("route-telemetry", "stop").path("changed").asBoolean())
                    .as("stopped twice")
                    .isFalse();
            double routed = routed();
            double flagged = read("flag-telemetry");
            long lag = lag("route-telemetry");
            Awaitility.await("its lag grows, another route goes on")
                    .atMost(PATIENCE)
                    .until(() ->
                            lag("route-telemetry") > lag + 2L * RIGS && read("flag-telemetry") > flagged + 2L * RIGS);
            assertThat(routed()).as("records routed while it was stopped").isEqualTo(routed);
            assertThat(get("/api/routes/route-telemetry").path("uptimeSeconds").asDouble())
                    .isZero();

            assertThat(change("route-telemetry", "start").path("state").asText())
                    .isEqualTo("Started");
            assertThat(change("route-telemetry", "start").path("changed").asBoolean())
                    .as("started twice")
                    .isFalse();
            Awaitility.await("it goes on").atMost(PATIENCE).until(() -> routed() > routed + RIGS);
        }

        assertThat(change("generate-telemetry", "stop").path("state").asText()).isEqualTo("Stopped");
        List<ConsumerRecord<byte[], byte[]>> telemetry = app.settled("rig.telemetry");
        List<ConsumerRecord<byte[], byte[]>> copies = app.settled(ACTIVITY_TOPICS);
        change("generate-telemetry", "start");

        assertThat(seqs(telemetry))
                .hasSize(RIGS)
                .allSatisfy((rig, seqs) -> assertThat(seqs).as(rig).isEqualTo(upTo(seqs.size())));
        assertThat(values(copies)).as("the same messages, none twice").isEqualTo(values(telemetry));
        seqs(copies)
                .forEach((rigAndTopic, seqs) -> assertThat(seqs).as(rigAndTopic).isSorted());
    }

    private static long lag(String route) throws IOException {
        return get("/api/routes/" + route).path("lag").asLong();
    }

    private static double routed() throws Exception {
        return app.scrape("rig_records_total\\{outcome=\"sent\",route=\"route-telemetry\".*");
    }

    private static double read(String route) throws Exception {
        return app.scrape("rig_records_total\\{.*route=\"" + route + "\".*");
    }

    private static List<Long> upTo(long count) {
        List<Long> numbers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> new String(record.value(), UTF_8))
                .sorted()
                .toList();
    }

    /** By rig and topic, in the order of the topic. */
    private static Map<String, List<Long>> seqs(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, List<Long>> seqs = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String text = new String(record.value(), UTF_8);
            int at = text.indexOf("\"seq\":") + 6;
            seqs.computeIfAbsent(new String(record.key(), UTF_8) + " " + record.topic(), key -> new ArrayList<>())
                    .add(Long.parseLong(text.substring(at, text.indexOf(',', at))));
        }
        return seqs;
    }

    @Test
    void aBatchThatDoesNotEndIsLeftUncommittedAndReadAgain() throws Exception {
        app.await(10, "rig.channels.power");
        assertThat(change("slice-message", "stop").path("state").asText()).isEqualTo("Stopped");
        long lag = lag("slice-telemetry");
        Awaitility.await("its caller falls behind").atMost(PATIENCE).until(() -> lag("slice-telemetry") > lag + RIGS);
        Awaitility.await("a batch is in hand")
                .atMost(PATIENCE)
                .until(() -> get("/api/routes/slice-telemetry")
                                .path("exchanges")
                                .path("inflight")
                                .asLong()
                        > 0);

        JsonNode stopped = change("slice-telemetry", "stop");

        assertThat(stopped.path("state").asText()).isEqualTo("Stopped");
        assertThat(stopped.path("finished").asBoolean()).isFalse();
        change("slice-message", "start");
        change("slice-telemetry", "start");
        int sent = app.all("rig.telemetry").size();
        Awaitility.await("all that was sent is sliced")
                .atMost(PATIENCE)
                .until(() -> seqs(app.all("rig.channels.power")).values().stream()
                                .mapToLong(seqs -> seqs.stream().distinct().count())
                                .sum()
                        >= sent);
        seqs(app.all("rig.channels.power"))
                .forEach((rig, seqs) -> assertThat(seqs.stream().distinct().toList())
                        .as("first occurrences of " + rig)
                        .isEqualTo(upTo(seqs.stream().distinct().count())));
    }

    @Test
    void readinessIsRedWhileARouteIsStopped() throws Exception {
        app.awaitReadiness(200);

        change("slice-telemetry", "stop");

        app.awaitReadiness(503, "Route slice-telemetry has status Stopped");
        change("slice-telemetry", "start");
        app.awaitReadiness(200);
    }

    @Test
    void onlyTheOwnerReadsTheToken() throws Exception {
        Path token = data.resolve("api/token");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(token).strip()).matches("[0-9a-f]{64}");
        assertThat(InstanceFiles.url(data)).contains("http://" + server.getAuthority());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: */*", "Authorization: Bearer 0123456789abcdef", "Authorization: Basic dTpw"})
    void aChangeNeedsTheToken(String header) throws Exception {
        Asked asked = Asked.of(server, "POST", "/api/routes/route-telemetry/stop", header);

        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.head()).containsIgnoringCase("www-authenticate: Bearer");
        assertThat(asked.json().path("error").asText())
                .startsWith("this needs the header 'Authorization: Bearer TOKEN'");
        assertThat(get("/api/routes/route-telemetry").path("state").asText()).isEqualTo("Started");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Host: rigs.example:8080; the request was sent to another host",
                "Host: 127.0.0.1.rigs.example; the request was sent to another host",
                "Origin: http://rigs.example; the request comes from a page of another site",
                "Origin: http://localhost:1; the request comes from a page of another site",
                "Origin: null; the request comes from a page of another site",
            })
    void pagesOfOtherSitesGetNothingEvenWithTheToken(String header, String sentence) throws Exception {
        for (String[] request : new String[][] {
            {"GET", "/api/routes"}, {"POST", "/api/routes/route-telemetry/stop"}, {"GET", "/api/routes/route-telemetry"}
        }) {
            Asked asked = Asked.of(server, request[0], request[1], header, bearer());

            assertThat(asked.status()).as(asked.text()).isEqualTo(403);
            assertThat(asked.json().path("error").asText()).startsWith(sentence);
            assertThat(asked.head()).doesNotContainIgnoringCase("access-control");
        }
        assertThat(get("/api/routes/route-telemetry").path("state").asText()).isEqualTo("Started");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "LocalHost"})
    void ourOwnNamesAndOurOwnPageAreLetIn(String name) throws Exception {
        String host = name + ":" + server.getPort();

        assertThat(Asked.of(server, "GET", "/api/routes", "Host: " + host).status())
                .isEqualTo(200);
        assertThat(Asked.of(server, "GET", "/api/routes", "Host: " + host, "Origin: http://" + host)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GET; /api/routes/rout-telemetry; 404; there is no route 'rout-telemetry'; route-telemetry",
                "POST; /api/routes/rout-telemetry/stop; 404; there is no route 'rout-telemetry'; route-telemetry",
                "POST; /api/routes/serve-routes/stop; 404; there is no route 'serve-routes'; route",
                "GET; /api/routes/route-telemetry/yaml; 404; nothing is served at /api/routes/route-telemetry/yaml; {id}/stop",
                "GET; /api/routes/route-telemetry/stop/now; 404; nothing is served at; {id}/stop",
                "GET; /api/routesx; 404; nothing is served at /api/routesx; /api/routes",
                "POST; /api/routes; 405; POST is not served at /api/routes; expected GET",
                "DELETE; /api/routes/route-telemetry; 405; DELETE is not served; expected GET",
                "GET; /api/routes/route-telemetry/stop; 405; GET is not served; expected POST",
                "GET; /api/routes/%zz; 400; the path /api/routes/%zz has a %; two hexadecimal digits",
                "POST; /api/routes/route-telemetry%2/stop; 400; the path /api; two hexadecimal digits",
                "GET; /api/routes?Host=localhost; 400; nothing here takes parameters; ?Host=localhost",
            })
    void whatCannotBeAnsweredIsSaidInASentence(String method, String path, int status, String begin, String contains)
            throws Exception {
        Asked asked = Asked.of(server, method, path, bearer());

        assertThat(asked.status()).as(asked.text()).isEqualTo(status);
        assertThat(asked.head()).containsIgnoringCase("content-type: application/json");
        assertThat(asked.json().path("error").asText()).startsWith(begin).contains(contains);
        if (status == 405) {
            assertThat(asked.head()).containsIgnoringCase("allow: " + contains.substring("expected ".length()));
        }
    }

    @Test
    void nothingOfTheRequestComesBack() throws Exception {
        Asked asked = Asked.of(server, "GET", "/api/routes", bearer(), "X-Evil: 1", "Cookie: a=b");

        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.head())
                .contains("Cache-Control: no-store", "X-Content-Type-Options: nosniff")
                .doesNotContainIgnoringCase("x-evil")
                .doesNotContainIgnoringCase("cookie")
                .doesNotContainIgnoringCase("bearer");
        assertThat(asked.text()).doesNotContain(InstanceFiles.token(data).orElseThrow());
    }

    @Test
    void aBodyIsRefused() throws Exception {
        String body = "x".repeat(70_000);

        assertThat(Asked.withBody("x", server, "GET", "/api/routes").status()).isEqualTo(413);

        assertThat(Asked.withBody(body, server, "POST", "/api/routes/route-telemetry/stop", bearer())
                        .status())
                .isEqualTo(413);
        assertThat(Asked.withBody(body, server, "POST", "/api/routes/route-telemetry/stop")
                        .status())
                .isEqualTo(401);
    }
}
