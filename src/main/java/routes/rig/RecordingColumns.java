package routes.rig;

import java.math.BigDecimal;
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
    private static final int LONGEST_QUOTED = 40;
    /** More do not fit into a message, whatever their names. */
    private static final int MOST = 10_000;

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
        if (names.size() > MOST) {
            throw new ConfigurationException(
                    "recorded log " + file + ": it has " + names.size() + " columns; expected at most " + MOST);
        }
        List<String> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String where = "recorded log " + file + ": column " + (i + 1) + " is named " + quote(names.get(i));
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

    ChannelNames channels() {
        return channels;
    }

    /** Whether there is a readable time where it belongs. */
    boolean isTimed(List<String> cells) {
        return cells.size() > time && RecordingTime.millis(cells.get(time)).isPresent();
    }

    /**
     * @param line where the row stands in the file
     * @param cells as many as there are columns
     * @throws IllegalArgumentException if the time or a number is unreadable; says which cell it is and what it should be
     */
    RecordingRow row(int line, List<String> cells) {
        long millis = RecordingTime.millis(cells.get(time)).orElseThrow(() -> badTime(cells.get(time)));
        long[] unscaled = new long[channels.size()];
        byte[] decimals = new byte[channels.size()];
        for (int i = 0; i < unscaled.length; i++) {
            BigDecimal number = number(cells, i < time ? i : i + 1);
            unscaled[i] =
                    number == null ? Telemetry.NULL : number.unscaledValue().longValueExact();
            decimals[i] = number == null ? 0 : (byte) number.scale();
        }
        return new RecordingRow(line, cells.get(time), millis, activity(unscaled, decimals), unscaled, decimals);
    }

    private static IllegalArgumentException badTime(String cell) {
        return new IllegalArgumentException("time " + quote(cell) + ", expected ISO 8601 as 2026-11-20T10:00:00Z");
    }

    private BigDecimal number(List<String> cells, int column) {
        String cell = cells.get(column);
        try {
            return cell.isEmpty() ? null : RecordingNumber.parse(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    quote(cell) + " in column " + names.get(column)
                            + ", expected a decimal number below 10^18, -999.25 or nothing",
                    e);
        }
    }

    private static String quote(String cell) {
        String shown = cell.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > LONGEST_QUOTED ? "'" + shown.substring(0, LONGEST_QUOTED) + "…'" : "'" + shown + "'";
    }

    private int activity(long[] unscaled, byte[] decimals) {
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
