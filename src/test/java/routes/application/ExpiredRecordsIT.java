package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that the topic's retention removes before a route has read them. */
class ExpiredRecordsIT {
    private static final TopicPartition PARTITION = new TopicPartition("rig.telemetry", 0);

    @TempDir
    Path data;

    @Test
    void areCountedAndTurnReadinessRed() throws Exception {
        try (TestApplication app = TestApplication.start(data, Map.of("rigs.count", "0"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", app.bootstrapServers()))) {
            for (long seq = 1; seq <= 10; seq++) {
                app.send("rig.telemetry", 0, "R".getBytes(UTF_8), message(seq));
            }
            assertThat(app.settled("rig.activity.drilling")).hasSize(10);
            app.awaitReadiness(200);
            route("stop");
            for (long seq = 11; seq <= 15; seq++) {
                app.send("rig.telemetry", 0, "R".getBytes(UTF_8), message(seq));
            }
            assertThat(app.application().awaitCaughtUp(Duration.ofSeconds(60)))
                    .as("the other routes have read them")
                    .isTrue();
            admin.deleteRecords(Map.of(PARTITION, RecordsToDelete.beforeOffset(13)))
                    .all()
                    .get();

            route("start");

            Awaitility.await("three records gone")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> app.scrape("rig_records_expired_total\\{topic=\"rig.telemetry\".*") == 3);
            assertThat(app.settled("rig.activity.drilling")).hasSize(12);
            app.awaitReadiness(503, "3 records expired before they were read");
        }
    }

    private static void route(String operation) throws Exception {
        ObjectName pattern = new ObjectName("org.apache.camel:type=routes,name=\"route-telemetry\",*");
        for (ObjectName route : ManagementFactory.getPlatformMBeanServer().queryNames(pattern, null)) {
            ManagementFactory.getPlatformMBeanServer().invoke(route, operation, new Object[0], new String[0]);
            return;
        }
        throw new AssertionError("no MBean of route-telemetry");
    }

    private static byte[] message(long seq) {
        return ("{\"rig\":\"R\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":" + seq
                        + ",\"activity\":2,\"late\":false,\"channels\":{}}")
                .getBytes(UTF_8);
    }
}
