package routes.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.application.TestApplication;

/** What {@code docs/metrics.md} lists is what a running application shows, all of it and no more. */
class MetricsPageIT {
    private static final Pattern SAMPLE = Pattern.compile("(rig_\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern TAG = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    /** Those that the format itself adds. */
    private static final Set<String> OF_THE_FORMAT = Set.of("le", "quantile");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path data;

    private static TestApplication app;

    private final String page = Pages.read(Path.of("docs/metrics.md"));

    /** With rigs, so that something is sent, and a bad message, so that something is not. */
    @BeforeAll
    static void start() throws Exception {
        app = TestApplication.start(data, Map.of("rigs.count", "3", "rigs.period", "100ms", "archive.window", "1s"));
        app.send("rig.telemetry", null, "X".getBytes(UTF_8), "not json".getBytes(UTF_8));
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> get("/metrics").body(),
                        all -> all.contains("rig_dead_letters_total")
                                && all.contains("rig_archive_files_total")
                                && all.contains("outcome=\"unmatched\"")
                                && all.contains("outcome=\"skipped\"")
                                && all.contains("rig_latency_seconds_max{route=\"slice-telemetry\""));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void everyMeterIsListedWithItsTagsAndEveryListedOneIsThere() throws Exception {
        Map<String, Set<String>> listed = new TreeMap<>();
        for (List<String> row : Markdown.rowsUnder(page, "Meter")) {
            Markdown.codes(row.get(1)).forEach(name -> listed.put(name, new TreeSet<>(Markdown.codes(row.get(2)))));
        }

        Map<String, Set<String>> found = new TreeMap<>();
        for (Matcher sample : samples()) {
            found.computeIfAbsent(sample.group(1), name -> new TreeSet<>())
                    .addAll(tags(sample).keySet());
        }

        assertThat(listed).isEqualTo(found).hasSizeGreaterThan(8);
    }

    @Test
    void everyOutcomeThatOccursIsListed() throws Exception {
        Set<String> listed = new TreeSet<>(Markdown.codes(page.lines()
                .dropWhile(line -> !line.startsWith("`outcome`:"))
                .takeWhile(line -> !line.isBlank())
                .collect(Collectors.joining("\n"))));

        Set<String> found = new TreeSet<>();
        for (Matcher sample : samples()) {
            if (tags(sample).containsKey("outcome")) {
                found.add(tags(sample).get("outcome"));
            }
        }

        assertThat(found).contains("sent", "dead-letter", "skipped", "unmatched");
        assertThat(listed).containsAll(found);
    }

    @Test
    void theOtherMetersThatAreNamedAreThere() throws Exception {
        String all = get("/metrics").body();

        assertThat(page).contains("kafka_consumer_fetch_manager_records_lag_max");
        assertThat(all.lines())
                .anyMatch(line -> line.startsWith("kafka_consumer_fetch_manager_records_lag_max{"))
                .anyMatch(line -> line.startsWith("kafka_producer_"))
                .anyMatch(line -> line.startsWith("camel_"))
                .anyMatch(line -> line.startsWith("jvm_"))
                .anyMatch(line -> line.startsWith("process_"));
    }

    @Test
    void healthIsWhereThePageSaysItIs() throws Exception {
        List<String> addresses = Markdown.rowsUnder(page, "Address").stream()
                .map(row -> Markdown.firstCode(row.get(0)))
                .toList();

        assertThat(addresses).hasSize(2);
        for (String address : addresses) {
            assertThat(get(address).statusCode()).as(address).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Attribute | Fleet", "What the archive shows | Archive", "Of edited routes | Reload"})
    void whatJmxShowsHasTheListedAttributes(String heading, String type) throws Exception {
        Set<String> listed = Markdown.rowsUnder(page, heading).stream()
                .map(row -> Markdown.firstCode(row.get(0)))
                .collect(Collectors.toCollection(TreeSet::new));

        MBeanAttributeInfo[] found = ManagementFactory.getPlatformMBeanServer()
                .getMBeanInfo(new ObjectName("routes:type=" + type))
                .getAttributes();

        assertThat(listed)
                .isEqualTo(Arrays.stream(found)
                        .map(MBeanAttributeInfo::getName)
                        .collect(Collectors.toCollection(TreeSet::new)))
                .isNotEmpty();
    }

    private static List<Matcher> samples() throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .toList();
    }

    private static Map<String, String> tags(Matcher sample) {
        Map<String, String> tags = new TreeMap<>();
        Matcher tag = TAG.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (tag.find()) {
            if (!OF_THE_FORMAT.contains(tag.group(1))) {
                tags.put(tag.group(1), tag.group(2));
            }
        }
        return tags;
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(app.observeUrl() + path)).build(), BodyHandlers.ofString());
    }
}
