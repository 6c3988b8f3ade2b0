package routes.telemetry;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/** A growing array of JSON text that is used again and again. Not thread-safe. */
final class JsonBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long DAY_MILLIS = 86_400_000;
    private static final long FIRST_MILLI = LocalDate.of(0, 1, 1).toEpochDay() * DAY_MILLIS;
    private static final long AFTER_LAST_MILLI = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY_MILLIS;
    /** No scalar that is written without a check of its own is longer. */
    private static final int RESERVE = 64;

    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    JsonBuffer raw(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    JsonBuffer number(long number) {
        reserve(0);
        length = Decimals.write(number, 0, bytes, length);
        return this;
    }

    /**
     * All channels with their values.
     *
     * @throws IllegalArgumentException if a scale is not 0–18
     */
    JsonBuffer channels(ChannelNames names, long[] unscaled, byte[] decimals) {
        reserve(names.length() + names.size() * Decimals.LONGEST);
        byte[] to = bytes;
        int at = length;
        for (int i = 0; i < unscaled.length; i++) {
            at = names.copyMember(i, to, at);
            at = Decimals.write(unscaled[i], decimals[i], to, at);
        }
        length = at;
        return this;
    }

    /**
     * A JSON string: UTF-8, escaped only where JSON demands it.
     *
     * @throws IllegalArgumentException for half of a surrogate pair, which no UTF-8 can say
     */
    JsonBuffer string(String text) {
        reserve(text.length() * 6);
        bytes[length++] = '"';
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            codePoint(c, i);
            i += Character.charCount(c);
        }
        bytes[length++] = '"';
        return this;
    }

    private void codePoint(int c, int index) {
        if (c < ' ') {
            raw(new byte[] {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]});
        } else if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (Character.getType(c) == Character.SURROGATE) {
            throw new IllegalArgumentException("character " + index + " is half of a surrogate pair; expected text");
        } else {
            length = Utf8.write(c, bytes, length);
        }
    }

    /**
     * A JSON string with an instant, ISO 8601 with exactly three decimals, as {@code "2026-11-20T10:00:00.000Z"}.
     *
     * @throws IllegalArgumentException if its year is not 0–9999
     */
    JsonBuffer time(long millis) {
        if (millis < FIRST_MILLI || millis >= AFTER_LAST_MILLI) {
            throw new IllegalArgumentException("time " + millis + " ms since 1970: expected a year from 0 to 9999");
        }
        reserve(0);
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS));
        int ofDay = (int) Math.floorMod(millis, DAY_MILLIS);
        bytes[length++] = '"';
        digits(day.getYear(), 4, '-');
        digits(day.getMonthValue(), 2, '-');
        digits(day.getDayOfMonth(), 2, 'T');
        digits(ofDay / 3_600_000, 2, ':');
        digits(ofDay / 60_000 % 60, 2, ':');
        digits(ofDay / 1000 % 60, 2, '.');
        digits(ofDay % 1000, 3, 'Z');
        bytes[length++] = '"';
        return this;
    }

    private void digits(int number, int count, char after) {
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + number % 10);
            number /= 10;
        }
        length += count;
        bytes[length++] = (byte) after;
    }

    private void reserve(int more) {
        int needed = length + more + RESERVE;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }
}
