package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import routes.OwnRoutes;
import routes.archive.ArchiveStore;
import routes.archive.Azurite;
import routes.archive.AzuriteExtension;
import routes.archive.BlobContainer;
import routes.archive.BlobStore;
import routes.archive.CaptureReader;
import routes.archive.CapturedRecord;
import routes.deadletter.LetterFilter;
import routes.deadletter.Redrive;
import routes.deadletter.RedriveReport;
import routes.deadletter.RedriveRequest;
import routes.deadletter.RedriveTargets;
import routes.kafka.SendWatch;
import routes.settings.ConfigurationException;
import routes.settings.Given;
import routes.settings.Settings;

/** The whole application with a real Blob service as its store. */
@ExtendWith(AzuriteExtension.class)
class BlobArchiveIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path data;

    private static Map<String, String> settings(Azurite azurite, BlobContainerClient container, String... more) {
        Map<String, String> settings = new HashMap<>(azurite.settings(container.getBlobContainerName()));
        settings.put("rigs.count", "0");
        settings.put("archive.window", "1s");
        settings.put("archive.blob-timeout", "2s");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private TestApplication start(Map<String, String> settings) throws Exception {
        return TestApplication.start(data, settings, Azurite.environment());
    }

    private static void send(TestApplication app, int from, int count) {
        for (int i = from; i < from + count; i++) {
            Header header = new RecordHeader("n", Integer.toString(i).getBytes(UTF_8));
            app.sendLater(
                    "rig.telemetry", i % 8, ("R" + i % 3).getBytes(UTF_8), ("value " + i).getBytes(UTF_8), header);
        }
        app.send("rig.telemetry", 0, null, null);
    }

    private static List<String> archived(BlobContainerClient container) throws IOException {
        ArchiveStore store = new BlobStore(new BlobContainer(container), "dead-letters", "dead-letter-copies");
        List<String> records = new ArrayList<>();
        for (String path : store.list("").toList()) {
            try (CaptureReader reader = CaptureReader.open(store, path)) {
                for (CapturedRecord record = reader.next(); record != null; record = reader.next()) {
                    records.add(text(record.partition(), record.offset(), record.key(), record.value()));
                }
            }
        }
        return records;
    }

    private static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> text(record.partition(), record.offset(), record.key(), record.value()))
                .toList();
    }

    private static String text(int partition, long offset, byte[] key, byte[] value) {
        return partition + "/" + offset + " " + Arrays.toString(key) + "=" + Arrays.toString(value);
    }

    private static Object shown(String attribute) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("routes:type=Archive"), attribute);
    }

    @Test
    void everyRecordStandsOnceAndAnotherStartDoublesNothing(Azurite azurite) throws Exception {
        BlobContainerClient container = azurite.newContainer();
        try (TestApplication app = start(settings(azurite, container, "archive.window", "1h"))) {
            send(app, 0, 400);
            Awaitility.await().atMost(PATIENCE).until(() -> app.scrape("rig_archive_lag_seconds.*") > 0.5);
            assertThat(app.application().endpoints().get("archive")).startsWith(container.getBlobContainerUrl());
        }

        List<String> held;
        try (TestApplication app = start(settings(azurite, container))) {
            send(app, 400, 200);
            held = texts(app.await(602, "rig.telemetry"));
            Awaitility.await().atMost(PATIENCE).until(() -> archived(container).size() >= 602);
            assertThat(shown("Store")).isEqualTo(container.getBlobContainerUrl());
            assertThat((Long) shown("FilesWritten")).isPositive();
            assertThat((Long) shown("BytesWritten")).isPositive();
            assertThat(shown("LastFile").toString()).startsWith("rig-streams/rig.telemetry/");
            assertThat(shown("Trouble")).isEqualTo("");
            assertThat(shown("StoppedPartitions").toString()).doesNotContain("rig.telemetry-");
            app.awaitReadiness(200);
        }

        assertThat(archived(container)).containsExactlyInAnyOrderElementsOf(held);
    }

    @Test
    void aStoreThatEndsAndComesBackHasEveryRecordOnce() throws Exception {
        try (Azurite azurite = Azurite.onDisk(data.resolve("azurite"))) {
            BlobContainerClient container = azurite.newContainer();
            try (TestApplication app = start(settings(azurite, container))) {
                send(app, 0, 200);
                Awaitility.await().atMost(PATIENCE).until(() -> !archived(container)
                        .isEmpty());

                azurite.stop();
                send(app, 200, 200);
                app.awaitReadiness(503, "the archive in ", container.getBlobContainerName());
                send(app, 400, 200);
                azurite.start();

                List<String> held = texts(app.await(603, "rig.telemetry"));
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> archived(container).size() >= 603);
                assertThat(archived(container)).containsExactlyInAnyOrderElementsOf(held);
                app.awaitReadiness(200);
            }
        }
    }

    @Test
    void aStoreThatHangsTurnsReadinessRedAndHoldsUpNoStop() throws Exception {
        try (Azurite azurite = Azurite.onDisk(data.resolve("azurite"))) {
            BlobContainerClient container = azurite.newContainer();
            TestApplication app = start(settings(azurite, container, "archive.blob-timeout", "2m"));
            try {
                signal(azurite, "STOP");
                send(app, 0, 100);
                app.awaitReadiness(503, "has not answered for");
            } finally {
                long from = System.nanoTime();
                app.close();
                assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(60));
                signal(azurite, "CONT");
            }

            try (TestApplication again = start(settings(azurite, container))) {
                List<String> held = texts(again.await(101, "rig.telemetry"));
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> archived(container).size() >= 101);
                assertThat(archived(container)).containsExactlyInAnyOrderElementsOf(held);
            }
        }
    }

    private static void signal(Azurite azurite, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(azurite.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aCopyOfADeadLetterAndAValueThatDidNotFitStandThereToo(Azurite azurite) throws Exception {
        BlobContainerClient container = azurite.newContainer();
        Map<String, String> settings = settings(azurite, container);
        byte[] value = new byte[1_040_000];
        Arrays.fill(value, (byte) 'x');
        try (TestApplication app = start(settings)) {
            RecordMetadata sent = app.send("rig.telemetry", 2, "R".getBytes(UTF_8), value);
            app.await(1, "rig.dead-letters");
            ConsumerRecord<byte[], byte[]> letter =
                    app.settled("rig.dead-letters").get(0);
            String copy = "dead-letter-copies/rig-streams/rig.telemetry/2/" + sent.offset() + ".json";
            Awaitility.await().atMost(PATIENCE).until(() -> names(container).contains(copy));

            RedriveReport report = redriveAll(app, settings);

            assertThat(TestApplication.header(letter, "dlq.stored-path"))
                    .isEqualTo(container.getBlobContainerUrl() + "/dead-letters/rig-streams/rig.telemetry/2/"
                            + sent.offset() + ".bin");
            assertThat(report.sentInAll()).as(report.toString()).isEqualTo(1);
            assertThat(app.await(2, "rig.telemetry"))
                    .filteredOn(record -> record.offset() > sent.offset())
                    .singleElement()
                    .satisfies(record -> assertThat(record.value()).isEqualTo(value));
            JsonNode kept = new ObjectMapper()
                    .readTree(container.getBlobClient(copy).downloadContent().toBytes());
            assertThat(kept.get("key").asText()).isEqualTo("R");
            assertThat(kept.get("headers").get("dlq.reason").asText()).isEqualTo("too-large");
            Awaitility.await().atMost(PATIENCE).until(() -> archived(container).size() == 2);
        }
        assertThat(data.resolve("dead-letters")).doesNotExist();
        assertThat(data.resolve("dead-letter-copies")).doesNotExist();
    }

    private static List<String> names(BlobContainerClient container) {
        return container.listBlobs().stream().map(BlobItem::getName).toList();
    }

    private static RedriveReport redriveAll(TestApplication app, Map<String, String> settings) {
        RedriveRequest request =
                new RedriveRequest(LetterFilter.ALL, List.of(), Long.MAX_VALUE, 1_000, Double.POSITIVE_INFINITY, false);
        List<Given.Choice> choices = settings.entrySet().stream()
                .map(entry -> new Given.Choice(entry.getKey(), entry.getValue(), "--set"))
                .toList();
        Settings loaded = Settings.load(new Given("embedded", Azurite.environment(), List.of(), choices));
        return new Redrive(
                        Map.of("bootstrap.servers", app.bootstrapServers()),
                        Map.of(),
                        "rig.dead-letters",
                        RedriveTargets.only("rig.telemetry"),
                        new Stores(loaded).storedValues(),
                        Clock.systemUTC())
                .run(request, new SendWatch() {
                    @Override
                    public void progress(long done, long all) {
                        // nobody looks on
                    }

                    @Override
                    public boolean stopWithin(Duration time) {
                        return false;
                    }
                });
    }

    @Test
    void aRouteOfOnesOwnReachesTheSameAccount(Azurite azurite) throws Exception {
        BlobContainerClient container = azurite.newContainer();
        Path routes = ownRoutes(container.getBlobContainerName());
        Map<String, String> settings = settings(
                azurite,
                container,
                "routes.dir",
                routes.toString(),
                "routes.allow-components",
                "azure-storage-blob,timer");

        try (TestApplication app = start(settings)) {
            Awaitility.await().atMost(PATIENCE).until(() -> names(container).contains("notes/hello.txt"));
            assertThat(app.application().endpoints()).containsKey("archive");
        }

        assertThat(container.getBlobClient("notes/hello.txt").downloadContent().toString())
                .isEqualTo("hello");
    }

    private Path ownRoutes(String container) throws IOException {
        Path routes = data.resolve("routes");
        OwnRoutes.copyBuiltIn(routes);
        Files.writeString(
                routes.resolve("write-note.camel.yaml"),
                """
                - route:
                    id: write-note
                    description: Writes a note to Blob
                    routeConfigurationId: record
                    from:
                      uri: timer:write-note
                      parameters:
                        repeatCount: 1
                      steps:
                        - setBody:
                            constant: hello
                        - to:
                            id: to-notes
                            uri: azure-storage-blob:%s/%s
                            parameters:
                              operation: uploadBlockBlob
                              blobName: notes/hello.txt
                """
                        .formatted(Azurite.ACCOUNT, container));
        return routes;
    }

    @Test
    void whatRefusesStopsTheStartAndIsNamed(Azurite azurite) throws Exception {
        BlobContainerClient container = azurite.newContainer();
        Map<String, String> missing = settings(azurite, container, "archive.blob-container", "not-there");
        String wrong = Base64.getEncoder().encodeToString("wrong".getBytes(UTF_8));

        assertThat(refusal(missing, Azurite.environment()))
                .singleElement()
                .asString()
                .contains("there is no container 'not-there'", "archive.blob-create=true");
        assertThat(refusal(settings(azurite, container), Map.of("ARCHIVE_BLOB_KEY", wrong)))
                .singleElement()
                .asString()
                .contains("refuses", "403", "archive.blob-login")
                .doesNotContain(wrong);
    }

    private List<String> refusal(Map<String, String> settings, Map<String, String> environment) {
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class,
                () -> TestApplication.start(data, settings, environment).close());
        assertThat(refused).isNotNull();
        return refused.problems();
    }

    @Test
    void aMissingContainerIsCreatedIfThatIsSet(Azurite azurite) throws Exception {
        BlobContainerClient container = azurite.client().getBlobContainerClient("made-" + System.nanoTime());

        try (TestApplication app = start(settings(azurite, container, "archive.blob-create", "true"))) {
            app.send("rig.telemetry", 0, null, null);
            Awaitility.await().atMost(PATIENCE).until(() -> archived(container).size() == 1);
        }
    }
}
