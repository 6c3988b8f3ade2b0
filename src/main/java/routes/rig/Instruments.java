package routes.rig;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import routes.settings.ConfigurationException;
import routes.telemetry.ChannelNames;
import routes.telemetry.Telemetry;

/** All sensors of a rig; one instance serves all rigs with the same catalogue. */
final class Instruments {
    /** Their channels are computed by the rig's own systems, which do not fail as sensors do. */
    private static final Set<String> COMPUTED = Set.of("drilling", "derived", "data-quality");

    private final ChannelNames names;
    private final Sensor[] sensors;
    private final byte[] decimals;
    private final int[] scanOf;
    private final Scan[] scans;

    /** @throws ConfigurationException naming the channels for which there is neither formula nor behaviour */
    Instruments(ChannelCatalogue catalogue) {
        List<Channel> channels = catalogue.channels();
        this.names = catalogue.names();
        this.sensors = sensors(channels, instruments(catalogue));
        this.decimals = new byte[sensors.length];
        this.scanOf = new int[sensors.length];
        Map<Scan, Integer> found = new LinkedHashMap<>();
        for (int i = 0; i < sensors.length; i++) {
            decimals[i] = sensors[i].decimals();
            Scan scan = Scan.of(channels.get(i));
            found.putIfAbsent(scan, found.size());
            scanOf[i] = found.get(scan);
        }
        this.scans = found.keySet().toArray(Scan[]::new);
    }

    /** What the rig's sensors show in a second of its own time. */
    Telemetry read(RigModel model, String rig, long seq, long second) {
        RigState[] measured = new RigState[scans.length];
        for (int i = 0; i < scans.length; i++) {
            measured[i] = scans[i].read(model, second);
        }
        long[] values = new long[sensors.length];
        for (int i = 0; i < sensors.length; i++) {
            RigState state = measured[scanOf[i]];
            values[i] = state == null ? Telemetry.NULL : sensors[i].measure(state);
        }
        RigState now = model.at(second);
        String well = rig + "-W" + now.now().well();
        return new Telemetry(rig, well, seq, now.activity(), names, values, decimals);
    }

    private static Sensor[] sensors(List<Channel> channels, Map<String, Instrument> instruments) {
        List<String> problems = new ArrayList<>();
        List<Sensor> sensors = new ArrayList<>();
        for (Channel channel : channels) {
            Instrument instrument = instruments.get(channel.id());
            if (instrument == null) {
                problems.add("channel " + channel.id() + ": found neither a formula nor a row in"
                        + " channels/behaviours.csv, expected one of them");
            } else {
                sensors.add(Sensor.of(channel, instrument, !COMPUTED.contains(channel.subsystem())));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return sensors.toArray(Sensor[]::new);
    }

    private static Map<String, Instrument> instruments(ChannelCatalogue catalogue) {
        Map<String, Instrument> instruments = new HashMap<>(BehaviourRows.builtIn(catalogue));
        instruments.putAll(StringInstruments.all());
        instruments.putAll(FluidInstruments.all());
        instruments.putAll(DownholeInstruments.all());
        instruments.putAll(DerivedInstruments.all());
        return instruments;
    }
}
