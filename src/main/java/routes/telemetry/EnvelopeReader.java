package routes.telemetry;

import java.util.Arrays;
import java.util.StringJoiner;

/** Reads and checks a message's object: its fields in any order, each once, the channels, and what else is there. */
final class EnvelopeReader {
    private static final int ALL_FIELDS = (1 << Envelope.SIZE) - 1;

    private final Values values;
    private final Channels channels;

    private byte[] value;
    /** Where the values of the fields begin and end, two for each in the order of {@link Envelope}. */
    private int[] tokens;

    private int seen;
    private long timeMillis;
    private long seq;
    private int activity;

    /** Text without escapes: of the message where it has none, else of an array of its own. */
    private byte[] text;

    private int textStart;
    private int textEnd;

    EnvelopeReader(Values values, Channels channels) {
        this.values = values;
        this.channels = channels;
    }

    /**
     * Reads the object whose opening brace is at {@code at}, with the channels in it.
     *
     * @return the position after it
     */
    int end(byte[] value, int at) {
        this.value = value;
        tokens = new int[2 * Envelope.SIZE];
        seen = 0;
        return membersEnd(at);
    }

    private int membersEnd(int at) {
        int p = Values.space(value, at + 1);
        if (Values.byteAt(value, p) == '}') {
            return p + 1;
        }
        int likely = 0;
        while (true) {
            int end = Values.nameEnd(value, p);
            int field = field(p, end, likely);
            p = Values.colon(value, end);
            p = Values.separator(value, field < 0 ? values.end(value, p, 1) : fieldEnd(field, p), '}');
            if (value[p] == '}') {
                return p + 1;
            }
            p = Values.space(value, p + 1);
            likely = field + 1;
        }
    }

    /** Which field has the name between these quotation marks; −1 if it is unknown. Each may occur once. */
    private int field(int start, int end, int likely) {
        decode(start, end);
        int field = Envelope.field(text, textStart, textEnd, likely);
        if (field < 0) {
            values.name(0, value, start, end);
        } else if ((seen & 1 << field) != 0) {
            throw Values.duplicate(start, text, textStart, textEnd);
        } else {
            seen |= 1 << field;
        }
        return field;
    }

    private int fieldEnd(int field, int at) {
        int end =
                switch (field) {
                    case Envelope.RIG -> rigEnd(at);
                    case Envelope.WELL -> wellEnd(at);
                    case Envelope.TIME -> timeEnd(at);
                    case Envelope.SEQ -> seqEnd(at);
                    case Envelope.ACTIVITY -> activityEnd(at);
                    case Envelope.LATE -> lateEnd(at);
                    default -> channelsEnd(at);
                };
        tokens[2 * field] = at;
        tokens[2 * field + 1] = end;
        return end;
    }

    private int rigEnd(int at) {
        int end = textEnd(Envelope.RIG, at);
        if (!Envelope.isRig(text, textStart, textEnd)) {
            throw Faults.outOfRange(at, Envelope.RIG, "1 to 32 of A-Z, 0-9 and -");
        }
        return end;
    }

    private int wellEnd(int at) {
        int end = textEnd(Envelope.WELL, at);
        if (Utf8.codePoints(text, textStart, textEnd) > Envelope.WELL_LENGTH) {
            throw Faults.outOfRange(at, Envelope.WELL, "at most 64 characters");
        }
        return end;
    }

    private int timeEnd(int at) {
        int end = textEnd(Envelope.TIME, at);
        timeMillis = Instants.millis(text, textStart, textEnd);
        if (timeMillis == Instants.NONE) {
            throw Faults.outOfRange(at, Envelope.TIME, "an ISO 8601 instant like 2026-11-20T10:00:00.000Z");
        }
        return end;
    }

    private int seqEnd(int at) {
        int end = integerEnd(Envelope.SEQ, at);
        seq = Numbers.natural(value, at, end);
        if (seq < 0) {
            throw Faults.outOfRange(at, Envelope.SEQ, "0 to " + Long.MAX_VALUE);
        }
        return end;
    }

    private int activityEnd(int at) {
        int end = integerEnd(Envelope.ACTIVITY, at);
        long code = Numbers.natural(value, at, end);
        if (code < 0 || code > Envelope.MAX_ACTIVITY) {
            throw Faults.outOfRange(at, Envelope.ACTIVITY, "0 to 99");
        }
        activity = (int) code;
        return end;
    }

    private int lateEnd(int at) {
        int b = scalar(Envelope.LATE, at, "true or false");
        int end = Values.scalarEnd(value, at);
        if (b != 't' && b != 'f') {
            throw wrongType(Envelope.LATE, at, "true or false");
        }
        return end;
    }

    private int channelsEnd(int at) {
        if (Values.byteAt(value, at) != '{') {
            scalar(Envelope.CHANNELS, at, "an object");
            Values.scalarEnd(value, at);
            throw wrongType(Envelope.CHANNELS, at, "an object");
        }
        return channels.end(value, at);
    }

    private int textEnd(int field, int at) {
        int b = scalar(field, at, "a string");
        int end = Values.scalarEnd(value, at);
        if (b != '"') {
            throw wrongType(field, at, "a string");
        }
        decode(at, end);
        return end;
    }

    private int integerEnd(int field, int at) {
        int b = scalar(field, at, "an integer");
        int end = Values.scalarEnd(value, at);
        if (!Numbers.isStart(b)) {
            throw wrongType(field, at, "an integer");
        }
        if (!Numbers.isInteger(value, at, end)) {
            throw Faults.wrongType(at, name(field), "a number with point or exponent", "an integer");
        }
        return end;
    }

    /** The first byte of a value that must be neither object nor array; those are not read to their end. */
    private int scalar(int field, int at, String expected) {
        int b = Values.byteAt(value, at);
        if (b == '{' || b == '[') {
            throw wrongType(field, at, expected);
        }
        return b;
    }

    private InvalidTelemetryException wrongType(int field, int at, String expected) {
        return Faults.wrongType(at, name(field), Values.kind(value[at]), expected);
    }

    private static String name(int field) {
        return "field \"" + Envelope.NAMES.get(field) + "\"";
    }

    private void decode(int start, int end) {
        text = value;
        textStart = start + 1;
        textEnd = end - 1;
        if (Strings.isEscaped(value, textStart, textEnd)) {
            text = new byte[end - start];
            textEnd = Strings.unescape(value, textStart, textEnd, text, 0);
            textStart = 0;
        }
    }

    /** @throws InvalidTelemetryException if a field is missing */
    void checkComplete() {
        if (seen == ALL_FIELDS) {
            return;
        }
        StringJoiner missing = new StringJoiner(", ");
        for (int field = 0; field < Envelope.SIZE; field++) {
            if ((seen & 1 << field) == 0) {
                missing.add("\"" + Envelope.NAMES.get(field) + "\"");
            }
        }
        throw new InvalidTelemetryException(Reason.MISSING_FIELD, "found no field " + missing + ", expected all seven");
    }

    /** Whether the rig is this text. */
    boolean isRig(byte[] key) {
        decode(tokens[2 * Envelope.RIG], tokens[2 * Envelope.RIG + 1]);
        return Arrays.equals(key, 0, key.length, text, textStart, textEnd);
    }

    /** The object read last, which was complete. */
    TelemetryMessage message() {
        boolean late = value[tokens[2 * Envelope.LATE]] == 't';
        return new TelemetryMessage(
                value, tokens, timeMillis, seq, activity, late, channels.names(), channels.members(), channels.close());
    }
}
