package routes.archive;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import routes.kafka.LogId;
import routes.settings.PrivateFiles;

/**
 * Writes one Capture file, of one partition, to a local path. Its records are on disk after {@link #pause}; until then
 * some are in the encoder, which it shares with the writers of other files. The same records in the same batches give
 * the same bytes.
 */
final class CaptureWriter {
    private final CaptureEncoder encoder;
    private final Path file;
    private final byte[] sync;
    private final LogId log;
    private final long firstTimeMillis;
    private final Map<String, Integer> places = new HashMap<>();
    private OutputStream out;
    private long bytes;
    private long lastOffset = -1;
    private long lastTimeMillis = -1;
    private long records;

    /**
     * @param file must not exist
     * @param first the first record that will be added
     */
    CaptureWriter(CaptureEncoder encoder, Path file, CapturedRecord first) throws IOException {
        this.encoder = encoder;
        this.file = file;
        this.log = first.log();
        this.firstTimeMillis = first.timestampMillis();
        this.sync = sync(first);
        byte[] header = header(first);
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, header, 0);
        }
        this.bytes = header.length;
    }

    /** The same for the same topic, partition and first offset, so that a file that is written again is the same file. */
    private static byte[] sync(CapturedRecord first) {
        String place = first.topic() + "/" + first.partition() + "/" + first.offset();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private byte[] header(CapturedRecord first) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(new byte[] {'O', 'b', 'j', 1});
        BinaryEncoder entries = EncoderFactory.get().directBinaryEncoder(header, null);
        Map<String, String> known = known(first);
        entries.writeMapStart();
        entries.setItemCount(known.size() + 3);
        for (Map.Entry<String, String> entry : known.entrySet()) {
            write(entries, entry.getKey(), entry.getValue());
        }
        for (String later :
                new String[] {CaptureFormat.META_LAST_OFFSET, CaptureFormat.META_LAST_TIME, CaptureFormat.META_RECORDS
                }) {
            write(entries, later, digits(0));
            places.put(later, header.size() - CaptureFormat.DIGITS);
        }
        entries.writeMapEnd();
        header.write(sync);
        return header.toByteArray();
    }

    private static Map<String, String> known(CapturedRecord first) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("avro.codec", "deflate");
        known.put("avro.schema", CaptureFormat.SCHEMA_JSON);
        known.put(CaptureFormat.META_TOPIC, first.topic());
        known.put(CaptureFormat.META_PARTITION, Integer.toString(first.partition()));
        LogId log = first.log();
        if (!log.cluster().isEmpty()) {
            known.put(CaptureFormat.META_CLUSTER_ID, log.cluster());
        }
        if (!log.topic().isEmpty()) {
            known.put(CaptureFormat.META_TOPIC_ID, log.topic());
        }
        if (log.leaderEpoch() >= 0) {
            known.put(CaptureFormat.META_LEADER_EPOCH, Integer.toString(log.leaderEpoch()));
        }
        known.put(CaptureFormat.META_FIRST_OFFSET, Long.toString(first.offset()));
        known.put(CaptureFormat.META_FIRST_TIME, Long.toString(first.timestampMillis()));
        return known;
    }

    private static void write(BinaryEncoder entries, String key, String value) throws IOException {
        entries.startItem();
        entries.writeString(key);
        entries.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String digits(long number) {
        return ("%0" + CaptureFormat.DIGITS + "d").formatted(number);
    }

    void add(CapturedRecord record) throws IOException {
        boolean full = encoder.add(record);
        lastOffset = record.offset();
        lastTimeMillis = record.timestampMillis();
        records++;
        if (full) {
            writeBlock();
        }
    }

    /** Writes out what is in the encoder and closes the file, until the next record is added. */
    void pause() throws IOException {
        writeBlock();
        if (out != null) {
            OutputStream ending = out;
            out = null;
            ending.close();
        }
    }

    private void writeBlock() throws IOException {
        if (out == null) {
            out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND), 64 * 1024);
        }
        Counting counting = new Counting(out);
        encoder.writeBlock(counting, sync);
        bytes += counting.written;
    }

    /** Says in the file's header what it holds; nothing can be added any more. */
    void finish() throws IOException {
        pause();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            fill(channel, CaptureFormat.META_LAST_OFFSET, lastOffset);
            fill(channel, CaptureFormat.META_LAST_TIME, lastTimeMillis);
            fill(channel, CaptureFormat.META_RECORDS, records);
        }
    }

    private void fill(FileChannel channel, String key, long number) throws IOException {
        write(channel, digits(number).getBytes(StandardCharsets.US_ASCII), places.get(key));
    }

    private static void write(FileChannel channel, byte[] bytes, long at) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left, at + left.position());
        }
    }

    /** Gives the file up. */
    void discard() throws IOException {
        encoder.discard();
        if (out != null) {
            OutputStream ending = out;
            out = null;
            try {
                ending.close();
            } finally {
                Files.deleteIfExists(file);
            }
        } else {
            Files.deleteIfExists(file);
        }
    }

    Path file() {
        return file;
    }

    LogId log() {
        return log;
    }

    long firstTimeMillis() {
        return firstTimeMillis;
    }

    long lastOffset() {
        return lastOffset;
    }

    /** Of the file, as far as it is written. */
    long bytes() {
        return bytes;
    }

    private static final class Counting extends OutputStream {
        private final OutputStream out;
        private long written;

        Counting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            written++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            written += length;
        }
    }
}
