package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.reload.ReloadMonitorMXBean;
import routes.reload.ReloadReport;
import routes.settings.ConfigurationException;

/** What runs after a restart on a folder in which something is wrong. */
class LastGoodIT {
    private static final String FLAG = "rigs/flag-message.camel.yaml";
    private static final String CONDITION =
            "\"${channel(GASA)} > 2 || ${channel(TQX)} > 30 || ${channel(SPPA)} > 30000\"";
    private static final byte[] MESSAGE =
            ("{\"rig\":\"A\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":1,"
                            + "\"activity\":2,\"late\":false,\"channels\":{\"HKLA\":80.5}}")
                    .getBytes(UTF_8);

    @TempDir
    Path data;

    @TempDir
    Path folder;

    @Test
    void theLastGoodVersionRunsAndItIsSaidLoudly() throws Exception {
        EditedRoutes routes = new EditedRoutes(folder);
        try (TestApplication app = start("true")) {
            routes.edit(FLAG, CONDITION, "\"${channel(HKLA)} >= 80.5\"");
            await().atMost(Duration.ofSeconds(30)).until(() -> reload().getSwapped() == 1);
            assertThat(app.scrape("rig_routes_rejected .*")).isZero();
        }
        routes.edit(FLAG, "channel(HKLA)", "channel(HKLAA)");

        // Not watched: what is decided at the start is the same.
        try (Warnings log = Warnings.of(ReloadReport.class);
                TestApplication app = start("false")) {
            app.send("rig.telemetry", null, "A".getBytes(UTF_8), MESSAGE);

            assertThat(app.settled("rig.flagged")).hasSize(1);
            assertThat(log.texts())
                    .anySatisfy(line -> assertThat(line).contains(FLAG, "does not run; its last good version does"))
                    .anySatisfy(line -> assertThat(line).contains("flag-message.camel.yaml:14:36", "'HKLAA'"));
            assertThat(app.scrape("rig_routes_rejected .*")).isEqualTo(1);
            app.awaitReadiness(200);
            assertThat(reload().getRejectedFiles())
                    .containsExactly(routes.path(FLAG).toString());
            assertThat(reload().isWatched()).isFalse();
        }
    }

    @Test
    void withoutAGoodVersionTheStartIsRefused() throws Exception {
        EditedRoutes routes = new EditedRoutes(folder);
        routes.edit(FLAG, "channel(GASA)", "channel(GASSA)");

        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class, () -> start("true").close());

        assertThat(refused.problems()).singleElement().asString().contains("flag-message.camel.yaml:14:36", "'GASSA'");
    }

    private TestApplication start(String watched) throws Exception {
        return TestApplication.start(
                data, Map.of("rigs.count", "0", "routes.dir", folder.toString(), "routes.watch", watched));
    }

    private static ReloadMonitorMXBean reload() throws Exception {
        return JMX.newMXBeanProxy(
                ManagementFactory.getPlatformMBeanServer(),
                new ObjectName("routes:type=Reload"),
                ReloadMonitorMXBean.class);
    }
}
