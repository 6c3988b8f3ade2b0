package routes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.application.EditedRoutes;
import routes.application.TestApplication;
import routes.application.Warnings;
import routes.check.Problems;
import routes.reload.ReloadMonitorMXBean;
import routes.reload.ReloadReport;
import routes.settings.ConfigurationException;

/**
 * What somebody tries who may only edit routes: {@code validate} names it, a start ends because of it, an edit of what runs is
 * refused. In none of these ways does any of it happen.
 */
class RouteAttacksIT {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("API_TOKEN", RouteAttack.CANARY + "-of-the-api-token");
    private static final String FLAG = "rigs/flag-message.camel.yaml";

    @TempDir
    Path data;

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private final List<String> visitors = new CopyOnWriteArrayList<>();
    private final StringWriter printed = new StringWriter();
    private ServerSocket foreign;
    private EditedRoutes routes;
    private RouteAttack attack;

    @BeforeEach
    void prepare() throws Exception {
        foreign = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::welcome, "foreign server");
        server.setDaemon(true);
        server.start();
        routes = new EditedRoutes(folder);
        attack = new RouteAttack(elsewhere, foreign.getLocalPort());
        assertThat(attack.names()).hasSizeGreaterThan(40);
    }

    private void welcome() {
        try {
            while (true) {
                foreign.accept().close();
                visitors.add("somebody");
            }
        } catch (java.io.IOException closed) {
            // The test has ended.
        }
    }

    @AfterEach
    void nothingHappened() throws Exception {
        foreign.close();
        assertThat(visitors).isEmpty();
        try (Stream<Path> files = Files.list(elsewhere)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("secret.txt");
        }
    }

    @Test
    void validateNamesEachAndNothingHappens() throws Exception {
        validate(new StringWriter()); // Classes are loaded: what is measured is the check.
        for (String name : attack.names()) {
            attack.write(name, folder);
            long begin = System.nanoTime();
            StringWriter out = new StringWriter();
            int code = validate(out);

            assertThat(code).as(name).isEqualTo(78);
            assertThat(out.toString().lines().filter(line -> line.contains(": ") && !line.contains(": warning: ")))
                    .as(name)
                    .anyMatch(line ->
                            line.startsWith(Problems.shown(folder.resolve(name).toString()) + ":"));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(name).isLessThan(Duration.ofSeconds(10));
            printed.append(out.toString());
            Files.delete(folder.resolve(name));
        }
        assertThat(printed.toString()).doesNotContain(RouteAttack.CANARY).doesNotContain("\u001b");
    }

    @Test
    void aStartEndsBecauseOfEachAndNothingHappens() throws Exception {
        for (String name : attack.names()) {
            attack.write(name, folder);
        }

        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, () -> start().close());

        assertThat(attack.names()).allSatisfy(name -> assertThat(refused.problems())
                .anyMatch(problem ->
                        problem.startsWith(Problems.shown(folder.resolve(name).toString()) + ":")));
        assertThat(refused.problems().toString())
                .doesNotContain(RouteAttack.CANARY)
                .doesNotContain("\u001b");
    }

    @Test
    void anEditOfWhatRunsIsRefusedAndWhatRunsGoesOn() throws Exception {
        try (TestApplication app = start();
                Warnings log = Warnings.of(ReloadReport.class)) {
            ReloadMonitorMXBean reload = JMX.newMXBeanProxy(
                    ManagementFactory.getPlatformMBeanServer(),
                    new ObjectName("routes:type=Reload"),
                    ReloadMonitorMXBean.class);
            for (String name : attack.names()) {
                attack.write(name, folder);
            }
            await("all refused")
                    .atMost(Duration.ofSeconds(60))
                    .until(() ->
                            reload.getRejectedFiles().size() == attack.names().size());

            // Beside all of them what is good still runs, and what ran goes on.
            routes.edit(FLAG, "channel(GASA)} > 2", "channel(GASA)} > 1");
            await("swapped").atMost(Duration.ofSeconds(60)).until(() -> reload.getSwapped() == 1);
            app.send("rig.telemetry", 0, "A".getBytes(UTF_8), message());

            assertThat(app.settled("rig.flagged")).hasSize(1);
            app.awaitReadiness(200, "reload");
            assertThat(reload.getSwapped()).isEqualTo(1);
            assertThat(String.join("\n", log.texts()))
                    .contains("a link leads out of the folder of routes")
                    .doesNotContain(RouteAttack.CANARY)
                    .doesNotContain("\u001b");
            assertThat(reload.getProblems().toString()).doesNotContain(RouteAttack.CANARY);
            assertThat(app.application().endpoints()).containsKey("API");
        }
    }

    private int validate(StringWriter out) {
        List<String> arguments = new ArrayList<>(List.of("validate", folder.toString()));
        RouteAttack.settings().forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        return Commands.execute(
                new PrintWriter(out, true), new PrintWriter(out, true), arguments.toArray(String[]::new));
    }

    private TestApplication start() throws Exception {
        Map<String, String> settings = new HashMap<>(RouteAttack.settings());
        settings.put("rigs.count", "0");
        settings.put("routes.dir", folder.toString());
        return TestApplication.start(data, settings, ENVIRONMENT);
    }

    private static byte[] message() {
        return ("{\"rig\":\"A\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":1,"
                        + "\"activity\":2,\"late\":false,\"channels\":{\"GASA\":1.5}}")
                .getBytes(UTF_8);
    }
}
