package routes.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.Header;

/**
 * Turns records into the compressed blocks of Capture files. It holds the one block that is being filled, whatever the
 * number of files: a block is written out before records of another file are added. For one thread.
 */
final class CaptureEncoder implements AutoCloseable {
    /** A block is written out when its records take this many bytes. */
    private static final int BLOCK_BYTES = 256 * 1024;
    /** A buffer that a large record made larger than this is not kept. */
    private static final int KEPT_BYTES = 2 * 1024 * 1024;

    private static final int UNION_LONG = 0;
    private static final int UNION_BYTES = 3;
    private static final int PROPERTY_NULL = 4;
    private static final int BODY_NULL = 0;
    private static final int BODY_BYTES = 1;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final byte[] packed = new byte[64 * 1024];
    private Buffer block = new Buffer();
    private Buffer deflated = new Buffer();
    private BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(block, null);
    private long timeSecond = Long.MIN_VALUE;
    private String timeText;
    private int records;

    /** @return whether the block is full and is to be written out */
    boolean add(CapturedRecord record) throws IOException {
        encoder.writeLong(record.offset());
        encoder.writeString(Long.toString(record.offset()));
        encoder.writeString(timeText(Math.floorDiv(record.timestampMillis(), 1000)));
        Map<String, byte[]> properties = properties(record.headers());
        writeSystemProperties(record, properties.size() < record.headers().size());
        writeProperties(properties);
        if (record.value() == null) {
            encoder.writeIndex(BODY_NULL);
        } else {
            encoder.writeIndex(BODY_BYTES);
            encoder.writeBytes(record.value());
        }
        records++;
        return block.size() >= BLOCK_BYTES;
    }

    /** Writes the block, if there is anything in it, and begins another one. */
    void writeBlock(OutputStream out, byte[] sync) throws IOException {
        if (records > 0) {
            deflate();
            BinaryEncoder head = EncoderFactory.get().directBinaryEncoder(out, null);
            head.writeLong(records);
            head.writeLong(deflated.size());
            deflated.writeTo(out);
            out.write(sync);
            discard();
        }
    }

    /** Forgets what is in the block. */
    void discard() {
        records = 0;
        if (block.capacity() > KEPT_BYTES || deflated.capacity() > KEPT_BYTES) {
            block = new Buffer();
            deflated = new Buffer();
            encoder = EncoderFactory.get().directBinaryEncoder(block, null);
        } else {
            block.reset();
            deflated.reset();
        }
    }

    private void deflate() {
        deflater.reset();
        deflater.setInput(block.content());
        deflater.finish();
        while (!deflater.finished()) {
            deflated.write(packed, 0, deflater.deflate(packed));
        }
    }

    /** Most records have the same second as the one before. */
    private String timeText(long second) {
        if (second != timeSecond) {
            timeSecond = second;
            timeText = CaptureFormat.timeText(second);
        }
        return timeText;
    }

    private void writeSystemProperties(CapturedRecord record, boolean repeatedNames) throws IOException {
        encoder.writeMapStart();
        encoder.setItemCount(1 + (record.key() == null ? 0 : 1) + (repeatedNames ? 1 : 0));
        if (record.key() != null) {
            writeBytesEntry(CaptureFormat.KEY, record.key());
        }
        encoder.startItem();
        encoder.writeString(CaptureFormat.TIMESTAMP);
        encoder.writeIndex(UNION_LONG);
        encoder.writeLong(record.timestampMillis());
        if (repeatedNames) {
            writeBytesEntry(CaptureFormat.HEADERS, allHeaders(record.headers()));
        }
        encoder.writeMapEnd();
    }

    private void writeProperties(Map<String, byte[]> properties) throws IOException {
        encoder.writeMapStart();
        encoder.setItemCount(properties.size());
        for (Map.Entry<String, byte[]> property : properties.entrySet()) {
            if (property.getValue() == null) {
                encoder.startItem();
                encoder.writeString(property.getKey());
                encoder.writeIndex(PROPERTY_NULL);
            } else {
                writeBytesEntry(property.getKey(), property.getValue());
            }
        }
        encoder.writeMapEnd();
    }

    private void writeBytesEntry(String name, byte[] value) throws IOException {
        encoder.startItem();
        encoder.writeString(name);
        encoder.writeIndex(UNION_BYTES);
        encoder.writeBytes(value);
    }

    /** In order; of a repeated name the last value, as Capture has it. */
    private static Map<String, byte[]> properties(List<Header> headers) {
        Map<String, byte[]> properties = new LinkedHashMap<>();
        headers.forEach(header -> properties.put(header.key(), header.value()));
        return properties;
    }

    private static byte[] allHeaders(List<Header> headers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder all = EncoderFactory.get().directBinaryEncoder(bytes, null);
        all.writeArrayStart();
        all.setItemCount(headers.size());
        for (Header header : headers) {
            all.startItem();
            all.writeString(header.key());
            all.writeIndex(header.value() == null ? 0 : 1);
            if (header.value() != null) {
                all.writeBytes(header.value());
            }
        }
        all.writeArrayEnd();
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        deflater.end();
    }

    /** Gives its content without a copy. */
    private static final class Buffer extends ByteArrayOutputStream {
        int capacity() {
            return buf.length;
        }

        ByteBuffer content() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
