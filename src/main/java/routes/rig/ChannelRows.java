package routes.rig;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the rows of a catalogue into channels and notes what is wrong with those that are not. */
final class ChannelRows {
    static final List<String> HEADER =
            List.of("id", "wits", "aliases", "description", "unit", "min", "max", "resolution", "period", "subsystem");

    private static final Set<String> PERIODS = Set.of("1", "5", "10", "30", "60");
    private static final String NAME = "[A-Z0-9_]{2,16}";

    private final List<String> problems;
    private final Map<String, String> firstUse = new HashMap<>();
    private final Set<String> finished = new HashSet<>();
    private String subsystem = "";

    /** @param problems receives one sentence for each */
    ChannelRows(List<String> problems) {
        this.problems = problems;
    }

    List<Channel> read(CsvTable table) {
        List<Channel> channels = new ArrayList<>();
        for (CsvTable.Row row : table.rows()) {
            channel(row).ifPresent(channels::add);
        }
        return channels;
    }

    private Optional<Channel> channel(CsvTable.Row row) {
        int before = problems.size();
        List<String> cells = row.cells();
        List<String> aliases =
                cells.get(2).isEmpty() ? List.of() : List.of(cells.get(2).split(" +"));
        checkName(row, cells.get(0));
        aliases.forEach(alias -> checkName(row, alias));
        expect(row, !cells.get(3).isEmpty(), "no description", "one");
        expect(row, !cells.get(4).isEmpty(), "no unit", "one, or unitless");
        BigDecimal min = number(row, 5, "min");
        BigDecimal max = number(row, 6, "max");
        BigDecimal resolution = number(row, 7, "resolution");
        expect(row, min.compareTo(max) <= 0, "min " + min + " above max " + max, "min ≤ max");
        expect(row, resolution.signum() > 0, "resolution " + resolution, "more than 0");
        expect(row, PERIODS.contains(cells.get(8)), "period '" + cells.get(8) + "'", "1, 5, 10, 30 or 60 seconds");
        checkSubsystem(row, cells.get(9));
        if (problems.size() > before) {
            return Optional.empty();
        }
        Duration period = Duration.ofSeconds(Long.parseLong(cells.get(8)));
        return Optional.of(new Channel(
                cells.get(0),
                cells.get(1),
                aliases,
                cells.get(3),
                cells.get(4),
                min,
                max,
                resolution,
                period,
                cells.get(9)));
    }

    private void checkName(CsvTable.Row row, String name) {
        expect(row, name.matches(NAME), "name '" + name + "'", NAME);
        String earlier = firstUse.putIfAbsent(name, row.where());
        expect(row, earlier == null, "name '" + name + "' a second time", "it only at " + earlier);
    }

    private void checkSubsystem(CsvTable.Row row, String name) {
        boolean known = ChannelCatalogue.SUBSYSTEMS.contains(name);
        expect(row, known, "subsystem '" + name + "'", "one of " + String.join(", ", ChannelCatalogue.SUBSYSTEMS));
        if (known && !name.equals(subsystem)) {
            finished.add(subsystem);
            subsystem = name;
            expect(row, !finished.contains(name), "subsystem '" + name + "' again", "its rows to stand together");
        }
    }

    private BigDecimal number(CsvTable.Row row, int column, String what) {
        try {
            return new BigDecimal(row.cells().get(column));
        } catch (NumberFormatException e) {
            problems.add(row.where() + ": found " + what + " '" + row.cells().get(column) + "', expected a number");
            return BigDecimal.ONE;
        }
    }

    private void expect(CsvTable.Row row, boolean good, String found, String expected) {
        if (!good) {
            problems.add(row.where() + ": found " + found + ", expected " + expected);
        }
    }
}
