package routes.telemetry;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** How messages with these names are cut. */
record SlicePlan(NameTable names, List<Group> groups) {

    /** @param subsystem of name {@code i}; null if it has none */
    static SlicePlan of(NameTable names, IntFunction<String> subsystem) {
        Map<String, Group> groups = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String of = subsystem.apply(i);
            if (of != null) {
                groups.computeIfAbsent(of, Group::new).add(i);
            }
        }
        return new SlicePlan(names, List.copyOf(groups.values()));
    }

    static int copy(byte[] from, int start, int end, byte[] to, int at) {
        System.arraycopy(from, start, to, at, end - start);
        return at + end - start;
    }

    /** The channels of one subsystem, as runs of neighbours. It does not change once its plan is made. */
    static final class Group {
        private final String subsystem;
        /** First and last channel of each run. */
        private int[] runs = new int[2];

        private int length;

        Group(String subsystem) {
            this.subsystem = subsystem;
        }

        String subsystem() {
            return subsystem;
        }

        private void add(int i) {
            if (length > 0 && runs[length - 1] == i - 1) {
                runs[length - 1] = i;
                return;
            }
            if (length == runs.length) {
                runs = Arrays.copyOf(runs, length * 2);
            }
            runs[length++] = i;
            runs[length++] = i;
        }

        /** How many of a message's first {@code size} names belong here. */
        int count(int size) {
            int count = 0;
            for (int r = 0; r < length && runs[r] < size; r += 2) {
                count += Math.min(runs[r + 1], size - 1) - runs[r] + 1;
            }
            return count;
        }

        /** The slice of a message that has at least one channel here. */
        byte[] cut(TelemetryMessage message, byte[] head) {
            int last = message.channelCount() - 1;
            int size = head.length + 1;
            for (int r = 0; r < length && runs[r] <= last; r += 2) {
                size += message.memberEnd(Math.min(runs[r + 1], last)) - message.memberStart(runs[r]) + 1;
            }
            byte[] slice = new byte[size];
            int at = copy(head, 0, head.length, slice, 0);
            for (int r = 0; r < length && runs[r] <= last; r += 2) {
                int end = message.memberEnd(Math.min(runs[r + 1], last));
                at = copy(message.bytes(), message.memberStart(runs[r]), end, slice, at);
                slice[at++] = ',';
            }
            slice[at - 1] = '}';
            slice[at] = '}';
            return slice;
        }
    }
}
