package routes.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.kafka.LogId;

/** What stands in our files, as Avro's own reader sees it, and what our reader makes of ours and of others. */
class CaptureFormatTest {
    private static final Path REAL = Path.of("../shared/data/capture-24.avro");
    private static final long TIME = 1_593_100_049_123L;

    @TempDir
    private Path folder;

    @Test
    void theSchemaIsThatOfARealFileToTheLetter() throws IOException {
        assumeTrue(Files.exists(REAL), "needs " + REAL);

        try (DataFileReader<GenericRecord> real = new DataFileReader<>(REAL.toFile(), new GenericDatumReader<>())) {
            assertThat(CaptureFormat.SCHEMA_JSON).isEqualTo(real.getMetaString("avro.schema"));
        }
    }

    @Test
    void aRealFileIsRead() throws IOException {
        assumeTrue(Files.exists(REAL), "needs " + REAL);

        try (CaptureReader reader = new CaptureReader(Files.newInputStream(REAL), "capture-24.avro")) {
            List<CapturedRecord> records = Captured.readAll(reader);

            assertThat(reader.codec()).isEqualTo("null");
            assertThat(records).hasSizeGreaterThan(5);
            assertThat(records.get(0).timestampMillis()).isEqualTo(1_593_100_049_000L);
            assertThat(new String(records.get(0).value(), UTF_8)).startsWith("{\"location\": {\"type\": \"Point\"");
            assertThat(records).isSortedAccordingTo((a, b) -> Long.compare(a.offset(), b.offset()));
        }
    }

    @Test
    void avrosOwnReaderSeesTheValuesAsCaptureWritesThem() throws IOException {
        CapturedRecord record = Captured.record(
                3, 42, TIME, "{}", new RecordHeader("schema", "rig/1".getBytes(UTF_8)), new RecordHeader("none", null));

        Path file = Captured.write(folder.resolve("f.avro"), List.of(record));

        GenericRecord event = generic(file).get(0);
        assertThat(event.get("SequenceNumber")).isEqualTo(42L);
        assertThat(event.get("Offset")).hasToString("42");
        assertThat(event.get("EnqueuedTimeUtc")).hasToString("6/25/2020 3:47:29 PM");
        assertThat(event.get("Body")).isEqualTo(ByteBuffer.wrap("{}".getBytes(UTF_8)));
        assertThat(event.get("SystemProperties"))
                .isEqualTo(Map.of(
                        new Utf8("x-opt-kafka-key"),
                        ByteBuffer.wrap("k3".getBytes(UTF_8)),
                        new Utf8("x-rig-timestamp-ms"),
                        TIME));
        Map<Object, Object> properties = new HashMap<>();
        properties.put(new Utf8("schema"), ByteBuffer.wrap("rig/1".getBytes(UTF_8)));
        properties.put(new Utf8("none"), null);
        assertThat(event.get("Properties")).isEqualTo(properties);
    }

    @Test
    void whatAFileHoldsStandsInItsMetadata() throws IOException {
        Path file = Captured.write(
                folder.resolve("f.avro"),
                List.of(Captured.record(3, 42, TIME, "a"), Captured.record(3, 47, TIME + 5, "b")));

        ArchiveFile described = CaptureReader.describe(new LocalStore(folder), "f.avro");

        assertThat(described)
                .isEqualTo(
                        new ArchiveFile("f.avro", "t", 3, 42, 47, 2, Files.size(file), TIME, TIME + 5, LogId.UNKNOWN));
    }

    @Test
    void everythingOfARecordComesBack() throws IOException {
        byte[] any = new byte[1_000_000];
        new Random(1).nextBytes(any);
        List<CapturedRecord> records = List.of(
                new CapturedRecord("t", 0, 7, -1, null, null, List.of(), LogId.UNKNOWN),
                new CapturedRecord(
                        "t", 0, 8, Long.MAX_VALUE / 1_000_000, new byte[0], new byte[0], List.of(), LogId.UNKNOWN),
                new CapturedRecord(
                        "t",
                        0,
                        9,
                        TIME,
                        any,
                        any,
                        List.of(
                                new RecordHeader("z", any),
                                new RecordHeader("a", null),
                                new RecordHeader("m", new byte[0]),
                                new RecordHeader("z", "again".getBytes(UTF_8))),
                        LogId.UNKNOWN),
                Captured.record(
                        0,
                        10,
                        TIME,
                        "ordered",
                        new RecordHeader("z", any),
                        new RecordHeader("a", any),
                        new RecordHeader("m", any)));

        Path file = Captured.write(folder.resolve("f.avro"), records);

        try (CaptureReader reader = new CaptureReader(Files.newInputStream(file), "f.avro")) {
            Captured.assertSame(Captured.readAll(reader), records);
        }
    }

    @Test
    void theSameRecordsGiveTheSameBytes() throws IOException {
        List<CapturedRecord> records = List.of(Captured.record(3, 42, TIME, "a"), Captured.record(3, 43, TIME, "b"));

        Path one = Captured.write(folder.resolve("1.avro"), records);
        Path two = Captured.write(folder.resolve("2.avro"), records);

        assertThat(one).hasSameBinaryContentAs(two);
    }

    @Test
    void filesOfOtherWritersAreReadInBothCodecs() throws IOException {
        for (String codec : List.of("null", "deflate")) {
            byte[] file = foreign(CodecFactory.fromString(codec), CaptureFormat.SCHEMA, 3);

            try (CaptureReader reader =
                    new CaptureReader(new ByteArrayInputStream(file), "ns/hub/7/2020/06/25/15/47/29.avro")) {
                List<CapturedRecord> records = Captured.readAll(reader);

                assertThat(reader.codec()).isEqualTo(codec);
                assertThat(records).extracting(CapturedRecord::offset).containsExactly(0L, 1L, 2L);
                assertThat(records.get(0).topic()).isEqualTo("hub");
                assertThat(records.get(0).partition()).isEqualTo(7);
                assertThat(records.get(0).headers()).containsExactly(new RecordHeader("n", "5".getBytes(UTF_8)));
            }
        }
    }

    @Test
    void aFileWithoutRecordsIsEmpty() throws IOException {
        byte[] file = foreign(CodecFactory.nullCodec(), CaptureFormat.SCHEMA, 0);

        try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(file), "empty.avro")) {
            assertThat(reader.next()).isNull();
            assertThat(reader.partition()).isEqualTo(-1);
        }
    }

    @Test
    void whateverIsCutOffIsSaidWithThePath() throws IOException {
        List<CapturedRecord> records = List.of(Captured.record(0, 1, TIME, "a"), Captured.record(0, 2, TIME, "b"));
        byte[] whole = Files.readAllBytes(Captured.write(folder.resolve("f.avro"), records));

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> readAll(cut, "some/f.avro"))
                    .as("cut off at byte " + cut.length)
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageStartingWith("some/f.avro: ");
        }
    }

    @Test
    void whatIsNoCaptureFileIsSaidWithThePath() throws IOException {
        Schema other =
                SchemaBuilder.record("Other").fields().requiredString("x").endRecord();

        assertThatThrownBy(() -> readAll("just some text, long enough".getBytes(UTF_8), "a.avro"))
                .isInstanceOf(ArchiveException.class)
                .hasMessageStartingWith("a.avro: ")
                .hasMessageContaining("expected an Avro file as Event Hubs Capture writes it");
        assertThatThrownBy(() -> readAll(foreign(CodecFactory.nullCodec(), other, 0), "b.avro"))
                .isInstanceOf(ArchiveException.class)
                .hasMessage("b.avro: the file has the Avro schema Other, expected"
                        + " Microsoft.ServiceBus.Messaging.EventData with the fields of Event Hubs Capture");
    }

    private static void readAll(byte[] file, String path) throws IOException {
        try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(file), path)) {
            Captured.readAll(reader);
        }
    }

    private static List<GenericRecord> generic(Path file) throws IOException {
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            return java.util.stream.StreamSupport.stream(reader.spliterator(), false)
                    .toList();
        }
    }

    private static byte[] foreign(CodecFactory codec, Schema schema, int records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
            writer.setCodec(codec).create(schema, out);
            for (long i = 0; i < records; i++) {
                writer.append(new GenericRecordBuilder(schema)
                        .set("SequenceNumber", i)
                        .set("Offset", Long.toString(i * 1000))
                        .set("EnqueuedTimeUtc", "12/1/2020 12:00:00 AM")
                        .set("SystemProperties", Map.of())
                        .set("Properties", Map.of("n", 5L))
                        .set("Body", ByteBuffer.wrap("x".getBytes(UTF_8)))
                        .build());
            }
        }
        return out.toByteArray();
    }
}
