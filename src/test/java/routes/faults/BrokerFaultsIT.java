package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed, stopped, and gone for long, under an application that goes on by itself. */
@Tag("faults")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class BrokerFaultsIT {
    private static final Form FORM = Form.chosen();
    private static final long SEED = 20_261_120;

    @TempDir
    private static Path data;

    private static FaultCluster cluster;
    private static AppProcess application;

    @BeforeAll
    static void start() {
        cluster = FaultCluster.start("broker", FORM, data);
        Map<String, String> settings = new HashMap<>(FORM.clients());
        settings.put("rigs.count", Integer.toString(FORM.rigs()));
        settings.put("rigs.period", FORM.period().toMillis() + "ms");
        // So that the rigs could catch up faster than they may.
        settings.put("rigs.tick", "10ms");
        application = cluster.run(settings).awaitStarted();
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void theApplicationIsTheSame() {
        assertThat(application.hasEnded()).as(application.toString()).isFalse();
    }

    @Test
    void killedUnderLoad() {
        Random random = new Random(SEED);
        try (Trial trial = new Trial("broker-killed", cluster, FORM)) {
            trial.begin();
            for (int kill = 0; kill < FORM.brokerKills(); kill++) {
                trial.awaitWork(Duration.ofMillis(500 + random.nextInt(1_500)));
                Instant killed = Instant.now();
                cluster.killBroker();
                assertThat(trial.evidence().answers())
                        .as("a killed broker answers")
                        .isFalse();
                Instant back = Instant.now();
                cluster.startBroker();
                trial.struck(killed, back);
                trial.awaitCaughtUp();
            }
            trial.awaitWork();

            Findings findings = trial.conclude(1);

            trial.assertWorkWasDone(findings);
        }
    }

    @Test
    void stopped() {
        try (Trial trial = new Trial("broker-stopped", cluster, FORM)) {
            trial.begin();
            Instant from = Instant.now();
            cluster.freezeBroker();
            assertThat(trial.evidence().answers())
                    .as("a stopped broker answers")
                    .isFalse();
            Evidence.last(FORM.brokerStopped().minus(Duration.between(from, Instant.now())));
            Instant back = Instant.now();
            cluster.thawBroker();
            trial.struck(from, back);
            trial.awaitWork();

            Findings findings = trial.conclude(1);

            trial.assertWorkWasDone(findings);
            assertThat(findings.silence(from, back))
                    .isGreaterThan(FORM.brokerStopped().minusSeconds(2));
        }
    }

    @Test
    void goneForLongerThanTheClientsKeepTrying() {
        try (Trial trial = new Trial("broker-gone", cluster, FORM)) {
            trial.begin();
            double failedBefore = application.failed();
            Instant from = Instant.now();
            cluster.killBroker();
            Evidence.last(FORM.brokerGone());
            assertThat(application.failed()).as("sends that failed for good").isGreaterThan(failedBefore);
            double behind = application.metric("rig_fleet_lag_seconds .*").orElseThrow();
            assertThat(behind)
                    .as("seconds that the rigs are behind")
                    .isGreaterThan(FORM.brokerGone().toSeconds() * 0.8);
            Instant back = Instant.now();
            cluster.startBroker();
            trial.struck(from, back);
            trial.evidence()
                    .await(
                            "the rigs have caught up",
                            () -> application.metric("rig_fleet_lag_seconds .*").orElse(Double.MAX_VALUE) < 2);
            trial.note(
                    "rigs live again after s",
                    Duration.between(back, Instant.now()).toMillis() / 1000.0);
            trial.awaitWork();

            Findings findings = trial.conclude(1);

            trial.assertWorkWasDone(findings);
            CatchUp catchUp = new CatchUp(findings.telemetry(), FORM.period(), from, back);
            trial.note("late messages", catchUp.assertLateIsMarked());
            catchUp.assertNotFasterThanTenTimes();
        }
    }
}
