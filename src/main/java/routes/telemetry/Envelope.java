package routes.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The fields of a message beside its channels' values, in the order in which they are written, and their limits. */
final class Envelope {
    static final int RIG = 0;
    static final int WELL = 1;
    static final int TIME = 2;
    static final int SEQ = 3;
    static final int ACTIVITY = 4;
    static final int LATE = 5;
    static final int CHANNELS = 6;
    static final List<String> NAMES = List.of("rig", "well", "time", "seq", "activity", "late", "channels");
    static final int SIZE = NAMES.size();

    static final int RIG_LENGTH = 32;
    static final int WELL_LENGTH = 64;
    static final int MAX_ACTIVITY = 99;

    private static final byte[][] NAME_BYTES =
            NAMES.stream().map(name -> name.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);

    private Envelope() {}

    /**
     * Which field has this name; −1 if none. Tries {@code likely} first, then those after it, because fields mostly
     * come in order.
     */
    static int field(byte[] bytes, int from, int to, int likely) {
        for (int i = 0; i < SIZE; i++) {
            int field = (likely + i) % SIZE;
            if (isName(field, bytes, from, to)) {
                return field;
            }
        }
        return -1;
    }

    private static boolean isName(int field, byte[] bytes, int from, int to) {
        byte[] name = NAME_BYTES[field];
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes are {@code [A-Z0-9-]{1,32}}. */
    static boolean isRig(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            int b = bytes[i];
            if (!(b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-')) {
                return false;
            }
        }
        return to > from && to - from <= RIG_LENGTH;
    }
}
