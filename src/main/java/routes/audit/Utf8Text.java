package routes.audit;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Bytes as the characters they stand for, checked by Java's own decoder. One buffer for all: not thread-safe. */
final class Utf8Text {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private char[] chars = new char[32_768];
    private int length;
    private boolean escapes;

    /** @return false if the bytes are not UTF-8 */
    boolean decode(byte[] value) {
        if (chars.length < value.length) {
            chars = new char[value.length];
        }
        CharBuffer to = CharBuffer.wrap(chars);
        decoder.reset();
        boolean whole = !decoder.decode(ByteBuffer.wrap(value), to, true).isError()
                && !decoder.flush(to).isError();
        length = to.position();
        escapes = false;
        for (int i = 0; i < length && !escapes; i++) {
            escapes = chars[i] == '\\';
        }
        return whole;
    }

    char[] chars() {
        return chars;
    }

    int length() {
        return length;
    }

    /** Whether a string or name of this JSON text has no half of a surrogate pair; only escapes can bring one in. */
    boolean isWhole(String part) {
        if (!escapes) {
            return true;
        }
        for (int i = 0; i < part.length(); i++) {
            if (!Character.isSurrogate(part.charAt(i))) {
                continue;
            }
            boolean paired = i + 1 < part.length() && Character.isSurrogatePair(part.charAt(i), part.charAt(i + 1));
            if (!paired) {
                return false;
            }
            i++;
        }
        return true;
    }
}
