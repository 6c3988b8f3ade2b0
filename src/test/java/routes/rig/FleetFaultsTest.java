package routes.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.rig.FleetRun.START;
import static routes.rig.FleetRun.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.rig.Fleet.Outgoing;
import routes.rig.Fleet.Position;

/** Random outcomes in random order: what stands in the log afterwards has no hole and no disorder. */
class FleetFaultsTest {
    private static final int RIGS = 20;
    private static final int STEPS = 20_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20261120, -77})
    void noGapAndNoDisorderWhateverHappensToTheSends(long seed) {
        Random random = new Random(seed);
        FleetRun run = new FleetRun(RIGS, START, Map.of());
        List<Outgoing> log = new ArrayList<>();
        List<Outgoing> open = new ArrayList<>();
        Set<String> openRigs = new HashSet<>();
        int failures = 0;

        for (int step = 0; step < STEPS; step++) {
            for (Outgoing message : run.after(random.nextInt(100))) {
                assertThat(openRigs.add(message.rig()))
                        .as("seed %d: only one message of %s on its way", seed, message.rig())
                        .isTrue();
                open.add(message);
            }
            boolean outage = step % 4_000 > 3_500;
            int outcomes = random.nextInt(open.size() + 1);
            for (int i = 0; i < outcomes; i++) {
                Outgoing message = open.remove(random.nextInt(open.size()));
                openRigs.remove(message.rig());
                boolean good = !outage && random.nextInt(10) > 0;
                // Of a failed send nobody knows: sometimes the message stands in the log all the same.
                if (good || random.nextInt(4) == 0) {
                    log.add(message);
                }
                if (good) {
                    run.fleet.acknowledged(message, 0, log.size() - 1);
                } else {
                    failures++;
                    run.fleet.failed(message);
                }
            }
        }

        assertThat(failures).as("seed %d: failures happened", seed).isGreaterThan(1_000);
        assertThat(run.fleet.sent()).isGreaterThan(RIGS * 500L);
        assertThat(run.fleet.resent()).isGreaterThan(500);
        assertInOrder(log, seed);
    }

    private static void assertInOrder(List<Outgoing> log, long seed) {
        Map<String, Outgoing> last = new HashMap<>();
        int repeated = 0;
        for (Outgoing message : log) {
            Outgoing before = last.put(message.rig(), message);
            long known = before == null ? -1 : before.seq();
            if (message.seq() == known) {
                repeated++;
                assertThat(message.value()).as("seed %d: the same bytes", seed).isEqualTo(before.value());
            } else {
                assertThat(message.seq()).as("seed %d: %s", seed, message.rig()).isEqualTo(known + 1);
                assertThat(before == null || before.timeMillis() < message.timeMillis())
                        .isTrue();
            }
        }
        assertThat(last).as("seed %d: every rig sent", seed).hasSize(RIGS);
        assertThat(repeated).as("seed %d: unclear outcomes happened", seed).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 4711})
    void aFleetThatIsStoppedAndRestoredSendsTheSameBytesAsOneThatRanOn(long seed) {
        FleetRun through = new FleetRun(RIGS, START, Map.of());
        List<String> expected = collect(through, 2_000);
        Random random = new Random(seed);

        List<String> stopped = new ArrayList<>();
        FleetRun run = new FleetRun(RIGS, START, Map.of());
        int restarts = 0;
        for (int left = 2_000; left > 0; ) {
            int steps = Math.min(left, 100 + random.nextInt(200));
            stopped.addAll(collect(run, steps));
            left -= steps;
            Map<String, Position> positions = run.fleet.positions();
            run = new FleetRun(RIGS, run.clock.instant(), positions);
            restarts++;
        }

        assertThat(restarts).isGreaterThan(6);
        assertThat(expected).hasSize(RIGS * 40);
        assertThat(stopped).as("seed %d", seed).isEqualTo(expected);
    }

    private static List<String> collect(FleetRun run, int steps) {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            List<Outgoing> due = run.after(20);
            run.acknowledge(due);
            due.forEach(message -> sent.add(text(message)));
        }
        return sent;
    }
}
