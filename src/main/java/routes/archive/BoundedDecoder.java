package routes.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro's binary encoding, and trusts no length in it: it takes memory for what is there, and of that no more than
 * is allowed between two calls of {@link #begin}, each entry of a map or list counted with what it takes. Avro's own decoders allocate what a file says.
 */
final class BoundedDecoder extends Decoder {
    /** What an entry of a map or a list takes in memory, even if it is almost nothing in the file. */
    private static final int ENTRY = 128;

    private final InputStream in;
    private final long most;
    private long left;

    /** @param most bytes that a record, or whatever else is begun, may have */
    BoundedDecoder(InputStream in, long most) {
        this.in = in;
        this.most = most;
        begin();
    }

    void begin() {
        left = most;
    }

    /** @throws IOException if this is more than may still come */
    private void take(long length) throws IOException {
        if (length < 0 || length > left) {
            throw new IOException("found a length of " + length + ", expected at most " + most + " bytes in a record");
        }
        left -= length;
    }

    private byte[] bytes(long length) throws IOException {
        take(length);
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("it ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private int nextByte() throws IOException {
        take(1);
        int next = in.read();
        if (next < 0) {
            throw new EOFException("it ends within a value");
        }
        return next;
    }

    @Override
    public long readLong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = nextByte();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new IOException("found a number of more than 64 bits");
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new IOException("found the number " + value + ", expected one of 32 bits");
        }
        return (int) value;
    }

    @Override
    public boolean readBoolean() throws IOException {
        return nextByte() == 1;
    }

    @Override
    public float readFloat() throws IOException {
        return ByteBuffer.wrap(bytes(4)).order(ByteOrder.LITTLE_ENDIAN).getFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return ByteBuffer.wrap(bytes(8)).order(ByteOrder.LITTLE_ENDIAN).getDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(bytes(readLong()));
    }

    @Override
    public String readString() throws IOException {
        return readString(null).toString();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return ByteBuffer.wrap(bytes(readLong()));
    }

    @Override
    public void readFixed(byte[] into, int start, int length) throws IOException {
        System.arraycopy(bytes(length), 0, into, start, length);
    }

    @Override
    public void readNull() {
        // It takes no byte.
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    /** A negative count is followed by the size of the block. */
    private long readCount() throws IOException {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        if (count < 0 || count > left / ENTRY) {
            throw new IOException("found a count of " + count + " entries, expected at most " + left / ENTRY);
        }
        left -= count * ENTRY;
        return count;
    }

    @Override
    public long readArrayStart() throws IOException {
        return readCount();
    }

    @Override
    public long arrayNext() throws IOException {
        return readCount();
    }

    @Override
    public long readMapStart() throws IOException {
        return readCount();
    }

    @Override
    public long mapNext() throws IOException {
        return readCount();
    }

    @Override
    public long skipArray() throws IOException {
        return readCount();
    }

    @Override
    public long skipMap() throws IOException {
        return readCount();
    }

    @Override
    public void skipString() throws IOException {
        bytes(readLong());
    }

    @Override
    public void skipBytes() throws IOException {
        bytes(readLong());
    }

    @Override
    public void skipFixed(int length) throws IOException {
        bytes(length);
    }
}
