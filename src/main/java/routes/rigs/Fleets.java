package routes.rigs;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.rig.ChannelCatalogue;
import routes.rig.Fleet;
import routes.rig.Recording;
import routes.rig.RigNumbers;
import routes.rig.Rigs;
import routes.rig.Source;
import routes.settings.Settings;
import routes.telemetry.TelemetryWriter;

/** Makes the fleet of this instance: its simulated rigs and the recorded log, each going on from where it stood. */
final class Fleets {
    private static final Logger LOG = LoggerFactory.getLogger(Fleets.class);

    private Fleets() {}

    static List<Source> sources(Settings settings, ChannelCatalogue channels) {
        Rigs rigs = new Rigs(settings.longValue("rigs.seed"), settings.duration("rigs.period"), channels.landRig());
        List<Source> sources = new ArrayList<>();
        RigNumbers.of(
                        settings.integer("rigs.count"),
                        settings.integer("rigs.instance"),
                        settings.integer("rigs.instances"))
                .forEach(number -> sources.add(rigs.rig(number)));
        recording(settings).ifPresent(sources::add);
        return sources;
    }

    /** The recorded log is a rig of the first instance. */
    private static Optional<Recording> recording(Settings settings) {
        if (settings.integer("rigs.instance") != 1) {
            return Optional.empty();
        }
        return settings.optionalPath("rigs.recording")
                .map(file -> Recording.load(
                        file,
                        settings.decimal("rigs.recording-speed"),
                        settings.flag("rigs.recording-loop"),
                        LOG::warn));
    }

    static Fleet restore(Settings settings, List<Source> sources, FleetLog log, Clock clock) {
        Set<String> rigs = sources.stream().map(Source::rig).collect(Collectors.toCollection(HashSet::new));
        Map<String, Fleet.Position> positions = log.recover(rigs);
        sources.stream()
                .filter(source -> source instanceof Recording && hasEnded(source, positions))
                .forEach(ended -> LOG.warn(
                        "the recorded log {} has been played to its end, and its rig {} stays silent;"
                                + " use a new data folder or rigs.recording-loop=true",
                        settings.path("rigs.recording"),
                        ended.rig()));
        return new Fleet(
                sources,
                settings.duration("rigs.period"),
                settings.duration("rigs.backlog-max"),
                positions,
                new TelemetryWriter()::write,
                clock);
    }

    private static boolean hasEnded(Source source, Map<String, Fleet.Position> positions) {
        Fleet.Position last = positions.get(source.rig());
        return last != null && source.at(last.seq() + 1).isEmpty();
    }
}
