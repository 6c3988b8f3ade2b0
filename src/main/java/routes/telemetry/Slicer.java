package routes.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Cuts messages into slices: one message for each subsystem, with the same envelope and only that subsystem's channels,
 * their bytes copied as they stand. How a list of names is to be cut is worked out once and kept, because messages
 * share it. Thread-safe.
 */
public final class Slicer {
    private static final int PLANS = 64;
    private static final byte[][] BEFORE = before();
    private static final byte[] CHANNELS = ascii(",\"channels\":{");

    /** A message of one subsystem. */
    public record Slice(String subsystem, byte[] value) {}

    /**
     * @param slices in the order in which their subsystems first occur in the message
     * @param unknown how many channels of the message belong to no subsystem and are in no slice
     */
    public record Slices(List<Slice> slices, int unknown) {}

    private final NameTable channels;
    private final String[] subsystems;
    private final AtomicReferenceArray<SlicePlan> plans = new AtomicReferenceArray<>(PLANS);

    /** @param subsystemOf the subsystem of each channel, by the channel's name */
    public Slicer(Map<String, String> subsystemOf) {
        channels = new NameTable(SipHash.secret(), subsystemOf.size(), 0);
        subsystems = new String[subsystemOf.size()];
        for (Map.Entry<String, String> entry : subsystemOf.entrySet()) {
            byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
            subsystems[channels.size()] = entry.getValue();
            channels.add(name, 0, name.length);
        }
    }

    /** The slices of a message. A channel whose value is null belongs to its slice like any other. */
    public Slices slice(TelemetryMessage message) {
        SlicePlan plan = plan(message.names());
        byte[] head = head(message);
        List<Slice> slices = new ArrayList<>(plan.groups().size());
        int known = 0;
        for (SlicePlan.Group group : plan.groups()) {
            int channels = group.count(message.channelCount());
            if (channels > 0) {
                slices.add(new Slice(group.subsystem(), group.cut(message, head)));
                known += channels;
            }
        }
        return new Slices(slices, message.channelCount() - known);
    }

    private SlicePlan plan(NameTable names) {
        int slot = System.identityHashCode(names) % PLANS;
        SlicePlan plan = plans.get(slot);
        if (plan == null || plan.names() != names) {
            plan = SlicePlan.of(names, i -> subsystem(names, i));
            plans.set(slot, plan);
        }
        return plan;
    }

    private String subsystem(NameTable names, int i) {
        int channel = channels.indexOf(names, i);
        return channel < 0 ? null : subsystems[channel];
    }

    /** The envelope up to and with the opening brace of the channels; the values of its fields as they stand. */
    private static byte[] head(TelemetryMessage message) {
        int length = CHANNELS.length;
        for (int field = 0; field < Envelope.CHANNELS; field++) {
            length += BEFORE[field].length + message.tokenEnd(field) - message.tokenStart(field);
        }
        byte[] head = new byte[length];
        int at = 0;
        for (int field = 0; field < Envelope.CHANNELS; field++) {
            at = SlicePlan.copy(BEFORE[field], 0, BEFORE[field].length, head, at);
            at = SlicePlan.copy(message.bytes(), message.tokenStart(field), message.tokenEnd(field), head, at);
        }
        SlicePlan.copy(CHANNELS, 0, CHANNELS.length, head, at);
        return head;
    }

    private static byte[][] before() {
        byte[][] before = new byte[Envelope.CHANNELS][];
        Arrays.setAll(before, i -> ascii((i == 0 ? "{\"" : ",\"") + Envelope.NAMES.get(i) + "\":"));
        return before;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
