package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What would set a fleet against itself: a second process with the same rigs, and more partitions under its feet. */
@Tag("faults")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class FleetFaultsIT {
    private static final Form FORM = Form.chosen();
    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final Duration STARTS = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    private FaultCluster cluster;

    @BeforeEach
    void startBroker() {
        cluster = FaultCluster.start("fleet", FORM, data);
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    private static Map<String, String> load() {
        Map<String, String> settings = new HashMap<>(Form.HASTY);
        settings.put("rigs.count", Integer.toString(FORM.rigs()));
        settings.put("rigs.period", FORM.period().toMillis() + "ms");
        return settings;
    }

    @Test
    void aSecondProcessWithTheSameRigsEndsWithASentenceAndSendsNothing() throws Exception {
        try (Trial trial = new Trial("fleet-twice", cluster, FORM)) {
            AppProcess first = cluster.run(load());
            trial.begin();

            Instant started = Instant.now();
            AppProcess second = cluster.run(load());
            int code = second.exitCode(STARTS);
            trial.disturbed(started);
            trial.awaitWork();

            assertThat(code).as(second.lastErrors()).isEqualTo(78);
            assertThat(Duration.between(started, Instant.now())).isGreaterThan(SESSION.plusSeconds(5));
            assertThat(second.errors())
                    .contains("another process runs the rigs of instance 1 of the fleet seed-1: rig-streams-")
                    .contains("stop that process, give each process an instance of its own (rigs.instance of");
            assertThat(first.hasEnded()).isFalse();
            Findings findings = trial.conclude(2);
            assertThat(sentAgain(findings))
                    .as("messages of the rigs sent again")
                    .isEmpty();
            trial.assertWorkWasDone(findings);
        }
    }

    @Test
    void oneThatIsHaltedAndReplacedSendsNothingMoreWhenItWakes() throws Exception {
        try (Trial trial = new Trial("fleet-replaced", cluster, FORM)) {
            AppProcess halted = cluster.run(load());
            trial.begin();
            Instant from = Instant.now();
            halted.freeze();
            AppProcess next = cluster.run(load()).awaitStarted();
            trial.awaitWork(FORM.period().multipliedBy(3));
            trial.disturbed(from);

            halted.thaw();
            int code = halted.exitCode(STARTS);
            trial.awaitWork();

            assertThat(code).as(halted.lastErrors()).isEqualTo(1);
            assertThat(halted.errors())
                    .contains(
                            "this process stops, because it must not send what the rigs of instance 1 of the fleet seed-1")
                    .containsPattern("another process has the place now: rig-streams-|"
                            + "another process, rig-streams-\\S+, had the place while this one was halted");
            assertThat(next.hasEnded()).isFalse();
            trial.awaitCaughtUp();
            Findings findings = OwnAudit.of(cluster.bootstrap(), trial.evidence());
            assertThat(findings.lost()).isZero();
            assertThat(sentAgain(findings))
                    .as("what the client had taken before it was halted: at most one message of each rig")
                    .hasSizeLessThanOrEqualTo(FORM.rigs());
        }
    }

    @Test
    void morePartitionsMoveNoRig() throws Exception {
        try (Trial trial = new Trial("fleet-partitions", cluster, FORM)) {
            Map<String, String> settings = load();
            settings.put("camel.component.kafka.metadataMaxAgeMs", "1000");
            AppProcess application = cluster.run(settings);
            trial.begin();
            Instant at = Instant.now();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrap()))) {
                admin.createPartitions(Map.of(Evidence.TELEMETRY, NewPartitions.increaseTo(16)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            trial.awaitWork(Duration.ofSeconds(5));
            application.kill();
            application = cluster.run(settings);
            trial.disturbed(at);
            trial.awaitWork(Duration.ofSeconds(2));

            Findings findings = trial.conclude(2);

            trial.assertWorkWasDone(findings);
            findings.telemetry().byRig().forEach((rig, sent) -> assertThat(sent)
                    .as("partitions of %s", rig)
                    .extracting(Source::partition)
                    .containsOnly(sent.get(0).partition()));
        }
    }

    /** Numbers of a rig that came more than once. */
    private static List<Source> sentAgain(Findings findings) {
        return findings.telemetry().byRig().values().stream()
                .flatMap(sent -> {
                    Set<Long> seen = new HashSet<>();
                    return sent.stream().filter(source -> !seen.add(source.seq()));
                })
                .toList();
    }
}
