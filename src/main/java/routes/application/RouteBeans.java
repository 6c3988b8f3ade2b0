package routes.application;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Processor;
import routes.archive.ArchiveTap;
import routes.deadletter.DeadLetters;
import routes.deadletter.FailureNotes;
import routes.flow.FlowContext;
import routes.flow.Flows;
import routes.kafka.Batches;
import routes.kafka.JsonRecords;
import routes.kafka.Pipeline;
import routes.kafka.RecordReading;
import routes.kafka.RouteMeters;
import routes.kafka.SinkDown;
import routes.settings.Settings;

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

    /** For routes that read records: batches, any JSON, dead letters. */
    public static RouteBeans forRecords(Settings settings, Batches batches, RouteMeters meters, Clock clock) {
        return forRecords(settings, new Stores(settings), batches, meters, clock);
    }

    /** @param stores for what the beans keep beside the topics */
    static RouteBeans forRecords(Settings settings, Stores stores, Batches batches, RouteMeters meters, Clock clock) {
        RouteBeans all = new RouteBeans();
        all.beans.put(Pipeline.NAME, new Pipeline());
        all.put("open-batch", batches::open);
        all.put("commit-batch", batches::commit);
        JsonRecords json = new JsonRecords(meters);
        all.put("read-json", json::read);
        all.put("read-json-or-skip", RecordReading.orSkip(json::read));
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

    private static DeadLetters deadLetters(Settings settings, Stores stores) {
        return new DeadLetters("rig-streams", (int) settings.bytes("deadletters.max-record"), stores.oversizeValues());
    }

    /** The steps of a flow. */
    RouteBeans and(Map<String, Processor> steps) {
        beans.putAll(steps);
        return this;
    }

    /** As they are checked: those of flows, and of an archive, which nobody calls. */
    public RouteBeans andFlows(FlowContext context) {
        Flows.chosen(context.settings()).forEach(flow -> and(flow.steps(context)));
        return andArchive(null);
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
