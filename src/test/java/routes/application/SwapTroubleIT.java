package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.management.JMX;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.reload.ReloadMonitorMXBean;
import routes.reload.ReloadReport;

/** Edits that nothing is wrong with, but that Camel cannot run, or not now. */
class SwapTroubleIT {
    private static final String FLAG = "rigs/flag-message.camel.yaml";
    private static final String FLAGGED = "uri: kafka:rig.flagged";
    private static final String DESCRIPTION = "Sends each message";
    /** Longer than a swap waits for a batch in hand. */
    private static final Duration LONG = Duration.ofSeconds(16);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @TempDir
    Path folder;

    private EditedRoutes routes;
    private TestApplication app;
    private ReloadMonitorMXBean reload;

    @BeforeEach
    void start() throws Exception {
        routes = new EditedRoutes(folder);
        app = TestApplication.start(
                data,
                Map.of(
                        "rigs.count",
                        "0",
                        "routes.dir",
                        folder.toString(),
                        "routes.allow-components",
                        "kafka.securityProtocol,kafka.sslTruststoreLocation"));
        reload = JMX.newMXBeanProxy(
                ManagementFactory.getPlatformMBeanServer(),
                new ObjectName("routes:type=Reload"),
                ReloadMonitorMXBean.class);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    /** Whether there is such a file shows only when the client is made, after every check. */
    @Test
    void whatCamelCannotRunLeavesTheLastGoodVersionRunning(@TempDir Path empty) throws Exception {
        Path missing = empty.resolve("missing.jks");
        try (Warnings log = Warnings.of(ReloadReport.class)) {
            routes.edit(FLAG, FLAGGED, FLAGGED + "?securityProtocol=SSL&sslTruststoreLocation=" + missing);
            await("failed").atMost(PATIENCE).until(() -> reload.getFailed() == 1);

            assertThat(log.texts())
                    .anySatisfy(line ->
                            assertThat(line).contains("Camel could not run").contains(FLAG));
        }
        assertThat(reload.getProblems()).singleElement().asString().contains(missing.toString());
        assertThat(reload.getRejectedFiles()).containsExactly(routes.path(FLAG).toString());
        assertThat(reload.getSwapped()).isZero();
        app.awaitReadiness(200);
        send(1);
        assertThat(flagged()).containsExactly(message(1));

        routes.write(FLAG, routes.builtIn(FLAG).replace(DESCRIPTION, "Sends every message"));
        await("swapped").atMost(PATIENCE).until(() -> reload.getSwapped() == 1);
        assertThat(reload.getRejectedFiles()).isEmpty();
        assertThat(reload.getProblems()).isEmpty();
        assertThat(reload.getFailed()).isEqualTo(1);
        send(2);
        assertThat(flagged()).containsExactly(message(1), message(2));
    }

    @Test
    void anEditDuringABatchThatDoesNotEndRunsOnceItHasEnded() throws Exception {
        String slow = "steps:\n        - delay:\n            id: wait\n            constant: \"" + LONG.toMillis()
                + "\"\n            asyncDelayed: false\n";
        routes.write(FLAG, routes.builtIn(FLAG).replaceFirst("steps:\n", slow));
        await("slow").atMost(PATIENCE).until(() -> reload.getSwapped() == 1);
        send(1);
        await("in hand").atMost(PATIENCE).until(() -> inFlight("flag-message") == 1);
        routes.write(FLAG, routes.builtIn(FLAG));
        await("postponed").atMost(PATIENCE).until(() -> reload.getPostponed() > 0);

        assertThat(reload.getProblems())
                .singleElement()
                .asString()
                .contains("a batch in hand of [flag-telemetry] has not ended");
        assertThat(inFlight("flag-message")).isEqualTo(1);
        assertThat(reload.getSwapped()).isEqualTo(1);
        assertThat(reload.getRejectedFiles()).isEmpty();
        app.awaitReadiness(200);

        await("swapped").atMost(PATIENCE).until(() -> reload.getSwapped() == 2);
        assertThat(reload.getProblems()).isEmpty();
        send(2);
        assertThat(flagged()).containsExactly(message(1), message(2));
    }

    private static int inFlight(String route) throws Exception {
        return ((Number) ManagementFactory.getPlatformMBeanServer()
                        .getAttribute(
                                new ObjectName(
                                        "org.apache.camel:context=rig-streams,type=routes,name=\"" + route + "\""),
                                "ExchangesInflight"))
                .intValue();
    }

    private void send(int seq) {
        app.send("rig.telemetry", 0, "A".getBytes(UTF_8), message(seq).getBytes(UTF_8));
    }

    private List<String> flagged() throws Exception {
        return app.settled("rig.flagged").stream()
                .map(ConsumerRecord::value)
                .map(value -> new String(value, UTF_8))
                .toList();
    }

    private static String message(int seq) {
        return "{\"rig\":\"A\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":" + seq
                + ",\"activity\":2,\"late\":false,\"channels\":{\"GASA\":3}}";
    }
}
