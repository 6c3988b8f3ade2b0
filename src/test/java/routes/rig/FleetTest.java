package routes.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static routes.rig.FleetRun.BACKLOG;
import static routes.rig.FleetRun.PERIOD;
import static routes.rig.FleetRun.START;
import static routes.rig.FleetRun.TEXT;
import static routes.rig.FleetRun.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import routes.rig.Fleet.Outgoing;
import routes.rig.Fleet.Position;
import routes.rig.Fleet.RigStatus;
import routes.rig.FleetRun.Metronome;
import routes.telemetry.Telemetry;

class FleetTest {
    private static final long MINUTE = 60_000;

    @Test
    void aNewFleetSpreadsItsRigsOverOnePeriodAndCountsFromZero() {
        FleetRun run = new FleetRun(4, START, Map.of());

        List<String> sent = new ArrayList<>();
        List<Long> at = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<Outgoing> due = run.next();
            run.acknowledge(due);
            due.forEach(message -> sent.add(message.rig() + " " + message.seq()));
            due.forEach(message -> at.add(message.timeMillis()));
        }

        assertThat(sent).containsExactly("RIG-003 0", "RIG-004 0", "RIG-001 0", "RIG-002 0", "RIG-003 1");
        assertThat(at)
                .containsExactly(
                        millis("10:00:00.500Z"),
                        millis("10:00:00.750Z"),
                        millis("10:00:01Z"),
                        millis("10:00:01.250Z"),
                        millis("10:00:01.500Z"));
    }

    @Test
    void everyRigOf200SpeaksOnceInEveryPeriod() {
        FleetRun run = new FleetRun(200, START, Map.of());

        List<Integer> perStep = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            List<Outgoing> due = run.after(20);
            run.acknowledge(due);
            perStep.add(due.size());
        }

        assertThat(perStep).hasSize(250).containsOnly(4);
        assertThat(run.fleet.sent()).isEqualTo(1_000);
        assertThat(run.fleet.lagMillis()).isZero();
    }

    @Test
    void aRigWithAnUnacknowledgedMessageSendsNothingElse() {
        FleetRun run = new FleetRun(1, START, Map.of());
        List<Outgoing> first = run.next();

        List<Outgoing> meanwhile = IntStream.range(0, 1_000)
                .boxed()
                .flatMap(i -> run.after(10).stream())
                .toList();

        assertThat(first).hasSize(1);
        assertThat(meanwhile).isEmpty();
        assertThat(run.fleet.inFlight()).isEqualTo(1);
        assertThat(run.fleet.lagMillis()).isEqualTo(10_000);
        RigStatus status = run.fleet.status().get(0);
        assertThat(status.last()).isEmpty();
        assertThat(status.lagMillis()).isEqualTo(10_000);
        assertThat(status.inFlightSinceMillis()).hasValue(first.get(0).offeredMillis());
        assertThat(status.attempts()).isEqualTo(1);
    }

    @Test
    void aFailedSendIsFollowedByTheSameBytesAfterADoublingPauseOfAtMost5Seconds() {
        FleetRun run = new FleetRun(1, START, Map.of());
        Outgoing message = run.next().get(0);
        Outgoing first = message;

        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            run.fleet.failed(message);
            long failedAt = run.clock.millis();
            message = nextWithin(run, 6_000);
            pauses.add(message.offeredMillis() - failedAt);
            assertThat(message.value()).isEqualTo(first.value());
            assertThat(message.attempt()).isEqualTo(i + 2);
        }

        assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
        assertThat(run.fleet.sent()).isEqualTo(1);
        assertThat(run.fleet.resent()).isEqualTo(8);
    }

    @Test
    void anAcknowledgementBringsThePauseBackTo100Millis() {
        FleetRun run = new FleetRun(1, START, Map.of());
        run.fleet.failed(run.next().get(0));
        run.fleet.failed(nextWithin(run, 200));
        run.acknowledge(List.of(nextWithin(run, 400)));

        run.fleet.failed(run.next().get(0));
        long failedAt = run.clock.millis();

        assertThat(nextWithin(run, 1_000).offeredMillis() - failedAt).isEqualTo(100);
    }

    @Test
    void anOutcomeThatIsToldTwiceOrTooLateChangesNothing() {
        FleetRun run = new FleetRun(1, START, Map.of());
        Outgoing first = run.next().get(0);
        run.fleet.failed(first);
        Outgoing second = nextWithin(run, 200);

        run.fleet.acknowledged(first, 0, 5);
        run.fleet.failed(first);

        assertThat(run.fleet.inFlight()).isEqualTo(1);
        assertThat(run.fleet.positions()).isEmpty();
        run.fleet.acknowledged(second, 3, 7);
        run.fleet.failed(second);
        assertThat(run.fleet.positions())
                .containsExactly(Map.entry("RIG-001", new Position(0, second.timeMillis(), 3, 7)));
        assertThat(run.next()).extracting(Outgoing::seq).containsExactly(1L);
    }

    @Test
    void aMessageIsLateMoreThanOnePeriodAfterItsTimeAndStaysWhatItWas() {
        FleetRun run = new FleetRun(2, START, Map.of());
        List<Outgoing> onTime = run.next();
        assertThat(onTime).extracting(Outgoing::rig).containsExactly("RIG-002");

        run.fleet.failed(onTime.get(0));
        List<Outgoing> later =
                run.after(1_501 - (run.clock.millis() - onTime.get(0).timeMillis()));

        assertThat(later).hasSize(2);
        Outgoing second =
                later.stream().filter(m -> m.rig().equals("RIG-002")).findAny().orElseThrow();
        Outgoing first =
                later.stream().filter(m -> m.rig().equals("RIG-001")).findAny().orElseThrow();
        assertThat(second.late()).as("first offered in time").isFalse();
        assertThat(text(second)).doesNotContain("late");
        assertThat(first.timeMillis()).isEqualTo(run.clock.millis() - 1_001);
        assertThat(first.late()).isTrue();
        assertThat(text(first)).contains(" late ");
    }

    @Test
    void aMessageExactlyOnePeriodAfterItsTimeIsNotLate() {
        FleetRun run = new FleetRun(1, START, Map.of());

        List<Outgoing> due = run.after(millis("10:00:02Z") - START.toEpochMilli());

        assertThat(due).extracting(Outgoing::late).containsExactly(false);
    }

    @Test
    void afterAnOutageRigsCatchUpInOrderAtMostTenTimesAsFastAndAreThenLiveAgain() {
        FleetRun run = new FleetRun(3, START, Map.of());
        run.acknowledge(run.next());
        List<Outgoing> stuck = outage(run, 5 * MINUTE);
        assertThat(stuck).hasSize(3);

        run.acknowledge(stuck);
        Map<String, List<Outgoing>> sent = new TreeMap<>();
        long recovered = run.clock.millis();
        while (run.clock.millis() < recovered + MINUTE) {
            List<Outgoing> due = run.after(10);
            run.acknowledge(due);
            due.forEach(
                    m -> sent.computeIfAbsent(m.rig(), id -> new ArrayList<>()).add(m));
        }

        assertThat(sent).hasSize(3);
        sent.values().forEach(messages -> {
            assertThat(messages).hasSizeGreaterThan(330);
            for (int i = 1; i < messages.size(); i++) {
                assertThat(messages.get(i).seq()).isEqualTo(messages.get(i - 1).seq() + 1);
                assertThat(messages.get(i).timeMillis())
                        .isEqualTo(messages.get(i - 1).timeMillis() + 1_000);
                assertThat(messages.get(i).offeredMillis() - messages.get(i - 1).offeredMillis())
                        .isGreaterThanOrEqualTo(100);
            }
            Outgoing live = messages.stream().filter(m -> !m.late()).findFirst().orElseThrow();
            // 300 s of backlog shrink by 9 s each second.
            assertThat(live.offeredMillis() - recovered).isBetween(32_000L, 34_500L);
            assertThat(messages.get(messages.size() - 1).late()).isFalse();
        });
        assertThat(run.fleet.jumps()).isZero();
        assertThat(run.fleet.lagMillis()).isZero();
    }

    @Test
    void beyondTheBacklogTimeJumpsToNowAndSeqGoesOn() {
        FleetRun run = new FleetRun(2, START, Map.of());
        List<Outgoing> stuck = outage(run, BACKLOG.toMillis() + MINUTE);
        run.acknowledge(stuck);

        List<Outgoing> next = new ArrayList<>();
        while (next.size() < 2) {
            List<Outgoing> due = run.next();
            run.acknowledge(due);
            next.addAll(due);
        }

        assertThat(run.fleet.jumps()).isEqualTo(2);
        assertThat(next).extracting(Outgoing::seq).containsExactly(1L, 1L);
        assertThat(next).extracting(Outgoing::late).containsExactly(false, false);
        assertThat(next)
                .allSatisfy(m -> assertThat(m.offeredMillis() - m.timeMillis()).isBetween(0L, 10L));
        assertThat(next)
                .extracting(m -> m.rig() + " " + m.timeMillis() % 1_000)
                .containsExactlyInAnyOrder("RIG-001 0", "RIG-002 500");
    }

    @Test
    void aBacklogOfExactlyTheLongestIsFilledIn() {
        Instant last = Instant.parse("2026-11-20T09:00:00Z");
        Map<String, Position> positions = Map.of("RIG-001", new Position(41, last.toEpochMilli(), 2, 9));
        FleetRun run = new FleetRun(1, last.plus(PERIOD).plus(BACKLOG), positions);

        Outgoing next = run.fleet.due().get(0);

        assertThat(next.seq()).isEqualTo(42);
        assertThat(next.timeMillis()).isEqualTo(last.toEpochMilli() + 1_000);
        assertThat(next.late()).isTrue();
        assertThat(run.fleet.jumps()).isZero();
        assertThat(run.fleet.lagMillis()).isEqualTo(BACKLOG.toMillis());
    }

    @Test
    void aClockThatIsSetFarBackDoesNotSilenceTheRigs() {
        FleetRun run = new FleetRun(1, START, Map.of());
        run.acknowledge(run.next());
        run.fleet.failed(run.next().get(0));

        run.clock.advance(-24 * 60 * MINUTE);
        List<Outgoing> again = run.fleet.due();
        run.acknowledge(again);
        List<Outgoing> next = run.next();

        assertThat(again).extracting(Outgoing::seq).containsExactly(1L);
        assertThat(next).extracting(Outgoing::seq).containsExactly(2L);
        assertThat(next.get(0).timeMillis()).isBetween(run.clock.millis() - 10, run.clock.millis());
        assertThat(run.fleet.jumps()).isEqualTo(1);
    }

    @Test
    void positionsOfOtherRigsAreIgnoredAndThoseWithoutOneStartAnew() {
        Map<String, Position> positions =
                Map.of("RIG-001", new Position(9, START.toEpochMilli(), 1, 3), "RIG-777", new Position(5, 0, 0, 0));

        FleetRun run = new FleetRun(2, START, positions);

        assertThat(run.fleet.ids()).containsExactlyInAnyOrder("RIG-001", "RIG-002");
        assertThat(run.fleet.positions()).containsOnlyKeys("RIG-001");
        assertThat(run.after(1_000))
                .extracting(m -> m.rig() + " " + m.seq())
                .containsExactly("RIG-001 10", "RIG-002 0");
    }

    @Test
    void theFleetEndsWhenEverySourceHasEndedAndAllIsAcknowledged() {
        FleetRun run = new FleetRun(FleetRun.rigs(2, 3), START, Map.of());

        List<Outgoing> sent = new ArrayList<>();
        List<Outgoing> due = run.next();
        while (!due.isEmpty()) {
            assertThat(run.fleet.ended()).isFalse();
            sent.addAll(due);
            run.acknowledge(due);
            due = run.next();
        }

        assertThat(sent).hasSize(6);
        assertThat(run.fleet.ended()).isTrue();
        assertThat(run.fleet.status()).extracting(RigStatus::ended).containsExactly(true, true);
        run.clock.advance(MINUTE);
        assertThat(run.fleet.lagMillis()).isZero();
    }

    @Test
    void aMessageThatCannotBeMadeHoldsUpItsOwnRigOnly() {
        AtomicInteger faults = new AtomicInteger(2);
        Source broken = new Source() {
            private final Source good = new Metronome("RIG-BAD", 10);

            @Override
            public String rig() {
                return good.rig();
            }

            @Override
            public Optional<Telemetry> at(long seq) {
                if (faults.getAndDecrement() > 0) {
                    throw new IllegalStateException("fault of the test");
                }
                return good.at(seq);
            }

            @Override
            public long elapsedMillis(long seq) {
                return good.elapsedMillis(seq);
            }
        };
        FleetRun run = new FleetRun(List.of(broken, new Metronome("RIG-001", 10)), START, Map.of());

        List<Outgoing> during = run.after(1_300);
        List<Outgoing> stillPaused = run.after(99);
        List<Outgoing> secondFault = run.after(1);
        List<Outgoing> after = run.after(200);

        assertThat(during).extracting(Outgoing::rig).containsExactly("RIG-001");
        assertThat(stillPaused).isEmpty();
        assertThat(secondFault).isEmpty();
        assertThat(after).extracting(m -> m.rig() + " " + m.seq()).containsExactly("RIG-BAD 0");
    }

    @Test
    void refusesTwoSourcesOfOneRigStrangeMessagesAndShortDurations() {
        FleetRun run = new FleetRun(1, START, Map.of());
        List<Source> twice = List.of(new Metronome("RIG-001", 1), new Metronome("RIG-001", 1));
        Outgoing foreign = new Outgoing("RIG-999", 0, 0, false, new byte[0], 1, 0, Optional.empty());

        assertThatThrownBy(() -> new FleetRun(twice, START, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RIG-001 has two sources");
        assertThatThrownBy(() -> run.fleet.failed(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RIG-999");
        assertThatThrownBy(() -> new Fleet(List.of(), BACKLOG, PERIOD, Map.of(), TEXT, run.clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("backlog not shorter");
    }

    @Test
    void rigsThatHaveNeverSpokenBeginWhenTheFleetIsFirstAsked() {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-20T10:00:00.500Z"));
        Fleet fleet = new Fleet(FleetRun.rigs(1, Long.MAX_VALUE), PERIOD, BACKLOG, Map.of(), TEXT, clock);
        clock.advance(20_000);

        assertThat(fleet.lagMillis()).isZero();
        assertThat(fleet.due()).isEmpty();
        clock.advance(PERIOD.toMillis());
        assertThat(fleet.due()).singleElement().satisfies(first -> {
            assertThat(first.timeMillis())
                    .isEqualTo(Instant.parse("2026-11-20T10:00:21Z").toEpochMilli());
            assertThat(first.late()).isFalse();
        });
    }

    /** Fails every send for so long, and then hands over what is on its way, one message per rig. */
    private static List<Outgoing> outage(FleetRun run, long millis) {
        long end = run.clock.millis() + millis;
        while (run.clock.millis() < end) {
            run.after(10).forEach(run.fleet::failed);
        }
        List<Outgoing> open = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            open.addAll(run.after(10));
        }
        return open;
    }

    private static Outgoing nextWithin(FleetRun run, long millis) {
        for (int i = 0; i < millis; i++) {
            List<Outgoing> due = run.after(1);
            if (!due.isEmpty()) {
                return due.get(0);
            }
        }
        throw new AssertionError("nothing was due within " + millis + " ms");
    }

    private static long millis(String time) {
        return Instant.parse("2026-11-20T" + time).toEpochMilli();
    }
}
