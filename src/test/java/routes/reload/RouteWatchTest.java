package routes.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.check.RouteCheck;
import routes.check.RouteText;
import routes.check.Surroundings;

/** A watch goes on whatever a look at the folder ends with, and says so as long as it does. */
class RouteWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ROUTE =
            """
            - route:
                id: write-log
                description: Writes %s
                routeConfigurationId: batch
                from:
                  uri: timer:write-log
                  steps:
                    - log: {id: log-it, message: %s}
            - routeConfiguration:
                id: batch
                errorHandler:
                  noErrorHandler: {}
            """;

    @TempDir
    Path folder;

    private volatile boolean memoryIsShort;

    @Test
    void anErrorOfMemoryIsSaidAndTheNextLookComes() throws Exception {
        Path file = folder.resolve("write-log.camel.yaml");
        Files.writeString(file, ROUTE.formatted("one", "one"));
        List<RouteText> found = RouteFolder.read(folder, ".camel.yaml");
        ReloadReport report = new ReloadReport(new SimpleMeterRegistry(), Clock.systemUTC());
        RouteCheck check = check();
        StartSelection start = StartSelection.of(check, found, List.of());
        // Nothing is ever swapped here: only what is wrong is written.
        RouteSwapper swapper = new RouteSwapper(check, null, start, Optional.empty(), report);

        try (RouteWatch watch = RouteWatch.start(folder, swapper, report, start)) {
            memoryIsShort = true;
            Files.writeString(file, ROUTE.formatted("two", "${wrong}"));
            await("trouble").atMost(PATIENCE).until(() -> watch.trouble().isPresent());
            assertThat(watch.trouble())
                    .hasValueSatisfying(said -> assertThat(said).contains("OutOfMemoryError"));
            assertThat(report.count(ReloadReport.Outcome.REJECTED)).isZero();

            memoryIsShort = false;
            await("looked at").atMost(PATIENCE).until(() -> report.count(ReloadReport.Outcome.REJECTED) == 1);
            await("no trouble").atMost(PATIENCE).until(() -> watch.trouble().isEmpty());
        }
    }

    @Test
    void aFolderThatCannotBeReadIsSaid(@TempDir Path elsewhere) throws Exception {
        Files.writeString(folder.resolve("write-log.camel.yaml"), ROUTE.formatted("one", "one"));
        for (int i = 0; i < 10_001; i++) {
            Files.createDirectory(elsewhere.resolve("d" + i));
        }
        List<RouteText> found = RouteFolder.read(folder, ".camel.yaml");
        ReloadReport report = new ReloadReport(new SimpleMeterRegistry(), Clock.systemUTC());
        RouteCheck check = check();
        StartSelection start = StartSelection.of(check, found, List.of());
        RouteSwapper swapper = new RouteSwapper(check, null, start, Optional.empty(), report);

        try (RouteWatch watch = RouteWatch.start(folder, swapper, report, start)) {
            Path link = Files.createSymbolicLink(folder.resolve("disk"), elsewhere);
            await("trouble").atMost(PATIENCE).until(() -> watch.trouble().isPresent());
            assertThat(watch.trouble())
                    .hasValueSatisfying(said -> assertThat(said).contains("cannot be read"));

            Files.delete(link);
            await("no trouble").atMost(PATIENCE).until(() -> watch.trouble().isEmpty());
        }
    }

    private RouteCheck check() {
        return new RouteCheck(new Surroundings(
                Map.of(),
                new Properties(),
                Set.of(),
                Map.of(),
                Map.of(),
                Set.of(),
                Set.of(),
                topics -> {
                    if (memoryIsShort) {
                        throw new OutOfMemoryError("as the test says");
                    }
                    return Set.of();
                },
                Set.of(),
                Set.of(),
                context -> {}));
    }
}
