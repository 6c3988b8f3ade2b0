package routes.rig;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import routes.settings.ConfigurationException;
import routes.telemetry.ChannelNames;
import routes.telemetry.Telemetry;

/**
 * A recorded log that takes the place of a rig, row by row, at its own pace or faster.
 *
 * <p>The file is CSV (RFC 4180, UTF-8, with or without a byte order mark): a row of mnemonics, a row of units, then
 * rows with an ISO 8601 time each. The time column is the one named TIME in any case of letters, else the first; a time
 * without an offset is UTC. Every other column is a channel, with names and values as they stand in the file; an empty
 * cell and −999.25 mean that the sensor gave nothing. The activity is the row's GS_ACTC, else its ACTC, and 0 where
 * neither is a whole number from 0 to 99. A file that is stored newest first is turned round.
 *
 * <p>A row with another number of cells than the header, an unreadable time or number, or a time before that of the row
 * before it is reported and skipped. A value is kept exactly if it has at most 18 digits and 18 decimals; otherwise it
 * is the shortest decimal of the nearest double, to 18 decimals.
 */
public final class Recording implements Source {
    /** The id of the rig that a recording plays. */
    public static final String RIG = "REC-001";

    private static final int WELL_LENGTH = 64;
    private static final long ONLY_STEP_MILLIS = 1_000;

    private final String well;
    private final ChannelNames channels;
    private final List<RecordingRow> rows;
    private final int skippedLines;
    private final double speed;
    private final boolean loop;
    private final long lap;

    private Recording(Path file, RecordingFile content, double speed, boolean loop) {
        this.well = well(file.getFileName().toString());
        this.channels = content.channels();
        this.rows = content.rows();
        this.skippedLines = content.skippedLines();
        this.speed = speed;
        this.loop = loop;
        this.lap = spanMillis() + typicalStepMillis();
    }

    /**
     * Reads a recorded log into memory.
     *
     * @param speed how many times faster than it was recorded; above 0
     * @param loop whether it starts again after its last row, one typical step later; {@code seq} goes on
     * @param problems takes one sentence, beginning with {@code file:line:}, for every row that is skipped
     * @throws ConfigurationException if there is no such file, it cannot be read, has no header or no usable row, has
     *     unusable column names, does not fit into memory, or the speed is not above 0
     */
    public static Recording load(Path file, double speed, boolean loop, Consumer<String> problems) {
        if (!(speed > 0 && speed < Double.POSITIVE_INFINITY)) {
            throw new ConfigurationException(
                    "speed " + speed + " of the recorded log " + file + ": expected a number above 0");
        }
        long room = Runtime.getRuntime().maxMemory() / 2;
        return new Recording(file, RecordingFile.read(file, problems, room), speed, loop);
    }

    @Override
    public String rig() {
        return RIG;
    }

    @Override
    public Optional<Telemetry> at(long seq) {
        if (!loop && seq >= rows.size()) {
            return Optional.empty();
        }
        RecordingRow row = row(seq);
        return Optional.of(new Telemetry(RIG, well, seq, row.activity(), channels, row.unscaled(), row.decimals()));
    }

    @Override
    public long elapsedMillis(long seq) {
        long recorded =
                seq / rows.size() * lap + row(seq).millis() - rows.get(0).millis();
        return (long) (recorded / speed);
    }

    /**
     * The time of message {@code seq} as it stands in the file.
     *
     * @param seq from 0; beyond the last row of a recording that does not loop, what it would be if it did
     */
    @Override
    public Optional<String> recordedTime(long seq) {
        return Optional.of(row(seq).time());
    }

    /** How many usable rows the file has. */
    public int rows() {
        return rows.size();
    }

    /** How many lines were reported and skipped. */
    public int skippedLines() {
        return skippedLines;
    }

    private RecordingRow row(long seq) {
        return rows.get((int) (seq % rows.size()));
    }

    private long spanMillis() {
        return rows.get(rows.size() - 1).millis() - rows.get(0).millis();
    }

    /** The median of the steps forward from row to row. */
    private long typicalStepMillis() {
        long[] steps = new long[rows.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = rows.get(i + 1).millis() - rows.get(i).millis();
        }
        long[] forward = Arrays.stream(steps).filter(step -> step > 0).sorted().toArray();
        return forward.length == 0 ? ONLY_STEP_MILLIS : forward[forward.length / 2];
    }

    private static String well(String name) {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return stem.substring(0, Math.min(stem.length(), WELL_LENGTH));
    }
}
