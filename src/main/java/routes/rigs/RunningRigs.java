package routes.rigs;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.Processor;
import routes.flow.Closing;
import routes.flow.FlowContext;
import routes.flow.RunningFlow;
import routes.rig.ChannelCatalogue;
import routes.rig.Fleet;
import routes.rig.Source;
import routes.settings.Settings;

/** The fleet of this instance, from where it stood when it was stopped last, to its last checkpoint. */
final class RunningRigs implements RunningFlow {
    private static final Duration CHECKPOINT_TIMEOUT = Duration.ofSeconds(5);

    private final Closing closing = new Closing();
    private final Map<String, Processor> steps;
    private Optional<FleetPlace> place = Optional.empty();
    private Fleet fleet;

    private RunningRigs(Map<String, Processor> steps) {
        this.steps = new HashMap<>(steps);
    }

    static RunningRigs start(
            FlowContext context, Map<String, Object> client, ChannelCatalogue channels, Map<String, Processor> steps)
            throws Exception {
        RunningRigs rigs = new RunningRigs(steps);
        try {
            rigs.start(context, client, channels);
            return rigs;
        } catch (Exception | Error e) {
            rigs.close();
            throw e;
        }
    }

    private void start(FlowContext context, Map<String, Object> client, ChannelCatalogue channels) throws Exception {
        Settings settings = context.settings();
        List<Source> sources = Fleets.sources(settings, channels);
        String id = "seed-" + settings.longValue("rigs.seed");
        int instance = settings.integer("rigs.instance");
        FleetLog log = closing.add(
                "fleet log",
                new FleetLog(client, RigsFlow.TELEMETRY, RigsFlow.CHECKPOINTS, id, instance, CHECKPOINT_TIMEOUT));
        if (!sources.isEmpty()) {
            place = Optional.of(closing.add(
                    "fleet place",
                    FleetPlace.take(client, RigsFlow.CHECKPOINTS, id, instance, settings.sessionTimeout())));
        }
        fleet = Fleets.restore(settings, sources, log, context.clock());
        closing.add("fleet watch", new FleetWatch(fleet, context.meters()));
        closing.add("last checkpoint", () -> save(log));
        FleetSender sender = new FleetSender(
                fleet, rig -> log.partitionOf(rig), this::maySend, id, context.routeMeters(), context.meters());
        steps.put("due-telemetry", sender::due);
        steps.put("follow-telemetry", sender::follow);
        steps.put("save-fleet", exchange -> save(log));
    }

    private void save(FleetLog log) {
        if (maySend()) {
            log.save(fleet.positions());
        }
    }

    /** Without rigs there is nothing that another process could send as well. */
    private boolean maySend() {
        return place.map(FleetPlace::isHeld).orElse(true);
    }

    @Override
    public Map<String, Processor> steps() {
        return Map.copyOf(steps);
    }

    @Override
    public Set<String> sources() {
        return Set.of("generate-telemetry");
    }

    @Override
    public boolean isQuiet() {
        return fleet.inFlight() == 0;
    }

    @Override
    public double lagSeconds() {
        return fleet.lagMillis() / 1000.0;
    }

    @Override
    public void onFailure(Consumer<String> owner) {
        place.ifPresent(held -> held.onLost(owner));
    }

    @Override
    public void close() {
        closing.close();
    }
}
