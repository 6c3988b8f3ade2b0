package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.faults.ArchivePlace.GROUP;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application archives while it is killed, stopped, and joined and left by further instances, with another window
 * each time it starts. Whatever is done to it: afterwards every offset of every partition stands in exactly one file, as
 * the topic has it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ArchiveFaults {
    private static final Form FORM = Form.chosen();
    private static final Duration LEAVE = Duration.ofSeconds(40);
    /** The least of the windows: with less than a second, files would take each other's names. */
    private static final int LEAST_WINDOW_MILLIS = 1_500;
    /** More than the longest of them: a partition that is silent for so long is idle. */
    private static final int WINDOW_MILLIS = 4_000;
    /** At first all rigs send, then one, so that most partitions are idle. */
    private static final int FEW_RIGS = 1;

    /** Reached before the window is over where records come at once, after a pause. */
    private static final String SMALL = "256KB";

    private static final long SEED = 20_261_121;

    @TempDir
    static Path data;

    private final Random random = new Random(SEED);
    private FaultCluster cluster;
    private Evidence evidence;
    private ArchivePlace place;

    /** @param folder for what the place keeps on this machine */
    abstract ArchivePlace place(Path folder) throws IOException;

    @BeforeAll
    void start() throws IOException {
        place = place(data.resolve("archive"));
        cluster = FaultCluster.start("archive-" + place.name(), FORM, data);
        evidence = new Evidence(cluster.bootstrap(), FORM.patience(), cluster::toString);
    }

    @AfterAll
    void end() {
        evidence.close();
        cluster.close();
    }

    @AfterEach
    void endApplications() {
        cluster.endApplications();
    }

    /** Settings of one life: files are cut all the time, by time or by size; the clients' are as shipped. */
    private Map<String, String> life(int rigs) {
        Map<String, String> settings = new HashMap<>(place.settings());
        settings.put("rigs.count", Integer.toString(rigs));
        settings.put("rigs.period", FORM.period().toMillis() + "ms");
        settings.put(
                "archive.window", LEAST_WINDOW_MILLIS + random.nextInt(WINDOW_MILLIS - LEAST_WINDOW_MILLIS) + "ms");
        settings.put("archive.max-bytes", random.nextBoolean() ? "64MiB" : SMALL);
        return settings;
    }

    private Map<String, String> life(int rigs, int instance) {
        Map<String, String> settings = life(rigs);
        settings.put("rigs.instances", "2");
        settings.put("rigs.instance", Integer.toString(instance));
        return settings;
    }

    private AppProcess run(Map<String, String> settings) {
        return cluster.run(settings, place.environment());
    }

    private void awaitArchived(AppProcess application, double more) {
        double before = archived(application);
        evidence.await("an instance archives", () -> archived(application) >= before + more);
    }

    /** How many records an instance has put into files, 0 if it does not answer. */
    private static double archived(AppProcess application) {
        OptionalDouble records = application.metric("rig_archive_records_total.*");
        return records.orElse(0);
    }

    @Test
    void killedAgainAndAgainWhateverItIsDoing() throws IOException {
        Instant begun = Instant.now();
        long unfinished = 0;
        long uncommitted = 0;
        for (int kill = 0; kill < FORM.applicationKills(); kill++) {
            AppProcess application = run(life(kill % 2 == 0 ? FORM.rigs() : FEW_RIGS));
            awaitArchived(application, 1);
            Evidence.last(Duration.ofMillis(random.nextInt(WINDOW_MILLIS)));
            if (kill % 2 == 1) {
                evidence.await("files stand that are not committed", this::isAheadOfCommit);
            }
            application.kill();
            assertThat(application.hasEnded()).isTrue();
            unfinished += place.unfinished() > 0 ? 1 : 0;
            uncommitted += isAheadOfCommit() ? 1 : 0;
        }
        Map<String, Object> notes = new LinkedHashMap<>();
        notes.put("kills that left unfinished files", unfinished);
        notes.put("kills that left files not committed", uncommitted);
        assertThat(unfinished + uncommitted)
                .as("kills in the middle of something")
                .isPositive();

        ArchiveCheck check = conclude("killed", FORM.applicationKills(), begun, notes);

        assertThat(check.silences(Duration.ofMillis(WINDOW_MILLIS)))
                .as("times that a partition was idle")
                .isPositive();
    }

    /** Whether files stand which the group has not committed. */
    private boolean isAheadOfCommit() {
        Map<Integer, Long> committed = new HashMap<>();
        evidence.await("the broker says what is committed", () -> {
            Optional<Map<Integer, Long>> answer = evidence.committed(GROUP);
            answer.ifPresent(committed::putAll);
            return answer.isPresent();
        });
        return place.ends().entrySet().stream()
                .anyMatch(end -> end.getValue() > committed.getOrDefault(end.getKey(), 0L));
    }

    @Test
    void anOwnerThatWakesUpAfterAnotherHasTakenOver() throws IOException {
        Instant begun = Instant.now();
        AppProcess late = run(life(FORM.rigs(), 1)).awaitStarted();
        AppProcess other = run(life(FORM.rigs(), 2));
        int times = Math.max(1, FORM.changes() / 4);
        long lateRefused = 0;
        for (int i = 0; i < times; i++) {
            evidence.await("both are members", () -> evidence.members(GROUP) == 2);
            awaitArchived(late, 1);
            awaitArchived(other, 1);
            evidence.await("files are being written", () -> place.unfinished() > 0);
            double before = archived(late);
            late.freeze();
            evidence.await("the other one is the only member left", () -> evidence.members(GROUP) == 1);
            assertThat(late.metric("rig_.*")).as("a stopped process answers").isEmpty();
            awaitArchived(other, FORM.rigs());
            awaitEveryPartitionMoves();
            late.thaw();
            evidence.await("the late one archives again", () -> archived(late) > before);
            lateRefused = late.errors().split("another process has archived", -1).length - 1L;
        }
        assertThat(other.hasEnded() || late.hasEnded()).isFalse();

        conclude(
                "stopped",
                times,
                begun,
                Map.of("shorter files that the late one found in the place of its own", lateRefused));
    }

    /** Every partition that the rigs still write to is archived on, by whoever is left. */
    private void awaitEveryPartitionMoves() {
        Map<Integer, Long> ends = new HashMap<>();
        evidence.await("the broker says where the topic ends", () -> {
            ends.putAll(evidence.ends(Evidence.TELEMETRY));
            return !ends.isEmpty();
        });
        evidence.await("the archive reaches " + ends, () -> reaches(ends));
    }

    private boolean reaches(Map<Integer, Long> ends) {
        Map<Integer, Long> archived = place.ends();
        return ends.entrySet().stream().allMatch(end -> archived.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    @Test
    void joinedAndLeftEveryFewSeconds() throws Exception {
        Instant begun = Instant.now();
        AppProcess steady = run(life(FORM.rigs()));
        awaitArchived(steady, 1);
        Deque<AppProcess> further = new ArrayDeque<>();
        int changes = FORM.wholeCommands() ? FORM.changes() : FORM.changes() / 2;
        double byFurther = 0;
        for (int change = 0; change < changes; change++) {
            if (change % 2 == 0) {
                AppProcess next = run(life(0));
                awaitArchived(next, 1);
                further.add(next);
            } else {
                AppProcess leaving = further.remove();
                byFurther += archived(leaving);
                leaving.leave(LEAVE);
            }
            evidence.await(
                    "all instances are members, and no more", () -> evidence.members(GROUP) == 1 + further.size());
            awaitArchived(steady, 1);
        }
        assertThat(byFurther).as("records archived by the further instances").isPositive();
        assertThat(steady.hasEnded()).isFalse();

        conclude("joined-and-left", changes, begun, Map.of("records by the further instances", (long) byFurther));
    }

    /** Without rigs the archive comes to the topic's end, and is compared with it. */
    private ArchiveCheck conclude(String fault, int times, Instant begun, Map<String, Object> notes)
            throws IOException {
        cluster.endApplications();
        AppProcess last = run(life(0));
        last.awaitStarted();
        awaitEveryPartitionMoves();
        evidence.awaitCaughtUp();
        ArchiveCheck check = ArchiveCheck.of(cluster.bootstrap(), place.store());
        Stage archive = check.stage();
        Map<String, Object> all = new LinkedHashMap<>(notes);
        all.put("files", check.files());
        all.put("records in files", check.records());
        all.put("store", place.name());
        new Figures(
                        "archive-" + place.name() + "-" + fault,
                        FORM,
                        times,
                        Duration.between(begun, Instant.now()),
                        new Findings(List.of(check.telemetry().stage(), archive), check.telemetry(), new long[0]),
                        List.of(),
                        archive.doubled(),
                        all)
                .publish();

        assertThat(archive.problems()).isEmpty();
        assertThat(archive.lost()).as("lost").isZero();
        assertThat(archive.doubled()).as("doubled").isZero();
        assertThat(archive.reordered()).as("reordered").isZero();
        assertThat(check.records()).isEqualTo(archive.records()).isGreaterThan(FORM.rigs());
        assertThat(check.files()).isGreaterThan(check.partitions().size());
        new Audit(cluster, evidence, FORM, Optional.of(place)).assertTheProgramFindsNothingWrong();
        return check;
    }
}
