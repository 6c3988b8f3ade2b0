package routes.telemetry;

import java.util.Arrays;
import java.util.StringJoiner;

/**
 * Reads and checks whole messages in one pass over their bytes, strictly by RFC 8259. Fields may come in any order,
 * unknown ones beside them are checked as JSON and otherwise ignored. The first error in the order of the bytes is the
 * one that is reported; what concerns the message as a whole comes after that: not an object, a missing field, another
 * key than the rig. Where the value is no JSON, it is reported as {@link Reason#INVALID_UTF8} if anything in it is not
 * UTF-8.
 *
 * <p>It learns the names of the channels from the messages it reads, and keeps arrays from one to the next: use one
 * reader per thread. What it returns is the caller's to keep.
 */
public final class TelemetryReader {
    /** The largest value that is a message, in bytes. */
    public static final int MAX_BYTES = 900_000;
    /** The deepest nesting that is a message; the message's own object is level 1. */
    public static final int MAX_DEPTH = 8;

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

    public TelemetryReader() {
        SipHash hash = SipHash.secret();
        this.values = new Values(hash);
        this.channels = new Channels(hash);
    }

    /**
     * @param value the record's value; the message refers to it, so it must not be changed afterwards
     * @param key the record's key
     * @throws InvalidTelemetryException if this is not a message; its reason says why
     */
    public TelemetryMessage read(byte[] value, byte[] key) {
        if (value == null || value.length == 0) {
            throw new InvalidTelemetryException(Reason.EMPTY, "found no value, expected a message");
        }
        if (value.length > MAX_BYTES) {
            throw new InvalidTelemetryException(
                    Reason.TOO_LARGE, "found " + value.length + " bytes, expected at most " + MAX_BYTES);
        }
        start(value);
        int at = Values.space(value, 0);
        if (Values.byteAt(value, at) != '{') {
            throw notAnObject(at);
        }
        finish(envelopeEnd(at));
        checkComplete();
        checkKey(key);
        boolean late = value[tokens[2 * Envelope.LATE]] == 't';
        return new TelemetryMessage(
                value, tokens, timeMillis, seq, activity, late, channels.names(), channels.members(), channels.close());
    }

    private void start(byte[] value) {
        this.value = value;
        tokens = new int[2 * Envelope.SIZE];
        seen = 0;
        values.clear();
    }

    private void finish(int at) {
        int end = Values.space(value, at);
        if (end != value.length) {
            throw Faults.syntax(value, end, "nothing after the value");
        }
    }

    private InvalidTelemetryException notAnObject(int at) {
        finish(values.end(value, at, 0));
        return Faults.at(at, Reason.NOT_AN_OBJECT, "found " + Values.kind(value[at]) + ", expected an object");
    }

    private int envelopeEnd(int at) {
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

    private void checkComplete() {
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

    private void checkKey(byte[] key) {
        decode(tokens[2 * Envelope.RIG], tokens[2 * Envelope.RIG + 1]);
        if (key == null) {
            throw new InvalidTelemetryException(Reason.KEY_MISMATCH, "found no key, expected the message's rig");
        }
        if (!Arrays.equals(key, 0, key.length, text, textStart, textEnd)) {
            throw new InvalidTelemetryException(
                    Reason.KEY_MISMATCH, "found a key of " + key.length + " bytes, expected the message's rig");
        }
    }
}
