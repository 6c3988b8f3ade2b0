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

    /** Prose in which an angle bracket is no HTML. */
    static String text(String text) {
        return text.replace("<", "\\<");
    }

    static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    /** The rows of the table whose heading begins with this cell; cells are stripped. */
    static List<List<String>> rowsUnder(String page, String firstHeading) {
        List<List<String>> table = page.lines()
                .dropWhile(line -> !line.startsWith("| " + firstHeading + " |"))
                .takeWhile(line -> line.startsWith("|"))
                .map(Markdown::cells)
                .toList();
        if (table.size() < 3) {
            throw new AssertionError("no table whose first column is '" + firstHeading + "' has rows");
        }
        return table.subList(2, table.size());
    }

    static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.replace(BAR_WITHIN_A_CELL, "|").strip())
                .toList();
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
