package routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running instance, operated by other processes of the same machine: by commands, and over JMX. */
class OperatingProcessIT {
    private static final Duration COMMAND = Duration.ofSeconds(120);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] RUN = {
        "run",
        "--set",
        "rigs.count=5",
        "--set",
        "rigs.period=200ms",
        "--set",
        "archive.window=1s",
        "--set",
        "broker.port=0",
        "--set",
        "observe.port=0"
    };

    @TempDir
    private Path temp;

    private Path folder;

    @Test
    void anInstanceIsOperatedByCommandsAndOverJmx() throws Exception {
        folder = Files.createDirectory(temp.resolve("run"));
        try (JarProcess run = JarProcess.start(folder, RUN)) {
            run.address("API");
            String token = Files.readString(folder.resolve("data/api/token")).strip();

            assertThat(states()).hasSize(12).allSatisfy((id, state) -> assertThat(state)
                    .isEqualTo("Started"));
            command(0, "routes", "stop", "route-telemetry");
            command(0, "routes", "stop", "archive-telemetry");
            Map<String, String> states = states();
            assertThat(states)
                    .containsEntry("route-telemetry", "Stopped")
                    .containsEntry("archive-telemetry", "Stopped");
            assertThat(states.values()).filteredOn("Started"::equals).hasSize(10);

            startOverJmx(run.pid(), "route-telemetry");
            command(0, "routes", "start", "archive-telemetry");
            assertThat(states().values()).containsOnly("Started");
            command(0, "routes", "stop", "generate-telemetry");

            Awaitility.await("all of it routed").atMost(PATIENCE).until(() -> lag("route-telemetry") == 0);
            command(0, "audit", "--bootstrap", run.address("Kafka"));
            command(0, "archive", "list");
            assertThat(run.err())
                    .containsPattern(
                            "stop of route route-telemetry by 127\\.0\\.0\\.1:\\d+ \\(rig-streams [^,]+, user [^)]+\\): Started -> Stopped")
                    .doesNotContain(token);
        }
        command(1, "routes", "list");
    }

    private JsonNode routes() throws Exception {
        return new ObjectMapper()
                .readTree(command(0, "routes", "list", "--json"))
                .path("routes");
    }

    private long lag(String id) throws Exception {
        return new ObjectMapper()
                .readTree(command(0, "routes", "show", id, "--json"))
                .path("lag")
                .asLong(-1);
    }

    private Map<String, String> states() throws Exception {
        return StreamSupport.stream(routes().spliterator(), false)
                .collect(Collectors.toMap(route -> route.path("id").asText(), route -> route.path("state")
                        .asText()));
    }

    private String command(int code, String... arguments) throws IOException, InterruptedException {
        try (JarProcess command = JarProcess.start(folder, arguments)) {
            assertThat(command.exitCode(COMMAND)).as(command.toString()).isEqualTo(code);
            return command.out();
        }
    }

    /** As JDK Mission Control and JConsole do when a process of this machine is chosen. */
    private static void startOverJmx(long pid, String route) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
        machine.detach();
        try (JMXConnector connector = JMXConnectorFactory.connect(url)) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            ObjectName name = new ObjectName("org.apache.camel:context=rig-streams,type=routes,name=\"" + route + "\"");
            assertThat(server.getAttribute(name, "State")).isEqualTo("Stopped");

            server.invoke(name, "start", null, null);

            assertThat(server.getAttribute(name, "State")).isEqualTo("Started");
        }
    }
}
