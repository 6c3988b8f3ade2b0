package routes.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.check.RouteFiles;

/** The running application as JMX shows it. */
class ManagementIT {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static final String[] ACTIVITY_TOPICS = {
        "rig.activity.drilling", "rig.activity.tripping", "rig.activity.connection",
        "rig.activity.circulating", "rig.activity.reaming", "rig.activity.other"
    };

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
            List<Object> inYaml = new ArrayList<>(camel("routes", "RouteId"));
            assertThat(inYaml.remove("serve-routes")).as("the API's own").isTrue();
            assertThat(inYaml).containsExactlyInAnyOrderElementsOf(cast(inFiles));
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

    @Test
    void stopsAndStartsARoute() throws Exception {
        ObjectName route = new ObjectName("org.apache.camel:context=rig-streams,type=routes,name=\"route-telemetry\"");

        try (TestApplication app = TestApplication.start(data, Map.of("rigs.count", "5", "rigs.period", "200ms"))) {
            app.await(5, ACTIVITY_TOPICS);

            SERVER.invoke(route, "stop", null, null);
            assertThat(value(route, "State")).isEqualTo("Stopped");
            int held = app.all(ACTIVITY_TOPICS).size();
            app.await(app.all("rig.telemetry").size() + 25, "rig.telemetry");
            assertThat(app.all(ACTIVITY_TOPICS))
                    .as("copies made while it was stopped")
                    .hasSize(held);

            SERVER.invoke(route, "start", null, null);
            assertThat(value(route, "State")).isEqualTo("Started");
            app.application().stopGenerating();
            assertThat(app.settled(ACTIVITY_TOPICS)).hasSameSizeAs(app.settled("rig.telemetry"));
        }
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
