package routes.telemetry;

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

    private final Values values;
    private final EnvelopeReader envelope;

    public TelemetryReader() {
        SipHash hash = SipHash.secret();
        this.values = new Values(hash);
        this.envelope = new EnvelopeReader(values, new Channels(hash));
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
        values.clear();
        int at = Values.space(value, 0);
        if (Values.byteAt(value, at) != '{') {
            throw notAnObject(value, at);
        }
        finish(value, envelope.end(value, at));
        envelope.checkComplete();
        checkKey(key);
        return envelope.message();
    }

    private static void finish(byte[] value, int at) {
        int end = Values.space(value, at);
        if (end != value.length) {
            throw Faults.syntax(value, end, "nothing after the value");
        }
    }

    private InvalidTelemetryException notAnObject(byte[] value, int at) {
        finish(value, values.end(value, at, 0));
        return Faults.at(at, Reason.NOT_AN_OBJECT, "found " + Values.kind(value[at]) + ", expected an object");
    }

    private void checkKey(byte[] key) {
        if (key == null) {
            throw new InvalidTelemetryException(Reason.KEY_MISMATCH, "found no key, expected the message's rig");
        }
        if (!envelope.isRig(key)) {
            throw new InvalidTelemetryException(
                    Reason.KEY_MISMATCH, "found a key of " + key.length + " bytes, expected the message's rig");
        }
    }
}
