package routes.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The channels of a message in the order in which they are written: what all messages of one rig share. Their JSON
 * form is made once, here.
 */
public final class ChannelNames {
    private final List<String> names;
    private final byte[][] members;

    /**
     * @param names distinct, printable ASCII without quotation mark or backslash
     * @throws IllegalArgumentException if a name is not, or occurs twice
     */
    public ChannelNames(List<String> names) {
        this.names = List.copyOf(names);
        this.members = new byte[names.size()][];
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < members.length; i++) {
            String name = this.names.get(i);
            if (!name.matches("[ !#-\\[\\]-~]+")) {
                throw new IllegalArgumentException(
                        "channel name '" + name + "': expected printable ASCII without \" or \\");
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException("channel name '" + name + "' occurs twice");
            }
            members[i] = ((i == 0 ? "\"" : ",\"") + name + "\":").getBytes(StandardCharsets.US_ASCII);
        }
    }

    public int size() {
        return members.length;
    }

    public List<String> names() {
        return names;
    }

    /** The bytes that stand before the value of channel {@code i}: a comma except for the first, the name, a colon. */
    byte[] member(int i) {
        return members[i];
    }
}
