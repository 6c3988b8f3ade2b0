package routes.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A comma-separated file with one header row, comment lines that start with {@code #}, and quotation marks around cells
 * that hold a comma. Reading collects problems instead of stopping at the first, so that a user sees all of them.
 */
final class CsvTable {
    /** One line of cells; {@code where} is {@code file:line}, for messages. */
    record Row(String where, List<String> cells) {}

    private final List<Row> rows;

    private CsvTable(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * @param header the columns expected, in order
     * @param problems receives one sentence per malformed line
     */
    static CsvTable read(Reader source, String file, List<String> header, List<String> problems) {
        List<Row> rows = new ArrayList<>();
        Row found = null;
        for (Map.Entry<Integer, String> line : lines(source)) {
            Row row = new Row(file + ":" + line.getKey(), cells(line.getValue()));
            if (found == null) {
                found = row;
                checkHeader(row, header, problems);
            } else if (row.cells().size() == header.size()) {
                rows.add(row);
            } else {
                problems.add(row.where() + ": found " + row.cells().size() + " cells, expected " + header.size() + " ("
                        + String.join(",", header) + ")");
            }
        }
        if (found == null) {
            problems.add(file + ":1: found no header row, expected " + String.join(",", header));
        }
        return new CsvTable(rows);
    }

    List<Row> rows() {
        return rows;
    }

    private static void checkHeader(Row row, List<String> header, List<String> problems) {
        if (!row.cells().equals(header)) {
            problems.add(row.where() + ": found the header " + String.join(",", row.cells()) + ", expected "
                    + String.join(",", header));
        }
    }

    private static List<Map.Entry<Integer, String>> lines(Reader source) {
        List<Map.Entry<Integer, String>> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(source)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    lines.add(Map.entry(number, line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
