package routes.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import routes.settings.ConfigurationException;
import routes.telemetry.ChannelNames;
import routes.telemetry.Telemetry;

/** The content of a recorded log, read once from beginning to end. */
final class RecordingFile {
    /** What a row takes beside its values: objects, references, the text of its time. */
    private static final long ROW_BYTES = 200;

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
        // Not Files.newBufferedReader: a unit in another encoding is no reason to refuse the log.
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            columns = RecordingColumns.of(file, header(reader, "mnemonics"));
            checkUnits(header(reader, "units"));
            for (String text = next(reader); text != null; text = next(reader)) {
                add(text);
            }
        } catch (IOException | UncheckedIOException e) {
            throw unusable("it cannot be read: " + e.getMessage());
        }
    }

    /** A name or unit may contain a line break; nothing that is good in a later row can, so only here lines are joined. */
    private List<String> header(BufferedReader reader, String what) throws IOException {
        StringBuilder record = new StringBuilder();
        for (String text = next(reader); text != null; text = next(reader)) {
            record.append(text);
            Optional<List<String>> cells = RecordingLine.cells(record.toString());
            if (cells.isPresent() && !text.isBlank()) {
                return cells.get();
            }
            record.append('\n');
        }
        throw unusable("it has no row of " + what + "; expected mnemonics in row 1 and units in row 2");
    }

    private void checkUnits(List<String> units) {
        boolean timed = units.size() > columns.time() && isTime(units.get(columns.time()));
        if (timed) {
            throw unusable("row 2 begins the data; expected the units there, below the mnemonics");
        }
    }

    private static boolean isTime(String cell) {
        try {
            RecordingTime.millis(cell);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private String next(BufferedReader reader) throws IOException {
        String text = reader.readLine();
        line++;
        boolean marked = line == 1 && text != null && text.startsWith("\uFEFF");
        return marked ? text.substring(1) : text;
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
        String time = cells.get(columns.time());
        try {
            rows.add(row(time, RecordingTime.millis(time), cells));
        } catch (DateTimeException e) {
            skip(line, "time '" + time + "', expected ISO 8601 as 2026-11-20T10:00:00Z");
        } catch (BadCell e) {
            skip(line, e.getMessage());
        }
        if (rows.size() * (ROW_BYTES + CELL_BYTES * columns.count()) > room) {
            throw unusable("its first " + rows.size() + " rows take " + (room >> 20)
                    + " MiB, half of the memory; give the program more (-Xmx) or cut the file");
        }
    }

    private RecordingRow row(String time, long millis, List<String> cells) {
        long[] unscaled = new long[columns.count() - 1];
        byte[] decimals = new byte[unscaled.length];
        for (int i = 0; i < unscaled.length; i++) {
            BigDecimal number = number(cells, columns.cell(i));
            unscaled[i] =
                    number == null ? Telemetry.NULL : number.unscaledValue().longValueExact();
            decimals[i] = number == null ? 0 : (byte) number.scale();
        }
        return new RecordingRow(line, time, millis, columns.activity(unscaled, decimals), unscaled, decimals);
    }

    private BigDecimal number(List<String> cells, int column) {
        String cell = cells.get(column);
        try {
            return cell.isEmpty() ? null : RecordingNumber.parse(cell);
        } catch (NumberFormatException e) {
            throw new BadCell("'" + cell + "' in column " + columns.name(column)
                    + ", expected a decimal number below 10^18, -999.25 or nothing");
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

    private static final class BadCell extends RuntimeException {
        BadCell(String message) {
            super(message, null, false, false);
        }
    }
}
