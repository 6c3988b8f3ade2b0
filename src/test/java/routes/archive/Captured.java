package routes.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import routes.kafka.LogId;

/** Records for the archive, and what an archive holds. */
final class Captured {
    private Captured() {}

    static CapturedRecord record(int partition, long offset, long timestampMillis, String value, Header... headers) {
        return record(LogId.UNKNOWN, partition, offset, timestampMillis, value, headers);
    }

    static CapturedRecord record(
            LogId log, int partition, long offset, long timestampMillis, String value, Header... headers) {
        return new CapturedRecord(
                "t",
                partition,
                offset,
                timestampMillis,
                ("k" + partition).getBytes(UTF_8),
                value.getBytes(UTF_8),
                List.of(headers),
                log);
    }

    /** A file of these records, under {@code file}. */
    static Path write(Path file, List<CapturedRecord> records) throws IOException {
        try (CaptureEncoder encoder = new CaptureEncoder()) {
            CaptureWriter writer = new CaptureWriter(encoder, file, records.get(0));
            for (CapturedRecord record : records) {
                writer.add(record);
            }
            writer.finish();
        }
        return file;
    }

    static List<CapturedRecord> readAll(CaptureReader reader) throws IOException {
        List<CapturedRecord> records = new ArrayList<>();
        for (CapturedRecord record = reader.next(); record != null; record = reader.next()) {
            records.add(record);
        }
        return records;
    }

    /**
     * All records of a store below a folder, in the order of offsets, without those that the log has lost; the folder is
     * of one partition.
     */
    static List<CapturedRecord> readAll(ArchiveStore store, String folder) throws IOException {
        List<ArchiveFile> files = new ArrayList<>();
        Map<String, List<CapturedRecord>> contents = new HashMap<>();
        for (String path : store.list(folder).toList()) {
            try (CaptureReader reader = CaptureReader.open(store, path)) {
                List<CapturedRecord> ofFile = readAll(reader);
                ArchiveFile said = CaptureReader.describe(store, path);
                assertThat(said.firstOffset()).isEqualTo(ofFile.get(0).offset());
                assertThat(said.lastOffset())
                        .isEqualTo(ofFile.get(ofFile.size() - 1).offset());
                assertThat(said.records()).isEqualTo(ofFile.size());
                files.add(said);
                contents.put(path, ofFile);
            }
        }
        List<CapturedRecord> records = new ArrayList<>();
        for (ArchiveFile file : CurrentFiles.of(files)) {
            contents.get(file.path()).stream()
                    .filter(record -> record.offset() <= file.lastOffset())
                    .forEach(records::add);
        }
        records.sort(java.util.Comparator.comparingLong(CapturedRecord::offset));
        return records;
    }

    /** All of a record, bytes by their hash: short where a test fails. */
    private static String text(CapturedRecord record) {
        StringBuilder text = new StringBuilder();
        text.append(record.topic())
                .append('/')
                .append(record.partition())
                .append('/')
                .append(record.offset());
        text.append(" at ").append(record.timestampMillis());
        text.append(" key ")
                .append(Arrays.hashCode(record.key()))
                .append(" value ")
                .append(Arrays.hashCode(record.value()));
        record.headers()
                .forEach(header ->
                        text.append(' ').append(header.key()).append('=').append(Arrays.hashCode(header.value())));
        return text.toString();
    }

    static void assertSame(List<CapturedRecord> found, List<CapturedRecord> expected) {
        assertThat(found.stream().map(Captured::text))
                .containsExactlyElementsOf(expected.stream().map(Captured::text).toList());
    }
}
