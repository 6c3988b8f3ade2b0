package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network between application and broker breaks, in each of the ways in which networks do. */
@Tag("faults")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class NetworkFaultsIT {
    private static final Form FORM = Form.chosen();
    /** A hundredth of what the load needs. */
    private static final int SLOW = 10_000;

    private static final int RESETS = 5;

    @TempDir
    private static Path data;

    private static FaultCluster cluster;
    private static AppProcess application;

    @BeforeAll
    static void start() {
        cluster = FaultCluster.behindNetwork("network", FORM, data);
        Map<String, String> settings = new HashMap<>(FORM.clients());
        settings.put("rigs.count", Integer.toString(FORM.rigs()));
        settings.put("rigs.period", FORM.period().toMillis() + "ms");
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

    @AfterEach
    void mend() {
        cluster.network().pass();
    }

    @Test
    void cut() {
        Findings findings = whileTheNetwork("network-cut", TcpProxy::cut, TcpProxy::ended);

        assertThat(findings.lost()).isZero();
    }

    @Test
    void halfOpen() {
        Findings findings = whileTheNetwork("network-half-open", TcpProxy::swallow, TcpProxy::swallowed);

        assertThat(findings.lost()).isZero();
    }

    @Test
    void answersLost() {
        Findings findings = whileTheNetwork("network-answers-lost", TcpProxy::swallowAnswers, TcpProxy::swallowed);

        assertThat(findings.lost()).isZero();
    }

    /**
     * The fault lasts, nothing is acknowledged meanwhile, and all goes on after it.
     *
     * @param bitten counts what only this fault does
     */
    private static Findings whileTheNetwork(String fault, Consumer<TcpProxy> breaks, ToLongFunction<TcpProxy> bitten) {
        try (Trial trial = new Trial(fault, cluster, FORM)) {
            trial.begin();
            TcpProxy network = cluster.network();
            long before = bitten.applyAsLong(network);
            Instant from = Instant.now();
            breaks.accept(network);
            Evidence.last(FORM.networkFault());
            Instant back = Instant.now();
            network.pass();
            trial.struck(from, back);
            long bites = bitten.applyAsLong(network) - before;
            trial.note("bytes or connections lost", bites);
            assertThat(bites).isPositive();
            trial.awaitWork();

            Findings findings = trial.conclude(1);

            trial.assertWorkWasDone(findings);
            assertThat(findings.silence(from, back))
                    .isGreaterThan(FORM.networkFault().dividedBy(2));
            return findings;
        }
    }

    @Test
    void reset() {
        try (Trial trial = new Trial("network-reset", cluster, FORM)) {
            TcpProxy network = cluster.network();
            trial.begin();
            for (int reset = 0; reset < RESETS; reset++) {
                long before = network.ended();
                Instant at = Instant.now();
                network.reset();
                trial.struck(at, at);
                assertThat(network.ended() - before)
                        .as("connections that ended")
                        .isGreaterThan(4);
                trial.awaitWork();
            }

            Findings findings = trial.conclude(1);

            trial.assertWorkWasDone(findings);
        }
    }

    @Test
    void slow() {
        try (Trial trial = new Trial("network-slow", cluster, FORM)) {
            TcpProxy network = cluster.network();
            trial.begin();
            long fast = passed(network, Duration.ofSeconds(2));
            Instant from = Instant.now();
            network.slow(SLOW);
            Evidence.last(FORM.networkFault().dividedBy(2));
            long slow = passed(network, FORM.networkFault().dividedBy(2));
            Instant back = Instant.now();
            network.pass();
            trial.struck(from, back);
            trial.note("bytes a second before", fast);
            trial.note("bytes a second meanwhile", slow);
            assertThat(slow).isLessThanOrEqualTo(2 * SLOW);
            assertThat(fast).isGreaterThan(10 * SLOW);
            trial.awaitWork();

            Findings findings = trial.conclude(1);

            trial.assertWorkWasDone(findings);
        }
    }

    /** @return bytes a second */
    private static long passed(TcpProxy network, Duration during) {
        long before = network.passed();
        Evidence.last(during);
        return (network.passed() - before) * 1000 / during.toMillis();
    }
}
