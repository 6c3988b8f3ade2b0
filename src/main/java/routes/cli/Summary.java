package routes.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import routes.application.Snapshot.TopicTotals;

/** What a run has written, as a table of its topics. */
final class Summary {
    private static final String TOTAL = "total";

    private Summary() {}

    /** One line per topic in alphabetical order, between a heading and the total. */
    static List<String> of(Map<String, TopicTotals> topics) {
        int width = topics.keySet().stream().mapToInt(String::length).max().orElse(0);
        String row = "%-" + Math.max(width, TOTAL.length()) + "s %,14d %,12.1f";
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, row.replace(",14d", "14s").replace(",12.1f", "12s"), "topic", "records", "MB"));
        long records = 0;
        long bytes = 0;
        for (Map.Entry<String, TopicTotals> topic : new TreeMap<>(topics).entrySet()) {
            TopicTotals totals = topic.getValue();
            lines.add(line(row, topic.getKey(), totals.records(), totals.bytes()));
            records += totals.records();
            bytes += totals.bytes();
        }
        lines.add(line(row, TOTAL, records, bytes));
        return lines;
    }

    private static String line(String row, String name, long records, long bytes) {
        return String.format(Locale.ROOT, row, name, records, bytes / 1e6);
    }
}
