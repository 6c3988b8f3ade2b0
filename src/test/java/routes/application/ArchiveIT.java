package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.archive.ArchiveStore;
import routes.archive.CaptureReader;
import routes.archive.CapturedRecord;
import routes.archive.LocalStore;
import routes.cli.Commands;

/** The archive of the whole application holds what the topic holds: every record, once, unchanged. */
class ArchiveIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    private static Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of("rigs.count", "0", "archive.window", "1s"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private static void send(TestApplication app, int from, int count) {
        for (int i = from; i < from + count; i++) {
            Header[] headers = {
                new RecordHeader("twice", new byte[] {1}),
                new RecordHeader("n", Integer.toString(i).getBytes(UTF_8)),
                new RecordHeader("twice", null)
            };
            app.sendLater(
                    "rig.telemetry", i % 8, ("R" + i % 3).getBytes(UTF_8), ("value " + i).getBytes(UTF_8), headers);
        }
        app.send("rig.telemetry", 0, null, null);
    }

    private List<String> archived() throws IOException {
        ArchiveStore store = new LocalStore(data.resolve("archive/capture"));
        List<String> records = new ArrayList<>();
        for (String path : store.list("").toList()) {
            try (CaptureReader reader = CaptureReader.open(store, path)) {
                for (CapturedRecord record = reader.next(); record != null; record = reader.next()) {
                    records.add(text(
                            record.partition(),
                            record.offset(),
                            record.timestampMillis(),
                            record.key(),
                            record.value(),
                            record.headers()));
                }
            }
        }
        return records;
    }

    private static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> text(
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.key(),
                        record.value(),
                        List.of(record.headers().toArray())))
                .toList();
    }

    private static String text(
            int partition, long offset, long timestamp, byte[] key, byte[] value, List<Header> headers) {
        return partition + "/" + offset + " at " + timestamp + ": " + Arrays.toString(key) + "="
                + Arrays.toString(value)
                + headers.stream()
                        .map(header -> header.key() + "=" + Arrays.toString(header.value()))
                        .toList();
    }

    private static long committed(TestApplication app) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", app.bootstrapServers()))) {
            return admin
                    .listConsumerGroupOffsets("rig-streams.archive-telemetry")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }

    @Test
    void aRouteThatIsRewoundArchivesNothingTwice() throws Exception {
        List<String> sent;
        try (TestApplication app = TestApplication.start(data, settings())) {
            send(app, 0, 200);
            Awaitility.await().atMost(PATIENCE).until(() -> archived().size() >= 100);
            operate("stop");
            operate("rewind", "--to", "earliest");
            operate("start");
            send(app, 200, 50);
            sent = texts(app.settled("rig.telemetry"));
        }

        assertThat(sent).hasSize(252);
        assertThat(archived()).containsExactlyInAnyOrderElementsOf(sent);
    }

    private void operate(String what, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("routes", what, "archive-telemetry", "--set", "data.dir=" + data));
        arguments.addAll(List.of(more));
        assertThat(Commands.execute(arguments.toArray(String[]::new))).as(what).isZero();
    }

    @Test
    void everyRecordStandsOnceAlsoOfPartitionsThatFallSilent() throws Exception {
        try (TestApplication app = TestApplication.start(data, settings())) {
            send(app, 0, 400);

            List<String> held = texts(app.await(401, "rig.telemetry"));

            Awaitility.await().atMost(PATIENCE).until(() -> app.scrape("rig_archive_records_total.*") >= 401);
            assertThat(archived()).containsExactlyInAnyOrderElementsOf(held);
            assertThat(app.scrape("rig_archive_records_total.*")).isEqualTo(401);
            Awaitility.await()
                    .alias("what stands is committed, though no record comes")
                    .atMost(PATIENCE)
                    .until(() -> committed(app) == held.size());
            app.awaitReadiness(200);
        }
    }

    @Test
    void anOrderlyStopFinishesTheFilesAndTheNextStartDoublesNothing() throws Exception {
        List<String> held;
        try (TestApplication app = TestApplication.start(data, settings("archive.window", "1h"))) {
            send(app, 0, 200);
            Awaitility.await().atMost(PATIENCE).until(() -> app.scrape("rig_archive_lag_seconds.*") > 0.5);
        }
        assertThat(archived()).isNotEmpty();

        try (TestApplication app = TestApplication.start(data, settings("kafka.consumers-per-route", "3"))) {
            send(app, 200, 200);
            held = texts(app.await(402, "rig.telemetry"));
            Awaitility.await().atMost(PATIENCE).until(() -> archived().size() >= 402);
        }

        assertThat(archived()).containsExactlyInAnyOrderElementsOf(held);
        try (Stream<Path> left = Files.list(data.resolve("archive/buffers"))) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    @Test
    void aStoreThatTakesNothingTurnsReadinessRedAndNothingIsSkipped() throws Exception {
        Path archive = Files.createDirectories(data.resolve("archive"));
        Files.writeString(archive.resolve("capture"), "a file where the folder must be");
        try (TestApplication app = TestApplication.start(data, settings())) {
            send(app, 0, 100);
            app.awaitReadiness(503, "the archive in", "capture");

            Files.delete(archive.resolve("capture"));

            List<String> held = texts(app.await(101, "rig.telemetry"));
            Awaitility.await().atMost(PATIENCE).until(() -> archived().size() >= 101);
            assertThat(archived()).containsExactlyInAnyOrderElementsOf(held);
            app.awaitReadiness(200);
        }
    }

    /** As a run that ends by itself waits for it. */
    @Test
    void allIsCaughtUpWithOnceTheArchiveHasReadItAndTheStopPutsItIntoFiles() throws Exception {
        Path blocked = Files.createDirectories(data.resolve("archive")).resolve("capture");
        Files.writeString(blocked, "a file where the folder must be");
        List<String> held;
        try (TestApplication app = TestApplication.start(data, settings())) {
            send(app, 0, 300);
            app.awaitReadiness(503, "the archive in");
            assertThat(app.application().awaitCaughtUp(Duration.ofSeconds(2))).isFalse();

            Files.delete(blocked);

            assertThat(app.application().awaitCaughtUp(PATIENCE)).isTrue();
            held = texts(app.await(301, "rig.telemetry"));
        }
        assertThat(archived()).containsExactlyInAnyOrderElementsOf(held);
    }

    @Test
    void aRunThatEndsHasArchivedAllThatTheRigsHaveSent() throws Exception {
        List<String> held;
        try (TestApplication app = TestApplication.start(
                data, settings("rigs.count", "40", "rigs.period", "100ms", "archive.window", "1h"))) {
            app.await(1_000, "rig.telemetry");

            app.application().stopGenerating();

            assertThat(app.application().awaitCaughtUp(PATIENCE)).isTrue();
            held = texts(app.settled("rig.telemetry"));
        }
        assertThat(archived()).hasSizeGreaterThanOrEqualTo(1_000).containsExactlyInAnyOrderElementsOf(held);
    }
}
