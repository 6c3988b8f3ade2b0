package routes.rigs;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Processor;
import org.apache.camel.spi.SimpleFunction;
import routes.audit.AuditFlow;
import routes.flow.Flow;
import routes.flow.FlowContext;
import routes.flow.RunningFlow;
import routes.kafka.RecordReading;
import routes.rig.ChannelCatalogue;
import routes.rig.Fleet;
import routes.rig.Recording;
import routes.rig.Rigs;
import routes.rig.Source;
import routes.settings.Settings;
import routes.telemetry.Slicer;
import routes.telemetry.TelemetryWriter;

/** The flow of the drilling rigs: a fleet that sends its telemetry, which is routed, sliced, flagged and archived. */
public final class RigsFlow implements Flow {
    static final String TELEMETRY = "rig.telemetry";
    static final String CHECKPOINTS = "rig.fleet";
    private static final String SAVE = "save-fleet";

    @Override
    public String name() {
        return "rigs";
    }

    @Override
    public Set<String> entries() {
        return Set.of(TELEMETRY);
    }

    @Override
    public List<SimpleFunction> functions() {
        return SimpleFunctions.all();
    }

    /** Those of the catalogue, and whatever a recorded log calls its own. */
    @Override
    public Set<String> channels(Settings settings) {
        ChannelCatalogue channels = ChannelCatalogue.builtIn();
        Set<String> names = new HashSet<>(channels.subsystemByName().keySet());
        Fleets.sources(settings, channels).stream()
                .filter(Recording.class::isInstance)
                .flatMap(recording -> recording.at(0).stream())
                .forEach(first -> names.addAll(first.names().names()));
        return names;
    }

    @Override
    public Optional<AuditFlow> audit(Settings settings) {
        return Optional.of(AuditFlow.of(ChannelCatalogue.builtIn(), settings.text("rigs.slice-topics")));
    }

    /** One rig, which has sent message 0 one period ago. */
    @Override
    public Map<String, Processor> steps(FlowContext context) {
        ChannelCatalogue channels = ChannelCatalogue.builtIn();
        Map<String, Processor> steps = readers(context, channels);
        AtomicReference<FleetSender> sender = new AtomicReference<>(oneRig(context, channels));
        steps.put("due-telemetry", exchange -> {
            sender.set(oneRig(context, channels));
            sender.get().due(exchange);
        });
        steps.put("follow-telemetry", exchange -> sender.get().follow(exchange));
        steps.put(SAVE, exchange -> {});
        return steps;
    }

    @Override
    public Set<String> outside() {
        return Set.of(SAVE);
    }

    @Override
    public RunningFlow start(FlowContext context, Map<String, Object> client) throws Exception {
        ChannelCatalogue channels = ChannelCatalogue.builtIn();
        return RunningRigs.start(context, client, channels, readers(context, channels));
    }

    private static Map<String, Processor> readers(FlowContext context, ChannelCatalogue channels) {
        Map<String, Processor> steps = new HashMap<>();
        TelemetryRecords telemetry = new TelemetryRecords(context.routeMeters());
        steps.put("read-telemetry", telemetry::read);
        steps.put("read-telemetry-or-skip", RecordReading.orSkip(telemetry::read));
        Slicer slicer = new Slicer(channels.subsystemByName());
        steps.put("slice-telemetry", new Slices(slicer, context.settings().text("rigs.slice-topics"))::slice);
        return steps;
    }

    private static FleetSender oneRig(FlowContext context, ChannelCatalogue channels) {
        Settings settings = context.settings();
        Clock clock = context.clock();
        Source rig =
                new Rigs(settings.longValue("rigs.seed"), settings.duration("rigs.period"), channels.landRig()).rig(1);
        long before = clock.millis() - settings.duration("rigs.period").toMillis();
        Fleet fleet = new Fleet(
                List.of(rig),
                settings.duration("rigs.period"),
                settings.duration("rigs.backlog-max"),
                Map.of(rig.rig(), new Fleet.Position(0, before, 0, 0)),
                new TelemetryWriter()::write,
                clock);
        return new FleetSender(fleet, id -> 0, () -> true, "cases", context.routeMeters(), context.meters());
    }
}
