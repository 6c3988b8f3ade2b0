package routes.cli;

import java.util.ArrayList;
import java.util.List;

/** Cells in columns that are as wide as their widest cell. */
final class Table {
    private static final String GAP = "  ";

    private Table() {}

    /** @param rows each with as many cells as the first */
    static List<String> lines(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            padded.add(row.get(i) + " ".repeat(widths[i] - row.get(i).length()));
        }
        return String.join(GAP, padded).stripTrailing();
    }
}
