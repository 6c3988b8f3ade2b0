package routes.rig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import routes.settings.ConfigurationException;
import routes.telemetry.ChannelNames;
import routes.telemetry.Telemetry;

/** The columns of a recorded log: which one is the time, which channels the others are, which of them say the activity. */
final class RecordingColumns {
    private static final String TIME = "TIME";
    /** In the order in which they are asked. */
    private static final List<String> ACTIVITIES = List.of("GS_ACTC", "ACTC");

    private static final int LAST_ACTIVITY = 99;

    private final List<String> names;
    private final int time;
    private final ChannelNames channels;
    private final int[] activities;

    private RecordingColumns(List<String> names, int time) {
        this.names = names;
        this.time = time;
        List<String> others = new ArrayList<>(names);
        others.remove(time);
        this.channels = new ChannelNames(others);
        this.activities = ACTIVITIES.stream()
                .mapToInt(activity -> indexOf(others, activity))
                .filter(i -> i >= 0)
                .toArray();
    }

    /** @throws ConfigurationException if the names are not such as a message can have */
    static RecordingColumns of(Path file, List<String> names) {
        List<String> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String where = "recorded log " + file + ": column " + (i + 1) + " is named '" + names.get(i) + "'";
            if (!names.get(i).matches("[ !#-\\[\\]-~]+")) {
                problems.add(where + "; expected printable ASCII without \" or \\, and at least one character");
            } else if (!seen.add(names.get(i))) {
                problems.add(where + ", as one before it; expected every name once");
            }
        }
        if (names.size() < 2) {
            problems.add("recorded log " + file + ": it has one column; expected a time and at least one channel,"
                    + " with commas between them");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new RecordingColumns(names, Math.max(0, indexOf(names, TIME)));
    }

    /** How many cells a row has. */
    int count() {
        return names.size();
    }

    String name(int column) {
        return names.get(column);
    }

    /** Which cell of a row is its time. */
    int time() {
        return time;
    }

    ChannelNames channels() {
        return channels;
    }

    /** Which cell of a row has the value of a channel. */
    int cell(int channel) {
        return channel < time ? channel : channel + 1;
    }

    int activity(long[] unscaled, byte[] decimals) {
        for (int i : activities) {
            if (unscaled[i] != Telemetry.NULL) {
                return code(unscaled[i], decimals[i]);
            }
        }
        return 0;
    }

    private static int code(long unscaled, int decimals) {
        long one = Math.round(Math.pow(10, decimals));
        boolean whole = unscaled % one == 0;
        long code = unscaled / one;
        return whole && code >= 0 && code <= LAST_ACTIVITY ? (int) code : 0;
    }

    private static int indexOf(List<String> names, String wanted) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(wanted)) {
                return i;
            }
        }
        return -1;
    }
}
