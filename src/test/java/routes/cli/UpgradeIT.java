package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import routes.TopicsOfVersion01;
import routes.audit.AuditFeed;
import routes.rig.Fleet.Position;
import routes.rigs.FleetLog;

/** What version 0.1 wrote is gone on with by this one. */
@Timeout(120)
class UpgradeIT {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private AuditFeed broker;

    @BeforeEach
    void start() {
        broker = AuditFeed.start(folder);
        TopicsOfVersion01.putInto(broker.bootstrapServers());
    }

    @AfterEach
    void end() {
        broker.close();
    }

    @Test
    void itsCheckpointsSayWhereTheRigsStand() {
        try (FleetLog log = new FleetLog(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                "rig.telemetry",
                "rig.fleet",
                "seed-1",
                1,
                Duration.ofSeconds(10))) {
            Map<String, Position> positions = log.recover(Set.of("RIG-001", "RIG-002"));

            assertThat(positions)
                    .isEqualTo(Map.of(
                            "RIG-001",
                            new Position(4, millis("2026-11-26T04:05:00Z"), 2, 9),
                            "RIG-002",
                            new Position(4, millis("2026-11-26T04:04:59.500Z"), 2, 8)));
            assertThat(log.unreadable()).isZero();
            assertThat(log.partitionOf("RIG-001")).isEqualTo(2);
        }
    }

    @Test
    void itsReplayIsGoneOnWith() {
        assertThat(run("replay", "rig.telemetry")).as(err.toString()).isZero();
        assertThat(out.toString()).containsPattern("sent +4 to ").containsPattern("sent before +6");

        assertThat(run("replay", "rig.telemetry")).as(err.toString()).isZero();
        assertThat(out.toString()).containsPattern("sent +0 to ").containsPattern("sent before +10");
    }

    @Test
    void itsTopicsAreAuditedAndGood() throws Exception {
        int code = run("audit", "--json", "--set", "archive.enabled=false");

        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(code).as(report.toPrettyString()).isZero();
        assertThat(report.get("stages").get(0).get("records").asLong()).isEqualTo(10);
        assertThat(report.get("stages"))
                .filteredOn(stage -> stage.get("records").asLong() == 10)
                .hasSizeGreaterThan(20)
                .allSatisfy(stage -> assertThat(stage.get("unverifiable").asLong())
                        .as(stage.toString())
                        .isZero());
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap", broker.bootstrapServers()));
        return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
