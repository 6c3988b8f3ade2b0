package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application is killed, stopped in the middle of its work, and joined and left by further instances of itself. */
@Tag("faults")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class ApplicationFaultsIT {
    private static final Form FORM = Form.chosen();
    private static final Duration LEAVE = Duration.ofSeconds(30);
    /** What a killed process had handed to the operating system may reach the broker a moment later. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(500);

    /** At what the groups have committed, while an instance comes back. */
    private static final int LOOKS = 10;

    private static final long SEED = 20_261_120;

    @TempDir
    private static Path data;

    private static FaultCluster cluster;

    @BeforeAll
    static void startBroker() {
        cluster = FaultCluster.start("application", FORM, data);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @AfterEach
    void endApplications() {
        cluster.endApplications();
    }

    private static Map<String, String> load() {
        Map<String, String> settings = new HashMap<>(FORM.clients());
        settings.put("rigs.count", Integer.toString(FORM.rigs()));
        settings.put("rigs.period", FORM.period().toMillis() + "ms");
        return settings;
    }

    @Test
    void killedAgainAndAgainUnderLoad() {
        Random random = new Random(SEED);
        try (Trial trial = new Trial("application-killed", cluster, FORM)) {
            AppProcess application = cluster.run(load());
            trial.begin();
            for (int kill = 0; kill < FORM.applicationKills(); kill++) {
                trial.awaitWork(Duration.ofMillis(500 + random.nextInt(1_500)));
                Instant killed = Instant.now();
                application.kill();
                assertThat(application.hasEnded()).isTrue();
                trial.struck(killed, killed.plus(ON_ITS_WAY));
                application = cluster.run(load());
            }
            trial.awaitWork();

            Findings findings = trial.conclude(1);

            trial.assertWorkWasDone(findings);
        }
    }

    @Test
    void stoppedUntilAnotherInstanceHasTakenOver() {
        try (Trial trial = new Trial("application-stopped", cluster, FORM)) {
            AppProcess stopped = cluster.run(instance(1));
            AppProcess other = cluster.run(instance(2));
            trial.evidence()
                    .await(
                            "both have partitions and route",
                            () -> trial.evidence().members() == 2 && stopped.routed() > 0 && other.routed() > 0);
            trial.begin();

            double routedByStopped = stopped.routed();
            Instant from = Instant.now();
            stopped.freeze();
            double routedBefore = other.routed();
            trial.evidence()
                    .await(
                            "the other one is the only member left",
                            () -> trial.evidence().members() == 1);
            trial.awaitCaughtUp();
            Instant takenOver = Instant.now();
            trial.note("taken over after s", Duration.between(from, takenOver).toMillis() / 1000.0);
            Evidence.last(FORM.applicationStopped().minus(Duration.between(from, takenOver)));
            assertThat(stopped.metric("rig_.*")).as("a stopped process answers").isEmpty();
            assertThat(other.routed()).as("routed by the other one").isGreaterThan(routedBefore);
            trial.disturbed(from);

            stopped.thaw();
            int looks = assertNothingIsTakenBack(trial.evidence(), () -> stopped.routed() > routedByStopped);
            trial.note("looks at the commits while it came back", looks);
            trial.awaitWork();

            Findings findings = trial.conclude(2);

            trial.assertWorkWasDone(findings);
            assertThat(findings.telemetry().byRig().values())
                    .as("rigs of the stopped instance, which were late after it")
                    .filteredOn(rig -> rig.stream().anyMatch(Source::late))
                    .hasSizeGreaterThanOrEqualTo(FORM.rigs() / 2);
        }
    }

    /** What a group has committed must not become less while one that was put out of it comes back. */
    private static int assertNothingIsTakenBack(Evidence evidence, Callable<Boolean> untilThen) {
        List<Map<Integer, Long>> seen = new ArrayList<>(List.of(Map.of()));
        evidence.await("the woken instance routes again", () -> {
            Optional<Map<Integer, Long>> committed = evidence.committed(Evidence.GROUPS.get(0));
            committed.ifPresent(now -> {
                seen.get(seen.size() - 1).forEach((partition, before) -> assertThat(now.get(partition))
                        .as("committed of partition %d", partition)
                        .isGreaterThanOrEqualTo(before));
                seen.add(now);
            });
            return untilThen.call() && seen.size() > LOOKS;
        });
        return seen.size() - 1;
    }

    private static Map<String, String> instance(int number) {
        Map<String, String> settings = load();
        settings.putAll(Form.HASTY);
        settings.put("rigs.instances", "2");
        settings.put("rigs.instance", Integer.toString(number));
        return settings;
    }

    @Test
    void joinedAndLeftByFurtherInstances() throws Exception {
        try (Trial trial = new Trial("instances-join-and-leave", cluster, FORM)) {
            AppProcess first = cluster.run(load());
            trial.begin();
            Map<String, String> withoutRigs = load();
            withoutRigs.put("rigs.count", "0");
            List<AppProcess> further = new ArrayList<>();
            double routedByOthers = 0;
            for (int change = 0; change < FORM.changes(); change++) {
                Instant at = Instant.now();
                if (change % 4 < 2) {
                    AppProcess next = cluster.run(withoutRigs);
                    further.add(next);
                    trial.evidence().await("the new instance routes", () -> next.routed() > 0);
                } else {
                    AppProcess leaving = further.remove(0);
                    routedByOthers += leaving.routed();
                    leaving.leave(LEAVE);
                }
                trial.evidence()
                        .await(
                                "all instances are members, and no more",
                                () -> trial.evidence().members() == 1 + further.size());
                trial.disturbed(at);
                trial.awaitWork();
                Evidence.last(FORM.betweenChanges().minus(Duration.between(at, Instant.now())));
            }
            trial.note("copies by the further instances", (long) routedByOthers);
            assertThat(routedByOthers).isPositive();
            assertThat(first.hasEnded()).isFalse();

            Findings findings = trial.conclude(3);

            trial.assertWorkWasDone(findings);
        }
    }
}
