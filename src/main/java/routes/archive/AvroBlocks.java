package routes.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The blocks of an Avro object container file, unpacked as they are read: however large a block says it is, or becomes,
 * it is never held as a whole, as Avro's own reader does. Codecs: null and deflate.
 *
 * <p>Source: avro.apache.org/docs/1.12.0/specification, "Object Container Files".
 */
final class AvroBlocks implements AutoCloseable {
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int SYNC = 16;
    /** Schemas, and whatever else stands in it, are far smaller. */
    private static final int LARGEST_HEADER = 1 << 20;

    private final InputStream in;
    private final long largestRecord;
    private final Map<String, byte[]> metadata;
    private final byte[] sync;
    private final boolean deflated;
    private final Inflater inflater = new Inflater(true);
    private InputStream packed = InputStream.nullInputStream();
    private InputStream content = packed;
    private BoundedDecoder decoder;
    private long remaining;

    /** @throws IOException if it does not begin as such a file */
    AvroBlocks(InputStream file, long largestRecord) throws IOException {
        this.in = new BufferedInputStream(file, 64 * 1024);
        this.largestRecord = largestRecord;
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new IOException("not an Avro data file");
        }
        this.metadata = metadata(new BoundedDecoder(in, LARGEST_HEADER));
        this.sync = readSync();
        this.deflated = codec().equals("deflate");
        if (!deflated && !codec().equals("null")) {
            throw new IOException("its codec is " + codec());
        }
    }

    /** How the blocks are compressed: null or deflate. */
    String codec() {
        return text("avro.codec").orElse("null");
    }

    /** What the file's header says under this key. */
    Optional<String> text(String key) {
        return Optional.ofNullable(metadata.get(key)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static Map<String, byte[]> metadata(BoundedDecoder header) throws IOException {
        Map<String, byte[]> metadata = new LinkedHashMap<>();
        for (long block = header.readMapStart(); block > 0; block = header.mapNext()) {
            for (long i = 0; i < block; i++) {
                metadata.put(header.readString(), header.readBytes(null).array());
            }
        }
        return metadata;
    }

    private byte[] readSync() throws IOException {
        byte[] marker = in.readNBytes(SYNC);
        if (marker.length < SYNC) {
            throw new EOFException("it ends within a sync marker");
        }
        return marker;
    }

    /**
     * The decoder, at the beginning of the next record.
     *
     * @return null at the file's end
     */
    BoundedDecoder next() throws IOException {
        while (remaining == 0) {
            endBlock();
            if (!beginBlock()) {
                return null;
            }
        }
        remaining--;
        decoder.begin();
        return decoder;
    }

    private void endBlock() throws IOException {
        if (decoder != null) {
            if (content.read() >= 0) {
                throw new IOException("a block has more content than its records; expected its end there");
            }
            packed.skip(Long.MAX_VALUE);
            if (!Arrays.equals(readSync(), sync)) {
                throw new IOException("a block does not end as expected, with the file's sync marker");
            }
            decoder = null;
        }
    }

    private boolean beginBlock() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return false;
        }
        in.reset();
        BoundedDecoder head = new BoundedDecoder(in, largestRecord);
        remaining = head.readLong();
        long size = head.readLong();
        if (remaining < 0 || size < 0) {
            throw new IOException("found a block of " + remaining + " records in " + size + " bytes");
        }
        packed = new Part(in, size);
        content = deflated ? inflated() : packed;
        decoder = new BoundedDecoder(content, largestRecord);
        return true;
    }

    private InputStream inflated() {
        inflater.reset();
        return new BufferedInputStream(new InflaterInputStream(packed, inflater, 8 * 1024), 16 * 1024);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    /** The next so many bytes. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private long left;

        Part(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            int next = in.read();
            if (next < 0) {
                throw new EOFException("it ends within a block");
            }
            left--;
            return next;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(bytes, from, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("it ends within a block");
            }
            left -= count;
            return count;
        }
    }
}
