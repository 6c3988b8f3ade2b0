package routes.telemetry;

/** Why a record's value is not a telemetry message. The list is closed; the codes appear in dead letters and meters. */
public enum Reason {
    /** No value (a tombstone) or one of no bytes. */
    EMPTY("empty"),
    /** Not UTF-8 text, or an escaped surrogate without its other half. */
    INVALID_UTF8("invalid-utf8"),
    /** UTF-8, but not one JSON value. */
    NOT_JSON("not-json"),
    /** JSON, but not an object. */
    NOT_AN_OBJECT("not-an-object"),
    /** A field of the envelope is missing. */
    MISSING_FIELD("missing-field"),
    /** A field or channel has a value of another type. */
    WRONG_TYPE("wrong-type"),
    /** A field of the envelope has a value outside what it may be. */
    OUT_OF_RANGE("out-of-range"),
    /** A number that no double can hold: NaN, infinite, or beyond the largest double. */
    NUMBER_RANGE("number-range"),
    /** A name occurs twice in one object. */
    DUPLICATE_KEY("duplicate-key"),
    /** More than {@value TelemetryReader#MAX_DEPTH} levels of nesting. */
    TOO_DEEP("too-deep"),
    /** More than {@value TelemetryReader#MAX_BYTES} bytes. */
    TOO_LARGE("too-large"),
    /** The record's key is missing or is not the message's rig. */
    KEY_MISMATCH("key-mismatch");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /** The name that others see, as in {@code missing-field}. */
    public String code() {
        return code;
    }
}
