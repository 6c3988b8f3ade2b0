package routes.telemetry;

import java.nio.charset.StandardCharsets;

/** Makes the exceptions of the reader: where, what was found, what was expected; no text of the payload but names. */
final class Faults {
    private static final int NAME_LENGTH = 64;

    private Faults() {}

    static InvalidTelemetryException at(int position, Reason reason, String sentence) {
        return new InvalidTelemetryException(reason, "byte " + position + ": " + sentence);
    }

    /** What stands here is no JSON: as {@link Reason#INVALID_UTF8} if the value is not even text. */
    static InvalidTelemetryException syntax(byte[] value, int position, String expected) {
        int invalid = Utf8.invalidAt(value);
        if (invalid >= 0) {
            return utf8(invalid);
        }
        return at(position, Reason.NOT_JSON, "found " + found(value, position) + ", expected " + expected);
    }

    static InvalidTelemetryException utf8(int position) {
        return at(position, Reason.INVALID_UTF8, "found bytes that are no character, expected UTF-8");
    }

    static InvalidTelemetryException wrongType(int position, String field, String found, String expected) {
        return at(position, Reason.WRONG_TYPE, field + " is " + found + ", expected " + expected);
    }

    static InvalidTelemetryException outOfRange(int position, int field, String expected) {
        return at(position, Reason.OUT_OF_RANGE, "field \"" + Envelope.NAMES.get(field) + "\": expected " + expected);
    }

    /** A name for people: at most 64 characters, those that are not printable ASCII as {@code \}{@code uXXXX}. */
    static String printable(byte[] utf8, int from, int to) {
        String name = new String(utf8, from, to - from, StandardCharsets.UTF_8);
        StringBuilder printable = new StringBuilder("\"");
        for (int i = 0; i < Math.min(name.length(), NAME_LENGTH); i++) {
            char c = name.charAt(i);
            printable.append(c >= ' ' && c <= '~' ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return printable.append(name.length() > NAME_LENGTH ? "…\"" : "\"").toString();
    }

    private static String found(byte[] value, int position) {
        return position < value.length ? String.format("byte 0x%02x", value[position]) : "the end of the value";
    }
}
