package routes.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Random;
import routes.telemetry.Reason;

/**
 * Spoils messages, in one of the twelve ways, at a place that chance chooses. The same seed spoils the same way.
 *
 * @param key null like the value, if the record has none
 */
record Malformed(Reason reason, byte[] key, byte[] value) {
    private static final Reason[] REASONS = Reason.values();
    private static final String[] FIELDS = {"rig", "well", "time", "seq", "activity", "late", "channels"};
    /** So rarely is a message too large: each takes 900 kB. */
    private static final int LARGE_OF = 10;

    private static final int TOO_LARGE_BYTES = 900_001;

    /** @param message as the rigs send it, in ASCII */
    static Malformed of(byte[] key, byte[] message, Random random) {
        Reason reason = REASONS[random.nextInt(REASONS.length)];
        if (reason == Reason.TOO_LARGE && random.nextInt(LARGE_OF) > 0) {
            reason = Reason.NOT_JSON;
        }
        String text = new String(message, ISO_8859_1);
        if (reason == Reason.KEY_MISMATCH) {
            byte[] other = random.nextBoolean() ? null : (new String(key, UTF_8) + "X").getBytes(UTF_8);
            return new Malformed(reason, other, message);
        }
        return new Malformed(reason, key, value(reason, text, random));
    }

    private static byte[] value(Reason reason, String text, Random random) {
        return switch (reason) {
            case EMPTY -> random.nextBoolean() ? null : new byte[0];
            case INVALID_UTF8 -> invalidUtf8(text, random);
            case NOT_JSON -> bytes(notJson(text, random));
            case NOT_AN_OBJECT -> bytes(any(random, "[" + text + "]", "\"text\"", "42", "null", "true"));
            case MISSING_FIELD -> bytes(missingField(text, random));
            case WRONG_TYPE -> bytes(wrongType(text, random));
            case OUT_OF_RANGE -> bytes(outOfRange(text, random));
            case NUMBER_RANGE -> bytes(channel(text, random, any(random, "NaN", "-Infinity", "1e999", "-1e400")));
            case DUPLICATE_KEY -> bytes(duplicateKey(text, random));
            case TOO_DEEP -> bytes(tooDeep(text, random));
            case TOO_LARGE -> bytes(before(text, "\"x\":\"" + "x".repeat(TOO_LARGE_BYTES) + "\","));
            case KEY_MISMATCH -> throw new IllegalArgumentException("the value is as good as any");
        };
    }

    private static byte[] invalidUtf8(String text, Random random) {
        byte[] value = bytes(text);
        int well = text.indexOf("\"well\":\"") + 8;
        value[well + random.nextInt(3)] =
                (byte) any(random, 0x80, 0xc3, 0xf5, 0xff).intValue();
        return value;
    }

    private static String notJson(String text, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, 1 + random.nextInt(text.length() - 1));
            case 1 -> text + any(random, "x", "{}", text);
            default -> text.replaceFirst(":", any(random, "=", ";", "::", " "));
        };
    }

    private static String missingField(String text, Random random) {
        return text.replaceFirst("\"" + any(random, FIELDS) + "\":", "\"unknown\":");
    }

    private static String wrongType(String text, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> text.replaceFirst("\"seq\":(\\d+)", "\"seq\":\"$1\"");
            case 1 -> text.replaceFirst("\"activity\":(\\d+)", "\"activity\":$1.5");
            case 2 -> text.replaceFirst("\"late\":(\\w+)", "\"late\":" + any(random, "0", "\"false\"", "null"));
            case 3 -> text.replaceFirst("\"well\":\"[^\"]*\"", "\"well\":" + any(random, "7", "{}", "[]"));
            default -> channel(text, random, any(random, "\"1\"", "true", "{}", "[1]"));
        };
    }

    private static String outOfRange(String text, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> text.replaceFirst("\"activity\":\\d+", "\"activity\":" + (100 + random.nextInt(900)));
            case 1 -> text.replaceFirst("\"seq\":", "\"seq\":-1");
            case 2 -> text.replaceFirst("\"rig\":\"", "\"rig\":\"r");
            default -> text.replaceFirst("\"time\":\"[^\"]*\"", "\"time\":\"yesterday\"");
        };
    }

    private static String duplicateKey(String text, Random random) {
        return random.nextBoolean()
                ? text.replaceFirst("(\"seq\":\\d+,)", "$1$1")
                : text.replaceFirst("\"channels\":\\{(\"\\w+\":[^,}]+,)", "\"channels\":{$1$1");
    }

    private static String tooDeep(String text, Random random) {
        int levels = 8 + random.nextInt(200);
        return before(text, "\"x\":" + "[".repeat(levels) + "]".repeat(levels) + ",");
    }

    /** As the first thing in the message. */
    private static String before(String text, String member) {
        return "{" + member + text.substring(1);
    }

    /** One of the channels gets another value. */
    private static String channel(String text, Random random, String value) {
        int from = text.indexOf("\"channels\":{") + 12;
        int at = text.indexOf(',', from + random.nextInt(text.length() - from - 200)) + 1;
        int colon = text.indexOf(':', at);
        int end = text.indexOf(',', colon);
        return text.substring(0, colon + 1) + value + text.substring(end);
    }

    @SafeVarargs
    private static <T> T any(Random random, T... of) {
        return of[random.nextInt(of.length)];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @Override
    public String toString() {
        String start = value == null ? "no value" : new String(value, 0, Math.min(200, value.length), ISO_8859_1);
        return reason + " key " + Arrays.toString(key) + ": " + start;
    }
}
