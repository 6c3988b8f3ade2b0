package routes.application;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import routes.cases.CaseFiles;
import routes.cases.CaseReport;
import routes.cases.Outlet;
import routes.cases.RouteCases;
import routes.check.RouteText;
import routes.flow.FlowContext;
import routes.flow.Flows;
import routes.kafka.Batches;
import routes.kafka.RouteMeters;
import routes.settings.Settings;

/** Runs the cases beside the routes: with the application's own beans, but without Kafka, an archive or the data folder. */
public final class Cases {
    /** The time in every case: cases are to come out the same every day. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);

    private final Settings settings;
    private final Outlet outlet = new Outlet();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RouteMeters routeMeters = new RouteMeters(meters, CLOCK);

    private Cases(Settings settings) {
        this.settings = settings;
    }

    /** The files of cases in the folder {@code routes.dir}, or those of the built-in routes. */
    public static List<RouteText> texts(Settings settings) {
        return settings.optionalPath("routes.dir").map(CaseFiles::in).orElseGet(() -> Flows.routes(settings)
                .texts(RouteCases.EXTENSION));
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
        Map<String, Object> beans =
                new HashMap<>(RouteBeans.forRecords(settings, Stores.below(data, settings), batches, routeMeters, CLOCK)
                        .andFlows(new FlowContext(settings, routeMeters, meters, CLOCK))
                        .byName());
        List<String> outside = new ArrayList<>(List.of("store-dead-letter", "archive-batch"));
        Flows.chosen(settings).forEach(flow -> outside.addAll(flow.outside()));
        outside.forEach(step -> beans.put(step, outlet.step(step)));
        beans.put("commit-archived", (Processor) batches::commit);
        return beans;
    }
}
