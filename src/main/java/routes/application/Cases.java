package routes.application;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import routes.cases.CaseFiles;
import routes.cases.CaseReport;
import routes.cases.Outlet;
import routes.cases.RouteCases;
import routes.check.RouteText;
import routes.kafka.Batches;
import routes.kafka.FleetSender;
import routes.kafka.RouteMeters;
import routes.rig.ChannelCatalogue;
import routes.rig.Fleet;
import routes.rig.Rigs;
import routes.rig.Source;
import routes.settings.Settings;
import routes.telemetry.TelemetryWriter;

/** Runs the cases beside the routes: with the application's own beans, but without Kafka, an archive or the data folder. */
public final class Cases {
    /** The time in every case: cases are to come out the same every day. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);

    private static final String MARK = "cases";

    private final Settings settings;
    private final Outlet outlet = new Outlet();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RouteMeters routeMeters = new RouteMeters(meters, CLOCK);
    private final ChannelCatalogue channels = ChannelCatalogue.builtIn();

    private Cases(Settings settings) {
        this.settings = settings;
    }

    /** The files of cases in the folder {@code routes.dir}, or those of the built-in routes. */
    public static List<RouteText> texts(Settings settings) {
        return settings.optionalPath("routes.dir").map(CaseFiles::in).orElseGet(CaseFiles::builtIn);
    }

    /** @param routes all that run together; they are good */
    public static RouteCases of(Settings settings, List<RouteText> routes, List<RouteText> cases) {
        return new RouteCases(Routes.check(settings).resolved(routes), cases, settings.forCamel());
    }

    /**
     * @param cases that have no problems
     * @throws routes.settings.ConfigurationException if Camel cannot make the routes with these settings
     */
    public static CaseReport run(Settings settings, RouteCases cases) {
        return new Cases(settings).run(cases);
    }

    private CaseReport run(RouteCases cases) {
        try {
            Path data = Files.createTempDirectory("rig-streams-cases");
            try {
                return cases.run(beans(data), outlet, CLOCK);
            } catch (RuntimeCamelException e) {
                throw StartFailure.explained(e);
            } finally {
                delete(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the cases need a folder for temporary files", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Map<String, Object> beans(Path data) {
        Batches batches = RouteBeans.batches(settings);
        Map<String, Object> beans = new HashMap<>(
                RouteBeans.forRecords(settings, Stores.below(data, settings), channels, batches, routeMeters, CLOCK)
                        .byName());
        for (String outside : List.of("store-dead-letter", "archive-batch", "save-fleet")) {
            beans.put(outside, outlet.step(outside));
        }
        beans.put("commit-archived", (Processor) batches::commit);
        AtomicReference<FleetSender> sender = new AtomicReference<>(sender());
        beans.put("due-telemetry", (Processor) exchange -> {
            // Its one rig has sent message 0 one period ago.
            sender.set(sender());
            sender.get().due(exchange);
        });
        beans.put("follow-telemetry", (Processor) exchange -> sender.get().follow(exchange));
        return beans;
    }

    private FleetSender sender() {
        Rigs rigs = new Rigs(settings.longValue("rigs.seed"), settings.duration("rigs.period"), channels.landRig());
        Duration period = settings.duration("rigs.period");
        Source rig = rigs.rig(1);
        Fleet fleet = new Fleet(
                List.of(rig),
                period,
                settings.duration("rigs.backlog-max"),
                Map.of(rig.rig(), new Fleet.Position(0, CLOCK.millis() - period.toMillis(), 0, 0)),
                new TelemetryWriter()::write,
                CLOCK);
        return new FleetSender(fleet, id -> 0, () -> true, MARK, routeMeters, meters);
    }
}
