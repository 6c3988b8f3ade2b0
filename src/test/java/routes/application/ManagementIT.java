package routes.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.reload.RouteFiles;

/** The running application as JMX shows it. */
class ManagementIT {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    private Path data;

    @Test
    void showsRoutesAndFleetWhileItRuns() throws Exception {
        ObjectName fleet = new ObjectName("routes:type=Fleet");
        List<String> inFiles = RouteFiles.below(Path.of("src/main/resources/routes")).stream()
                .flatMap(file -> file.routeIds().stream())
                .toList();

        try (TestApplication app = TestApplication.start(data, Map.of("rigs.count", "5"))) {
            app.await(10, "rig.telemetry");

            assertThat(camel("context", "State")).containsExactly("Started");
            assertThat(camel("routes", "RouteId")).containsExactlyInAnyOrderElementsOf(cast(inFiles));
            assertThat(camel("routes", "State")).containsOnly("Started");
            assertThat(SERVER.getAttribute(fleet, "Rigs")).isEqualTo(5);
            assertThat((Long) SERVER.getAttribute(fleet, "Sent")).isGreaterThanOrEqualTo(10);
            assertThat(SERVER.getAttribute(fleet, "Resent")).isEqualTo(0L);
            assertThat(SERVER.getAttribute(fleet, "TimeJumps")).isEqualTo(0L);
            Awaitility.await("rigs that keep up")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> (Double) SERVER.getAttribute(fleet, "LagSeconds") < 1);
        }

        assertThat(SERVER.isRegistered(fleet)).as("registered after the end").isFalse();
        assertThat(camel("routes", "RouteId")).isEmpty();
    }

    /** An attribute of all of Camel's MBeans of a type. */
    private static List<Object> camel(String type, String attribute) throws Exception {
        ObjectName pattern = new ObjectName("org.apache.camel:type=" + type + ",*");
        return Stream.of(SERVER.queryNames(pattern, null).toArray(ObjectName[]::new))
                .map(name -> value(name, attribute))
                .toList();
    }

    private static Object value(ObjectName name, String attribute) {
        try {
            return SERVER.getAttribute(name, attribute);
        } catch (Exception e) {
            throw new AssertionError(name + " has no attribute " + attribute, e);
        }
    }

    private static List<Object> cast(List<String> texts) {
        return List.copyOf(texts);
    }
}
