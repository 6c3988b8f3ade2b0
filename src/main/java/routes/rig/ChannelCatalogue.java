package routes.rig;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import routes.settings.ConfigurationException;
import routes.telemetry.ChannelNames;

/** The channels of a rig, in the order in which they are sent; those of one subsystem stand together. */
public final class ChannelCatalogue {
    /** The parts of a rig whose channels go to a topic each, in the order of the catalogue. */
    public static final List<String> SUBSYSTEMS = List.of(
            "drilling",
            "hoisting",
            "top-drive",
            "pipe-handling",
            "mud-pumps",
            "standpipe",
            "flow",
            "pits",
            "solids-control",
            "mud-properties",
            "gas",
            "safety",
            "mwd",
            "lwd",
            "mpd",
            "bop",
            "power",
            "utilities",
            "cementing",
            "weather",
            "vessel",
            "derived",
            "data-quality");

    private static final String FILE = "channels/channels.csv";
    private static final String FLOATERS_ONLY = "vessel";

    private final List<Channel> channels;
    private final Map<String, Channel> byName;
    private final ChannelNames names;

    private ChannelCatalogue(List<Channel> channels) {
        this.channels = List.copyOf(channels);
        this.byName = new LinkedHashMap<>();
        for (Channel channel : channels) {
            byName.put(channel.id(), channel);
            channel.aliases().forEach(alias -> byName.put(alias, channel));
        }
        this.names = new ChannelNames(channels.stream().map(Channel::id).toList());
    }

    /** The catalogue that comes with the application. */
    public static ChannelCatalogue builtIn() {
        return read(resource(FILE), FILE);
    }

    /**
     * Reads a catalogue and closes {@code source}.
     *
     * @param fileName how messages name the source
     * @throws ConfigurationException with every problem found: bad cells, names that occur twice, unknown subsystems
     */
    public static ChannelCatalogue read(Reader source, String fileName) {
        List<String> problems = new ArrayList<>();
        CsvTable table = CsvTable.read(source, fileName, ChannelRows.HEADER, problems);
        List<Channel> channels = new ChannelRows(problems).read(table);
        if (channels.isEmpty() && problems.isEmpty()) {
            problems.add(fileName + ": found no channels, expected at least one row below the header");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new ChannelCatalogue(channels);
    }

    /** In the order in which they are sent. */
    public List<Channel> channels() {
        return channels;
    }

    /** All subsystems there are, whether or not this catalogue has channels of each. */
    public List<String> subsystems() {
        return SUBSYSTEMS;
    }

    /** Every id and alias with its channel's subsystem. */
    public Map<String, String> subsystemByName() {
        Map<String, String> subsystems = new LinkedHashMap<>();
        byName.forEach((name, channel) -> subsystems.put(name, channel.subsystem()));
        return Collections.unmodifiableMap(subsystems);
    }

    public Optional<Channel> find(String idOrAlias) {
        return Optional.ofNullable(byName.get(idOrAlias));
    }

    /** The channels of a rig that stands on land or on legs: all but those of the vessel. */
    public ChannelCatalogue landRig() {
        return new ChannelCatalogue(channels.stream()
                .filter(channel -> !channel.subsystem().equals(FLOATERS_ONLY))
                .toList());
    }

    /** The ids, in order; one instance for all messages made from this catalogue. */
    public ChannelNames names() {
        return names;
    }

    /** Opens a file of the application's own. */
    static Reader resource(String file) {
        InputStream stream = ChannelCatalogue.class.getClassLoader().getResourceAsStream(file);
        return new InputStreamReader(
                Objects.requireNonNull(stream, "missing in the application: " + file), StandardCharsets.UTF_8);
    }
}
