package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import routes.archive.ArchiveFile;
import routes.archive.ArchiveStore;
import routes.archive.CaptureReader;
import routes.archive.CapturedRecord;
import routes.archive.CurrentFiles;
import routes.archive.LocalStore;
import routes.broker.LogCut;

/** The archive of the whole application, on a broker that loses the end of its log while it is stopped. */
@Timeout(180)
class ArchiveLogCutIT {
    private static final String TOPIC = "rig.telemetry";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> SETTINGS = Map.of("rigs.count", "0", "archive.window", "1s");

    @TempDir
    private Path data;

    private static void send(TestApplication app, String what, int count) {
        for (int i = 0; i < count; i++) {
            app.send(TOPIC, 0, "R".getBytes(UTF_8), (what + " " + i).getBytes(UTF_8));
        }
    }

    @Test
    void whatIsWrittenInPlaceOfTheLostRecordsStandsInTheArchiveOnce() throws Exception {
        try (TestApplication app = TestApplication.start(data, SETTINGS)) {
            send(app, "old", 100);
            Awaitility.await().atMost(PATIENCE).until(() -> app.scrape("rig_archive_records_total.*") >= 100);
        }
        long end = LogCut.last(data.resolve("kafka"), TOPIC, 0, 40);
        assertThat(end).isBetween(1L, 60L);

        try (TestApplication app = TestApplication.start(data, SETTINGS)) {
            send(app, "new", 200);

            List<ConsumerRecord<byte[], byte[]>> held = app.await((int) end + 200, TOPIC);
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(archived())
                    .isEqualTo(expected(held)));
            assertThat(app.scrape("rig_archive_truncated_total.*")).isEqualTo(100 - end);
        }
    }

    private static Map<Long, String> expected(List<ConsumerRecord<byte[], byte[]>> held) {
        Map<Long, String> expected = new HashMap<>();
        held.stream()
                .filter(record -> record.partition() == 0)
                .forEach(record -> expected.put(record.offset(), record.timestamp() + Arrays.toString(record.value())));
        return expected;
    }

    /** By offset what stands once; fails where an offset stands twice among what the log has not lost. */
    private Map<Long, String> archived() throws IOException {
        ArchiveStore store = new LocalStore(data.resolve("archive/capture"));
        Map<Long, String> archived = new HashMap<>();
        List<ArchiveFile> files = new ArrayList<>();
        for (String path : store.list("rig-streams/" + TOPIC + "/0/").toList()) {
            files.add(CaptureReader.describe(store, path));
        }
        for (ArchiveFile file : CurrentFiles.of(files)) {
            assertThat(file.log().cluster()).isNotEmpty();
            assertThat(file.log().topic()).isNotEmpty();
            try (CaptureReader reader = CaptureReader.open(store, file.path())) {
                for (CapturedRecord record = reader.next(); record != null; record = reader.next()) {
                    if (record.offset() < file.lostFrom()) {
                        assertThat(archived.put(
                                        record.offset(), record.timestampMillis() + Arrays.toString(record.value())))
                                .isNull();
                    }
                }
            }
        }
        return archived;
    }
}
