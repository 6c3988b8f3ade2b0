package routes.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import routes.settings.ConfigurationException;
import routes.telemetry.ChannelNames;

/** The content of a recorded log, read once from beginning to end. */
final class RecordingFile {
    /** What a row takes beside its values: objects, references, the text of its time. */
    private static final long ROW_BYTES = 200;

    /** A name or a unit may go over lines, but not over the whole file. */
    private static final int HEADER_LINES = 100;

    private static final long CELL_BYTES = Long.BYTES + Byte.BYTES;

    private final Path file;
    private final Consumer<String> problems;
    private final long room;
    private List<RecordingRow> rows = new ArrayList<>();
    private RecordingColumns columns;
    private int line;
    private int skipped;

    private RecordingFile(Path file, Consumer<String> problems, long room) {
        this.file = file;
        this.problems = problems;
        this.room = room;
    }

    /**
     * @param room how many bytes of memory the rows may take
     * @throws ConfigurationException if the file is unusable as a whole
     */
    static RecordingFile read(Path file, Consumer<String> problems, long room) {
        RecordingFile content = new RecordingFile(file, problems, room);
        content.readAll();
        content.bringInOrder();
        return content;
    }

    ChannelNames channels() {
        return columns.channels();
    }

    /** In the order of time; at least one. */
    List<RecordingRow> rows() {
        return rows;
    }

    int skippedLines() {
        return skipped;
    }

    private void readAll() {
        if (!Files.isRegularFile(file)) {
            throw unusable("there is no such file; expected a CSV file with mnemonics, units and timed rows");
        }
        try (RecordingLines lines = new RecordingLines(file)) {
            columns = RecordingColumns.of(file, header(lines, "mnemonics"));
            checkUnits(header(lines, "units"));
            for (String text = lines.next(); text != null; text = lines.next()) {
                line = lines.number();
                if (lines.isTooLong()) {
                    skip(line, "it has more than " + RecordingLines.LONGEST + " characters");
                } else {
                    add(text);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw unusable("it cannot be read: " + e.getMessage());
        }
    }

    /** A name or unit may contain a line break; nothing that is good in a later row can, so only here lines are joined. */
    private List<String> header(RecordingLines lines, String what) throws IOException {
        StringBuilder record = new StringBuilder();
        int joined = 0;
        for (String text = lines.next(); text != null; text = lines.next()) {
            record.append(text);
            if (lines.isTooLong() || record.length() > RecordingLines.LONGEST || ++joined > HEADER_LINES) {
                throw unusable("its row of " + what + " has more than " + RecordingLines.LONGEST + " characters or "
                        + HEADER_LINES + " lines; expected a quotation mark to be closed, and fewer columns");
            }
            Optional<List<String>> cells = RecordingLine.cells(record.toString());
            if (cells.isPresent() && !text.isBlank()) {
                return cells.get();
            }
            record.append('\n');
        }
        throw unusable("it has no row of " + what + "; expected mnemonics in row 1 and units in row 2");
    }

    private void checkUnits(List<String> units) {
        if (columns.isTimed(units)) {
            throw unusable("row 2 begins the data; expected the units there, below the mnemonics");
        }
    }

    private void add(String text) {
        if (text.isEmpty()) {
            return;
        }
        Optional<List<String>> cells = RecordingLine.cells(text);
        if (cells.isEmpty()) {
            skip(line, "a quoted cell is not closed, or goes on after its quotation mark");
        } else if (cells.get().size() != columns.count()) {
            skip(line, cells.get().size() + " cells, expected " + columns.count() + " as in row 1");
        } else {
            add(cells.get());
        }
    }

    private void add(List<String> cells) {
        try {
            rows.add(columns.row(line, cells));
        } catch (IllegalArgumentException e) {
            skip(line, e.getMessage());
        }
        if (rows.size() * (ROW_BYTES + CELL_BYTES * columns.count()) > room) {
            throw unusable("its first " + rows.size() + " rows take " + (room >> 20)
                    + " MiB, half of the memory; give the program more (-Xmx) or cut the file");
        }
    }

    /** Turns a file round that is stored newest first, and takes out what is then still out of order. */
    private void bringInOrder() {
        if (isNewestFirst()) {
            Collections.reverse(rows);
        }
        List<RecordingRow> kept = new ArrayList<>(rows.size());
        for (RecordingRow row : rows) {
            RecordingRow before = kept.isEmpty() ? row : kept.get(kept.size() - 1);
            if (row.millis() >= before.millis()) {
                kept.add(row);
            } else {
                skip(row.line(), "time " + row.time() + " is before " + before.time() + " of line " + before.line());
            }
        }
        rows = kept;
        if (rows.isEmpty()) {
            throw unusable("it has no usable row below the mnemonics and the units; " + skipped + " lines are skipped");
        }
    }

    /** Whether time goes back more often than forward, so that a single wrong time does not turn a file round. */
    private boolean isNewestFirst() {
        long balance = 0;
        for (int i = 1; i < rows.size(); i++) {
            balance += Long.compare(rows.get(i).millis(), rows.get(i - 1).millis());
        }
        return balance < 0;
    }

    private void skip(int where, String why) {
        skipped++;
        problems.accept(file + ":" + where + ": " + why + "; the line is skipped");
    }

    private ConfigurationException unusable(String why) {
        return new ConfigurationException("recorded log " + file + ": " + why);
    }
}
