package routes.rig;

import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import routes.settings.ConfigurationException;

/** Reads how channels behave that have no formula of their own. */
final class BehaviourRows {
    private static final String FILE = "channels/behaviours.csv";
    private static final List<String> HEADER = List.of("channel", "driver", "idle", "working", "wander");
    /** A wandering takes this many periods from one value to the next. */
    private static final int PERIODS = 12;

    private final ChannelCatalogue catalogue;
    private final Map<String, Driver> drivers = Drivers.all();
    private final List<String> problems = new ArrayList<>();

    private BehaviourRows(ChannelCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Those that come with the application, by channel id. */
    static Map<String, Behaviour> builtIn(ChannelCatalogue catalogue) {
        return read(ChannelCatalogue.resource(FILE), FILE, catalogue);
    }

    /**
     * Rows of channels that the catalogue does not have are left out: a land rig has no vessel.
     *
     * @throws ConfigurationException with every problem found
     */
    static Map<String, Behaviour> read(Reader source, String file, ChannelCatalogue catalogue) {
        BehaviourRows rows = new BehaviourRows(catalogue);
        Map<String, Behaviour> behaviours = new HashMap<>();
        for (CsvTable.Row row :
                CsvTable.read(source, file, HEADER, rows.problems).rows()) {
            rows.add(row, behaviours);
        }
        if (!rows.problems.isEmpty()) {
            throw new ConfigurationException(rows.problems);
        }
        return behaviours;
    }

    private void add(CsvTable.Row row, Map<String, Behaviour> behaviours) {
        String id = row.cells().get(0);
        Driver driver = drivers.get(row.cells().get(1));
        if (driver == null) {
            problems.add(row.where() + ": found driver '" + row.cells().get(1) + "', expected one of "
                    + String.join(", ", drivers.keySet().stream().sorted().toList()));
            return;
        }
        int cell = catalogue
                .find(id)
                .map(channel -> PERIODS * (int) channel.period().toSeconds())
                .orElse(PERIODS);
        Behaviour behaviour = new Behaviour(driver, number(row, 2), number(row, 3), number(row, 4), cell);
        if (behaviours.put(id, behaviour) != null) {
            problems.add(row.where() + ": found channel '" + id + "' a second time, expected it once");
        }
    }

    private double number(CsvTable.Row row, int column) {
        String text = row.cells().get(column);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            problems.add(row.where() + ": found " + HEADER.get(column) + " '" + text + "', expected a number");
            return 0;
        }
    }
}
