package routes.cli;

import java.util.List;
import java.util.stream.IntStream;

/** Bytes as people read them: offset, sixteen bytes in hexadecimal, and the same as ASCII where that is printable. */
final class HexDump {
    private static final int BYTES = 16;

    private HexDump() {}

    static List<String> lines(byte[] bytes) {
        return IntStream.iterate(0, offset -> offset < bytes.length, offset -> offset + BYTES)
                .mapToObj(offset -> line(bytes, offset))
                .toList();
    }

    private static String line(byte[] bytes, int offset) {
        StringBuilder hex = new StringBuilder();
        StringBuilder ascii = new StringBuilder();
        for (int i = offset; i < offset + BYTES; i++) {
            boolean isThere = i < bytes.length;
            hex.append(isThere ? String.format("%02x ", bytes[i]) : "   ");
            if (isThere) {
                ascii.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
            }
        }
        return String.format("%08x  %s |%s|", offset, hex, ascii);
    }
}
