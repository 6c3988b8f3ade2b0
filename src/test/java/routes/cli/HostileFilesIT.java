package routes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.JarProcess;
import routes.archive.CaptureFormat;

/** Files whose sizes are lies, or whose contents have no end, read by the program with little memory. */
@Timeout(180)
class HostileFilesIT {
    /** Overrides what the test would give it otherwise. */
    private static final Map<String, String> LITTLE_MEMORY = Map.of("_JAVA_OPTIONS", "-Xmx128m");

    private static final long TWO_GIBIBYTES = 1L << 31;
    private static final byte[] SYNC = new byte[16];
    private static final int BLOCK_OF_ZEROS = 1 << 20;

    @TempDir
    private Path folder;

    enum Lie {
        BLOCK,
        TEXT,
        BYTES,
        MAP,
        METADATA,
        METADATA_ENTRIES,
        NEGATIVE
    }

    @ParameterizedTest
    @EnumSource(Lie.class)
    void aLengthThatIsALieIsNamedInASentence(Lie lie) throws Exception {
        Path file = folder.resolve("lie.avro");
        try (OutputStream out = Files.newOutputStream(file)) {
            BinaryEncoder encoder = header(out, lie);
            block(encoder, lie);
            encoder.flush();
        }

        assertRefused(1, file, "archive", "cat", file.toString());
    }

    private static BinaryEncoder header(OutputStream out, Lie lie) throws IOException {
        out.write(new byte[] {'O', 'b', 'j', 1});
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        encoder.writeMapStart();
        encoder.setItemCount(lie == Lie.METADATA_ENTRIES ? TWO_GIBIBYTES : 1);
        encoder.startItem();
        encoder.writeString("avro.schema");
        if (lie == Lie.METADATA) {
            encoder.writeLong(TWO_GIBIBYTES - 9);
        }
        encoder.writeBytes(CaptureFormat.SCHEMA_JSON.getBytes(UTF_8));
        encoder.writeLong(0);
        encoder.writeFixed(SYNC);
        return encoder;
    }

    private static void block(BinaryEncoder out, Lie lie) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        BinaryEncoder record = EncoderFactory.get().directBinaryEncoder(content, null);
        record.writeLong(7);
        record.writeLong(lie == Lie.TEXT ? TWO_GIBIBYTES - 9 : lie == Lie.NEGATIVE ? -5 : 1);
        record.writeFixed(new byte[] {'7'});
        record.writeString("12/1/2020 12:00:00 AM");
        record.writeLong(lie == Lie.MAP ? TWO_GIBIBYTES - 9 : 0);
        record.writeLong(0);
        record.writeIndex(1);
        record.writeLong(lie == Lie.BYTES ? TWO_GIBIBYTES - 9 : 1);
        record.writeFixed(new byte[] {'x'});
        out.writeLong(1);
        out.writeLong(lie == Lie.BLOCK ? TWO_GIBIBYTES - 9 : content.size());
        out.writeFixed(content.toByteArray());
        out.writeFixed(SYNC);
    }

    @Test
    void aValueThatIsPackedAThousandTimesSmallerIsNotUnpackedAsAWhole() throws Exception {
        Path file = folder.resolve("bomb.avro");
        bomb(file, 1_500);
        assertThat(Files.size(file)).isLessThan(2_000_000);

        assertRefused(1, file, "archive", "cat", file.toString());
        assertRefused(1, file, "archive", "list", file.toString());
    }

    /** What is almost nothing in a file, and an object each in memory. */
    enum Crowd {
        SYSTEM_PROPERTIES,
        PROPERTIES,
        HEADERS,
        NOTHINGS
    }

    @ParameterizedTest
    @EnumSource(Crowd.class)
    void aCrowdOfSmallThingsIsNotHeld(Crowd crowd) throws Exception {
        Path file = folder.resolve("crowd.avro");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        BinaryEncoder record = EncoderFactory.get().directBinaryEncoder(content, null);
        if (crowd == Crowd.NOTHINGS) {
            for (int block = 0; block < 100_000; block++) {
                record.writeLong(3_000_000);
            }
            record.writeLong(0);
        }
        record.writeLong(7);
        record.writeString("7");
        record.writeString("12/1/2020 12:00:00 AM");
        properties(record, crowd == Crowd.SYSTEM_PROPERTIES, crowd == Crowd.HEADERS);
        properties(record, crowd == Crowd.PROPERTIES, false);
        record.writeIndex(1);
        record.writeBytes(new byte[] {'x'});
        String schema = crowd == Crowd.NOTHINGS
                ? CaptureFormat.SCHEMA_JSON.replace(
                        "\"fields\":[",
                        "\"fields\":[{\"name\":\"None\",\"type\":{\"type\":\"array\",\"items\":\"null\"}},")
                : CaptureFormat.SCHEMA_JSON;
        packed(file, schema, content::writeTo);

        assertRefused(1, file, "archive", "cat", file.toString());
    }

    private static void properties(BinaryEncoder record, boolean many, boolean headers) throws IOException {
        int count = many ? 900_000 : headers ? 1 : 0;
        if (count > 0) {
            record.writeLong(count);
        }
        for (int i = 0; many && i < count; i++) {
            record.writeString(Integer.toHexString(i));
            record.writeIndex(0);
            record.writeLong(0);
        }
        if (headers) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            BinaryEncoder list = EncoderFactory.get().directBinaryEncoder(all, null);
            list.writeLong(3_500_000);
            all.write(new byte[7_000_000]);
            list.writeLong(0);
            record.writeString("x-rig-headers");
            record.writeIndex(3);
            record.writeBytes(all.toByteArray());
        }
        record.writeLong(0);
    }

    @Test
    void aValueOfSomeMegabytesIsPrinted() throws Exception {
        Path file = folder.resolve("large.avro");
        bomb(file, 4);

        try (JarProcess cat = run("archive", "cat", file.toString())) {
            assertThat(cat.exitCode(Duration.ofSeconds(60))).as(cat::err).isZero();
            assertThat(cat.out().length()).isGreaterThan(4_000_000);
        }
    }

    /** One record whose body is so many megabytes of the letter a. */
    private static void bomb(Path file, int megabytes) throws IOException {
        ByteArrayOutputStream begin = new ByteArrayOutputStream();
        BinaryEncoder record = EncoderFactory.get().directBinaryEncoder(begin, null);
        record.writeLong(7);
        record.writeString("7");
        record.writeString("12/1/2020 12:00:00 AM");
        record.writeLong(0);
        record.writeLong(0);
        record.writeIndex(1);
        record.writeLong((long) megabytes * BLOCK_OF_ZEROS);
        byte[] letters = "a".repeat(BLOCK_OF_ZEROS).getBytes(UTF_8);
        packed(file, CaptureFormat.SCHEMA_JSON, out -> {
            out.write(begin.toByteArray());
            for (int i = 0; i < megabytes; i++) {
                out.write(letters);
            }
        });
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** A file of one record. */
    private static void packed(Path file, String schema, Content record) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated =
                new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_COMPRESSION, true))) {
            record.writeTo(deflated);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(new byte[] {'O', 'b', 'j', 1});
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            encoder.writeMapStart();
            encoder.setItemCount(2);
            for (String[] entry :
                    List.of(new String[] {"avro.schema", schema}, new String[] {"avro.codec", "deflate"})) {
                encoder.startItem();
                encoder.writeString(entry[0]);
                encoder.writeBytes(entry[1].getBytes(UTF_8));
            }
            encoder.writeMapEnd();
            encoder.writeFixed(SYNC);
            encoder.writeLong(1);
            encoder.writeLong(packed.size());
            encoder.writeFixed(packed.toByteArray());
            encoder.writeFixed(SYNC);
        }
    }

    @Test
    void aRecordedLogWithALineOf300MegabytesIsRefused() throws Exception {
        Path file = folder.resolve("line.csv");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(300_000_000);
        }

        assertRefused(78, file, "run", "--set", "rigs.recording=" + file);
    }

    @Test
    void aRecordedLogWithThreeMillionColumnsIsRefused() throws Exception {
        Path file = folder.resolve("columns.csv");
        Files.writeString(file, "TIME" + ",a".repeat(3_000_000) + "\ns\n");

        assertRefused(78, file, "run", "--set", "rigs.recording=" + file);
    }

    @Test
    void aRecordedLogWithHundredsOfThousandsOfColumnsOfOneNameIsRefused() throws Exception {
        Path file = folder.resolve("names.csv");
        Files.writeString(file, "TIME" + ",a".repeat(400_000) + "\ns\n");

        assertRefused(78, file, "run", "--set", "rigs.recording=" + file);
    }

    private JarProcess run(String... arguments) throws IOException {
        Path here = Files.createDirectories(folder.resolve("run/here"));
        return JarProcess.start(JarProcess.jar(), here, LITTLE_MEMORY, arguments);
    }

    /** One sentence, with the file in it, is all that it says. */
    private void assertRefused(int exitCode, Path file, String... arguments) throws Exception {
        try (JarProcess process = run(arguments)) {
            assertThat(process.exitCode(Duration.ofSeconds(120)))
                    .as(process::toString)
                    .isEqualTo(exitCode);
            List<String> said = process.err()
                    .lines()
                    .filter(line -> !line.startsWith("Picked up _JAVA_OPTIONS"))
                    .filter(line -> !line.equals("no message of the archive is meant"))
                    .filter(line -> !line.matches("no file of .* is meant"))
                    .toList();
            assertThat(said).as(process::toString).hasSize(1);
            assertThat(said.get(0))
                    .contains(file.getFileName().toString())
                    .contains("expected")
                    .doesNotContain("OutOfMemory");
        }
    }
}
