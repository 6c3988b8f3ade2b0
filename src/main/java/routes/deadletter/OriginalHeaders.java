package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * All headers of a record in one value: in their order, with repeated names and null values. For each header, one after the
 * other: the length of its name, the name in UTF-8, the length of its value, −1 for null, the value. Lengths are integers of
 * four bytes, the highest first.
 */
public final class OriginalHeaders {
    /** The letter's header that has them. */
    public static final String HEADER = "dlq.original-headers";

    private static final int NULL = -1;

    private OriginalHeaders() {}

    static byte[] write(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            size += 2 * Integer.BYTES + header.key().getBytes(UTF_8).length + length(header);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (Header header : headers) {
            byte[] name = header.key().getBytes(UTF_8);
            bytes.putInt(name.length).put(name);
            bytes.putInt(header.value() == null ? NULL : header.value().length);
            if (header.value() != null) {
                bytes.put(header.value());
            }
        }
        return bytes.array();
    }

    private static int length(Header header) {
        return header.value() == null ? 0 : header.value().length;
    }

    /** @throws IllegalArgumentException with the end of a sentence, if these bytes are none */
    public static List<Header> read(byte[] written) {
        List<Header> headers = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(written);
        try {
            while (bytes.hasRemaining()) {
                String name = new String(next(bytes, bytes.getInt()), UTF_8);
                int length = bytes.getInt();
                headers.add(new RecordHeader(name, length == NULL ? null : next(bytes, length)));
            }
            return headers;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("ends within a header", e);
        }
    }

    private static byte[] next(ByteBuffer bytes, int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("has a length of " + length + " at byte "
                    + (bytes.position() - Integer.BYTES) + ", expected one from 0 to " + bytes.remaining());
        }
        byte[] next = new byte[length];
        bytes.get(next);
        return next;
    }
}
