package routes.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Decoder;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import routes.kafka.LogId;

/**
 * Reads a file in Capture format, ours or one that Event Hubs wrote, record by record, and holds one of them. What a
 * file says of its sizes is not trusted: a record may take a sixteenth of the memory. Codecs: null and deflate. For one
 * thread.
 */
public final class CaptureReader implements AutoCloseable {
    private static final String EXPECTED = "expected an Avro file as Event Hubs Capture writes it";

    private final String path;
    private final AvroBlocks file;
    private final Schema schema;
    private final OrderedReader records;
    private final Optional<CapturePath> name;
    private final int partition;
    private final long promised;
    private final LogId log;
    private long read;

    /**
     * @param in is closed with this reader, or when this throws
     * @param path how messages name the file; topic and partition are taken from it if the file does not say them
     * @throws ArchiveException if this is no Avro file, or one of another schema or codec
     */
    public CaptureReader(InputStream in, String path) throws IOException {
        this.path = path;
        this.name = CapturePath.parse(path);
        try {
            this.file = new AvroBlocks(in, mostBytes());
            this.schema = new Schema.Parser().parse(file.text("avro.schema").orElse(""));
            requireCaptureSchema();
            this.records = new OrderedReader(schema);
            this.partition = Math.toIntExact(metadata(
                    CaptureFormat.META_PARTITION,
                    name.map(CapturePath::partition).orElse(-1)));
            this.promised = metadata(CaptureFormat.META_RECORDS, -1);
            this.log = new LogId(
                    file.text(CaptureFormat.META_CLUSTER_ID).orElse(""),
                    file.text(CaptureFormat.META_TOPIC_ID).orElse(""),
                    Math.toIntExact(metadata(CaptureFormat.META_LEADER_EPOCH, -1)));
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
            in.close();
            throw e instanceof ArchiveException known ? known : notReadable(e);
        }
    }

    private static long mostBytes() {
        return Runtime.getRuntime().maxMemory() / 16;
    }

    /**
     * @throws ArchiveException as the constructor, or if the store has no such file
     */
    public static CaptureReader open(ArchiveStore store, String path) throws IOException {
        try {
            return new CaptureReader(store.open(path), path);
        } catch (NoSuchFileException e) {
            throw new ArchiveException(path + ": there is no such file in " + store.description(), e);
        }
    }

    /**
     * What a file holds: as it says itself if we wrote it; any other is read through.
     *
     * @throws ArchiveException as {@link #open}, and as {@link #next} if it must be read through
     */
    public static ArchiveFile describe(ArchiveStore store, String path) throws IOException {
        try (CaptureReader reader = open(store, path)) {
            long bytes = store.size(path);
            return reader.isOurs() ? reader.described(bytes) : reader.counted(bytes);
        } catch (NumberFormatException e) {
            throw new ArchiveException(
                    path + ": the file's header says something else than numbers (" + e.getMessage() + ")", e);
        }
    }

    /**
     * The offset of a file's first record that is not older; the one after its last if there is none.
     *
     * @throws ArchiveException as {@link #next}
     */
    public static long firstSince(ArchiveStore store, ArchiveFile file, long millis) throws IOException {
        try (CaptureReader reader = open(store, file.path())) {
            CapturedRecord record = reader.next();
            while (record != null && record.timestampMillis() < millis) {
                record = reader.next();
            }
            return record == null ? file.lastOffset() + 1 : record.offset();
        }
    }

    /** The schema that the file was written with. */
    public Schema schema() {
        return schema;
    }

    /** How the file's blocks are compressed: null or deflate. */
    public String codec() {
        return file.codec();
    }

    /** From the file itself, or else from its path; empty if neither says it. */
    public String topic() {
        return file.text(CaptureFormat.META_TOPIC)
                .or(() -> name.map(CapturePath::topic))
                .orElse("");
    }

    /** From the file itself, or else from its path; -1 if neither says it. */
    public int partition() {
        return partition;
    }

    /**
     * The next record.
     *
     * @return null at the file's end
     * @throws ArchiveException if the file is damaged or ends before it should
     */
    public CapturedRecord next() throws IOException {
        try {
            Decoder next = file.next();
            if (next == null) {
                requireWhole();
                return null;
            }
            CapturedRecord record = record(records.read(null, next));
            read++;
            return record;
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
            throw e instanceof ArchiveException known
                    ? known
                    : new ArchiveException(
                            path + ": the file is damaged or was cut off after record " + read + " (" + reason(e) + ")",
                            e);
        }
    }

    private void requireCaptureSchema() throws ArchiveException {
        if (SchemaCompatibility.checkReaderWriterCompatibility(CaptureFormat.SCHEMA, schema)
                        .getType()
                != SchemaCompatibilityType.COMPATIBLE) {
            throw new ArchiveException(path + ": the file has the Avro schema " + schema.getFullName() + ", expected "
                    + CaptureFormat.SCHEMA.getFullName() + " with the fields of Event Hubs Capture");
        }
    }

    private void requireWhole() throws ArchiveException {
        if (promised >= 0 && read != promised) {
            throw new ArchiveException(
                    path + ": the file has " + read + " records, expected the " + promised + " that its header says");
        }
    }

    private ArchiveException notReadable(Throwable cause) {
        String found = cause instanceof EOFException ? "the file ends within its header" : reason(cause);
        return new ArchiveException(path + ": " + found + "; " + EXPECTED + ", codec null or deflate", cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private boolean isOurs() {
        return promised >= 0;
    }

    private ArchiveFile described(long bytes) throws ArchiveException {
        return new ArchiveFile(
                path,
                topic(),
                partition(),
                metadata(CaptureFormat.META_FIRST_OFFSET, -1),
                metadata(CaptureFormat.META_LAST_OFFSET, -1),
                promised,
                bytes,
                metadata(CaptureFormat.META_FIRST_TIME, -1),
                metadata(CaptureFormat.META_LAST_TIME, -1),
                log);
    }

    private ArchiveFile counted(long bytes) throws IOException {
        CapturedRecord first = next();
        CapturedRecord last = first;
        for (CapturedRecord record = first; record != null; record = next()) {
            last = record;
        }
        return new ArchiveFile(
                path,
                topic(),
                partition(),
                first == null ? -1 : first.offset(),
                last == null ? -1 : last.offset(),
                read,
                bytes,
                first == null ? -1 : first.timestampMillis(),
                last == null ? -1 : last.timestampMillis(),
                log);
    }

    private long metadata(String key, long otherwise) {
        return file.text(key).map(Long::parseLong).orElse(otherwise);
    }

    private CapturedRecord record(GenericRecord event) throws IOException {
        Map<?, ?> system = (Map<?, ?>) event.get("SystemProperties");
        Object millis = named(system, CaptureFormat.TIMESTAMP);
        Object headers = named(system, CaptureFormat.HEADERS);
        return new CapturedRecord(
                topic(),
                partition(),
                (Long) event.get("SequenceNumber"),
                millis instanceof Long exact
                        ? exact
                        : CaptureFormat.timeMillis(event.get("EnqueuedTimeUtc").toString()),
                bytes(named(system, CaptureFormat.KEY)),
                bytes(event.get("Body")),
                headers == null ? properties((Map<?, ?>) event.get("Properties")) : headers(bytes(headers)),
                log);
    }

    private static Object named(Map<?, ?> properties, String name) {
        for (Map.Entry<?, ?> property : properties.entrySet()) {
            if (name.contentEquals((CharSequence) property.getKey())) {
                return property.getValue();
            }
        }
        return null;
    }

    private static List<Header> properties(Map<?, ?> properties) {
        List<Header> headers = new ArrayList<>(properties.size());
        properties.forEach((name, value) -> headers.add(new RecordHeader(name.toString(), bytes(value))));
        return headers;
    }

    private static List<Header> headers(byte[] encoded) throws IOException {
        BoundedDecoder decoder = new BoundedDecoder(new ByteArrayInputStream(encoded), mostBytes());
        List<Header> headers = new ArrayList<>();
        for (long block = decoder.readArrayStart(); block > 0; block = decoder.arrayNext()) {
            for (long i = 0; i < block; i++) {
                String name = decoder.readString();
                headers.add(new RecordHeader(name, decoder.readIndex() == 0 ? null : bytes(decoder.readBytes(null))));
            }
        }
        return headers;
    }

    /** Numbers and text, which other writers put into properties, as text. */
    private static byte[] bytes(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Keeps the order of a map's entries, which is that of the record's headers. */
    private static final class OrderedReader extends GenericDatumReader<GenericRecord> {
        OrderedReader(Schema written) {
            super(written, CaptureFormat.SCHEMA, slowly());
        }

        /** Avro's faster way of reading has maps of its own, without order. */
        private static GenericData slowly() {
            GenericData data = new GenericData();
            data.setFastReaderEnabled(false);
            return data;
        }

        @Override
        protected Object newMap(Object old, int size) {
            return new LinkedHashMap<>();
        }
    }
}
