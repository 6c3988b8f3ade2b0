package routes.telemetry;

import java.nio.charset.StandardCharsets;

/**
 * A message that {@link TelemetryReader} has read: checked, and with the place of every channel known. Immutable as long
 * as nobody changes the bytes it refers to. Values are parsed when they are asked for.
 */
public final class TelemetryMessage {
    private final byte[] bytes;
    private final int[] tokens;
    private final long timeMillis;
    private final long seq;
    private final int activity;
    private final boolean late;
    private final NameTable names;
    private final int[] members;
    private final int close;

    TelemetryMessage(
            byte[] bytes,
            int[] tokens,
            long timeMillis,
            long seq,
            int activity,
            boolean late,
            NameTable names,
            int[] members,
            int close) {
        this.bytes = bytes;
        this.tokens = tokens;
        this.timeMillis = timeMillis;
        this.seq = seq;
        this.activity = activity;
        this.late = late;
        this.names = names;
        this.members = members;
        this.close = close;
    }

    /** The rig's id, {@code [A-Z0-9-]{1,32}}. */
    public String rig() {
        return Strings.text(bytes, tokenStart(Envelope.RIG), tokenEnd(Envelope.RIG));
    }

    /** The well's name, at most 64 characters. */
    public String well() {
        return Strings.text(bytes, tokenStart(Envelope.WELL), tokenEnd(Envelope.WELL));
    }

    /** The intended instant of measurement, in ms since 1970 UTC; what was finer is cut off. */
    public long timeMillis() {
        return timeMillis;
    }

    /** The rig's own counter, ≥ 0. */
    public long seq() {
        return seq;
    }

    /** WITS activity code, 0–99. */
    public int activity() {
        return activity;
    }

    /** Whether it was sent more than one period after its time. */
    public boolean late() {
        return late;
    }

    /** The record's value itself, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many channels the message has, with those whose value is null. */
    public int channelCount() {
        return members.length;
    }

    /** Whether the message has this channel, be its value a number or null. */
    public boolean hasChannel(String name) {
        return indexOf(name) >= 0;
    }

    /**
     * The value of a channel: what {@link Double#parseDouble} makes of it.
     *
     * @return null if the message does not have the channel, or its value is null
     */
    public Double channel(String name) {
        int i = indexOf(name);
        if (i < 0) {
            return null;
        }
        int at = Values.colon(bytes, Strings.end(bytes, members[i]));
        return bytes[at] == 'n' ? null : (Double) Numbers.value(bytes, at);
    }

    private int indexOf(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int i = names.indexOf(text, 0, text.length);
        return i < members.length ? i : -1;
    }

    /** Where the value of a field begins. */
    int tokenStart(int field) {
        return tokens[2 * field];
    }

    int tokenEnd(int field) {
        return tokens[2 * field + 1];
    }

    /** The channels' names in the order of the message; there may be more than it has channels. */
    NameTable names() {
        return names;
    }

    /** Where channel {@code i} begins, with its name. */
    int memberStart(int i) {
        return members[i];
    }

    /** Where channel {@code i} ends, before comma, closing brace and white space. */
    int memberEnd(int i) {
        if (i == members.length - 1) {
            return backOverSpace(close);
        }
        return backOverSpace(backOverSpace(members[i + 1]) - 1);
    }

    private int backOverSpace(int at) {
        int p = at;
        while (Values.isSpace(bytes[p - 1])) {
            p--;
        }
        return p;
    }
}
