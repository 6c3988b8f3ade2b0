package routes.application;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.check.RouteCheck;
import routes.check.RouteFile;
import routes.check.RouteText;
import routes.flow.Flows;
import routes.reload.CamelRoutes;
import routes.reload.ExportStamp;
import routes.reload.LastGood;
import routes.reload.ReloadMonitor;
import routes.reload.ReloadReport;
import routes.reload.RouteSwapper;
import routes.reload.RouteWatch;
import routes.reload.StartSelection;
import routes.settings.Settings;

/**
 * The routes of the settings: which of them run at the start, and, while this is open, what becomes of edits in their
 * folder. Seen as {@code routes:type=Reload} in JMX.
 */
final class RouteReload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name = new ObjectName("routes:type=Reload");
    private final Optional<Path> folder;
    private final Optional<LastGood> lastGood;
    private final boolean watched;
    private final RouteCheck check;
    private final ReloadReport report;
    private final StartSelection start;
    private volatile Optional<RouteWatch> watch = Optional.empty();

    /** @throws routes.settings.ConfigurationException if the routes cannot run, nor a last good version of them */
    RouteReload(Settings settings, RouteCheck check, MeterRegistry meters, Clock clock) throws JMException {
        this.folder = settings.optionalPath("routes.dir");
        this.watched = folder.isPresent() && settings.flag("routes.watch");
        this.lastGood =
                folder.map(routes -> new LastGood(settings.path("data.dir").resolve("routes-last-good"), routes));
        this.check = check;
        this.report = new ReloadReport(meters, clock);
        this.start = StartSelection.of(
                check, Routes.texts(settings), lastGood.map(LastGood::read).orElse(List.of()));
        ExportStamp.of(Flows.routes(settings)).warning(start.running()).ifPresent(LOG::warn);
        server.registerMBean(new ReloadMonitor(folder, watched, report), name);
    }

    /** What is to run at the start, as it was checked. */
    List<RouteText> texts() {
        return check.resolved(start.running()).stream().map(RouteFile::forCamel).toList();
    }

    /** They run: from now on, what is edited in their folder runs instead. */
    void started(CamelRoutes camel) {
        RouteSwapper swapper = new RouteSwapper(check, camel, start, lastGood, report);
        if (watched) {
            watch = folder.map(routes -> RouteWatch.start(routes, swapper, report, start));
        }
    }

    /** Why what is edited does not run; empty if it does. */
    Optional<String> trouble() {
        return watch.flatMap(RouteWatch::trouble);
    }

    @Override
    public void close() throws JMException {
        server.unregisterMBean(name);
        watch.ifPresent(RouteWatch::close);
    }
}
