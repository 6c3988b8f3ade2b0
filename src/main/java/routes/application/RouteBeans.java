package routes.application;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.Processor;
import routes.archive.ArchiveTap;
import routes.deadletter.DeadLetters;
import routes.deadletter.FailureNotes;
import routes.kafka.Batches;
import routes.kafka.FleetLog;
import routes.kafka.FleetSender;
import routes.kafka.JsonRecords;
import routes.kafka.Pipeline;
import routes.kafka.RouteMeters;
import routes.kafka.SinkDown;
import routes.kafka.Slices;
import routes.kafka.TelemetryRecords;
import routes.rig.ChannelCatalogue;
import routes.rig.Fleet;
import routes.settings.Settings;
import routes.telemetry.InvalidTelemetryException;
import routes.telemetry.Slicer;

/**
 * The steps that routes refer to by name: YAML says where a message goes, these compute. Each is a {@link Processor}
 * named after what it does.
 */
public final class RouteBeans {
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Map<String, Object> beans = new LinkedHashMap<>();

    private RouteBeans() {}

    /** How batches are opened, committed and tried again. */
    public static Batches batches(Settings settings) {
        return new Batches(FIRST_WAIT, LONGEST_WAIT, settings.integer("deadletters.failed-max"));
    }

    /** For routes that read records: batches, telemetry, slices, dead letters. */
    public static RouteBeans forRecords(
            Settings settings, ChannelCatalogue channels, Batches batches, RouteMeters meters, Clock clock) {
        return forRecords(settings, new Stores(settings), channels, batches, meters, clock);
    }

    /** @param stores for what the beans keep beside the topics */
    static RouteBeans forRecords(
            Settings settings,
            Stores stores,
            ChannelCatalogue channels,
            Batches batches,
            RouteMeters meters,
            Clock clock) {
        RouteBeans all = new RouteBeans();
        all.beans.put(Pipeline.NAME, new Pipeline());
        all.put("open-batch", batches::open);
        all.put("commit-batch", batches::commit);
        TelemetryRecords telemetry = new TelemetryRecords(meters);
        all.put("read-telemetry", telemetry::read);
        all.put("read-telemetry-or-skip", orSkip(telemetry::read));
        JsonRecords json = new JsonRecords(meters);
        all.put("read-json", json::read);
        all.put("read-json-or-skip", orSkip(json::read));
        Slices slices = new Slices(new Slicer(channels.subsystemByName()), settings.text("rigs.slice-topics"));
        all.put("slice-telemetry", slices::slice);
        all.put("note-failure", new FailureNotes(clock));
        all.put("note-sink-down", new SinkDown(clock));
        DeadLetters letters = deadLetters(settings, stores);
        all.put("prepare-dead-letter", exchange -> {
            meters.follow(exchange); // not all routes have read telemetry, which is followed from there on
            letters.prepare(exchange);
        });
        all.put("store-dead-letter", stores.copies(clock)::keep);
        return all;
    }

    /** As the step itself, but a record that is invalid is counted and goes no further. */
    private static Processor orSkip(Processor read) {
        return exchange -> {
            try {
                read.process(exchange);
            } catch (InvalidTelemetryException invalid) {
                exchange.setRouteStop(true);
            }
        };
    }

    private static DeadLetters deadLetters(Settings settings, Stores stores) {
        return new DeadLetters("rig-streams", (int) settings.bytes("deadletters.max-record"), stores.oversizeValues());
    }

    /**
     * For the routes that send what the rigs say.
     *
     * @param maySend whether this process still is the one that runs these rigs
     */
    RouteBeans andFleet(
            Fleet fleet,
            FleetLog log,
            BooleanSupplier maySend,
            String fleetId,
            RouteMeters meters,
            MeterRegistry registry) {
        FleetSender sender = new FleetSender(fleet, rig -> log.partitionOf(rig), maySend, fleetId, meters, registry);
        put("due-telemetry", sender::due);
        put("follow-telemetry", sender::follow);
        put("save-fleet", exchange -> {
            if (maySend.getAsBoolean()) {
                log.save(fleet.positions());
            }
        });
        return this;
    }

    /** For the route that archives. */
    RouteBeans andArchive(ArchiveTap tap) {
        put("archive-batch", exchange -> tap.archive(exchange));
        put("commit-archived", exchange -> tap.commit(exchange));
        return this;
    }

    private void put(String name, Processor step) {
        beans.put(name, step);
    }

    /** By the name under which routes refer to them. */
    public Map<String, Object> byName() {
        return Map.copyOf(beans);
    }
}
