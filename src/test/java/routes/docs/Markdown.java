package routes.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes and reads the tables of our pages. */
final class Markdown {
    private static final String BAR_WITHIN_A_CELL = "\\|";

    private Markdown() {}

    /** @return a table with one row per list, each ending in a line break */
    static String table(List<String> heading, List<List<String>> rows) {
        List<String> rule = heading.stream().map(cell -> "---").toList();
        return Stream.concat(Stream.of(heading, rule), rows.stream())
                .map(row -> row.stream()
                        .map(cell -> cell.replace("|", BAR_WITHIN_A_CELL))
                        .collect(Collectors.joining(" | ", "| ", " |\n")))
                .collect(Collectors.joining());
    }

    static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    /** The rows of all tables of a page, without headings' rules; a cell is stripped. */
    static List<List<String>> rows(String page) {
        List<List<String>> rows = new ArrayList<>();
        page.lines().filter(line -> line.startsWith("| ") && line.endsWith(" |")).forEach(line -> rows.add(
                Arrays.stream(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|"))
                        .map(cell -> cell.replace(BAR_WITHIN_A_CELL, "|").strip())
                        .toList()));
        return rows;
    }

    /** The rows of the table whose heading begins with this cell. */
    static List<List<String>> rowsUnder(String page, String firstHeading) {
        List<List<String>> rows = rows(page);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).get(0).equals(firstHeading)) {
                int columns = rows.get(i).size();
                return rows.subList(i + 2, rows.size()).stream()
                        .takeWhile(row -> row.size() == columns)
                        .toList();
            }
        }
        throw new AssertionError("no table has a column '" + firstHeading + "'");
    }

    /** What a cell says in code, as in {@code `rig.records`}; the first such piece. */
    static String firstCode(String cell) {
        return codes(cell).stream().findFirst().orElse("");
    }

    /** All that a text says in code. */
    static List<String> codes(String text) {
        List<String> codes = new ArrayList<>();
        String[] pieces = text.split("`", -1);
        for (int i = 1; i < pieces.length; i += 2) {
            codes.add(pieces[i]);
        }
        return codes;
    }
}
