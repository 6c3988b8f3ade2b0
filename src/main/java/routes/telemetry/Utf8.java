package routes.telemetry;

/** UTF-8 as RFC 3629 has it: nothing overlong, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /** The position of the first byte that is not UTF-8; −1 if all are. */
    static int invalidAt(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int length = bytes[at] >= 0 ? 1 : length(bytes, at);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /** The length of the sequence of two to four bytes at {@code at}; 0 if there is no valid one. */
    static int length(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** How many characters (code points) valid UTF-8 has. */
    static int codePoints(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += (bytes[i] & 0xc0) != 0x80 ? 1 : 0;
        }
        return count;
    }

    /** Writes one character, not a surrogate; returns the position after it. */
    static int write(int codePoint, byte[] to, int at) {
        if (codePoint < 0x80) {
            to[at] = (byte) codePoint;
            return at + 1;
        }
        int length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        int left = codePoint;
        for (int i = length - 1; i > 0; i--) {
            to[at + i] = (byte) (0x80 | left & 0x3f);
            left >>= 6;
        }
        to[at] = (byte) (0xf00 >> length | left);
        return at + length;
    }
}
