package routes.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The channels of a message in the order in which they are written: what all messages of one rig share. Their JSON
 * form is made once, here.
 */
public final class ChannelNames {
    static final int OVERWRITTEN = 2 * Words.SIZE;

    private final List<String> names;
    /** What stands before each value, one after the other, and what may be read past the last. */
    private final byte[] members;

    private final int[] starts;

    /**
     * @param names distinct, printable ASCII without quotation mark or backslash
     * @throws IllegalArgumentException if a name is not, or occurs twice
     */
    public ChannelNames(List<String> names) {
        this.names = List.copyOf(names);
        this.starts = new int[names.size() + 1];
        check(this.names);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            all.append(i == 0 ? "\"" : ",\"").append(this.names.get(i)).append("\":");
            starts[i + 1] = all.length();
        }
        this.members = Arrays.copyOf(all.toString().getBytes(StandardCharsets.US_ASCII), all.length() + OVERWRITTEN);
    }

    private static void check(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!name.matches("[ !#-\\[\\]-~]+")) {
                throw new IllegalArgumentException(
                        "channel name '" + name + "': expected printable ASCII without \" or \\");
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException("channel name '" + name + "' occurs twice");
            }
        }
    }

    public int size() {
        return names.size();
    }

    public List<String> names() {
        return names;
    }

    /** The length of what stands before the values of all channels, in bytes. */
    int length() {
        return starts[names.size()];
    }

    /**
     * Copies what stands before the value of channel {@code i}: a comma except for the first, the name, a colon. It
     * copies whole words, two at least, and so overwrites up to {@link #OVERWRITTEN} bytes after it.
     *
     * @return the position after it
     */
    int copyMember(int i, byte[] to, int at) {
        int from = starts[i];
        int length = starts[i + 1] - from;
        Words.set(to, at, Words.get(members, from));
        Words.set(to, at + Words.SIZE, Words.get(members, from + Words.SIZE));
        for (int k = OVERWRITTEN; k < length; k += Words.SIZE) {
            Words.set(to, at + k, Words.get(members, from + k));
        }
        return at + length;
    }
}
