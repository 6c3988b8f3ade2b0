package routes.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/**
 * The archive beside what one would write by hand:
 *
 * <ul>
 *   <li>{@code archive}: the application with {@code archive-telemetry} as shipped, beside {@link ArchiveLoop};
 *   <li>{@code replay}: the command {@code replay --archive}, beside {@link ReplayLoop}, from the same files;
 *   <li>{@code heap}: that application alone in a JVM of 128 MiB, at the default load.
 * </ul>
 *
 * Files are finished at 4 MiB instead of 64, for both, so that each round finishes several of each partition. How it is
 * measured: {@link Turns}.
 */
final class ArchiveBench {
    /** Where replays go. */
    static final String REPLAYED = "bench.replayed";

    static final String MAX_BYTES = "archive.max-bytes";

    private static final String OURS = "camel";
    private static final Map<String, String> SMALL_FILES = Map.of(MAX_BYTES, "4MiB");
    private static final Map<String, Double> GOALS = Map.of("loop", 0.8);
    private static final int PARTITIONS = 8;

    private final RouterBench.Plan plan;
    private final Duration load;

    /** @param load how long the default load is put on the application in its small JVM */
    ArchiveBench(RouterBench.Plan plan, Duration load) {
        this.plan = plan;
        this.load = load;
    }

    record Outcome(Result archive, Result replay, ArchiveHeap.Outcome heap, Map<String, Object> conditions) {
        Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(
                    "ratios",
                    Map.of(
                            "archive",
                            archive.ratios().get("loop"),
                            "replay",
                            replay.ratios().get("loop")));
            json.put("archive", archive.toJson());
            json.put("replay", replay.toJson());
            json.put("heap", heap);
            json.putAll(conditions);
            return json;
        }

        List<Scenario> scenarios() {
            List<Scenario> scenarios = new ArrayList<>(archive.scenarios("archive/"));
            scenarios.addAll(replay.scenarios("replay/"));
            scenarios.add(heap.scenario());
            return scenarios;
        }
    }

    Outcome run() throws Exception {
        Map<String, Object> conditions = Bench.machine();
        Path folder = Files.createTempDirectory(Bench.FOLDER.toAbsolutePath(), "archive-");
        Outcome outcome;
        try (BenchBroker broker = BenchBroker.start(folder.resolve("broker"), plan.jvm())) {
            System.err.printf(Locale.ROOT, "writing %,d messages to rig.telemetry%n", plan.messages());
            Input input = Input.write(
                    broker,
                    plan.messages(),
                    AppSettings.producer(AppSettings.load(broker.bootstrapServers(), Map.of())));
            conditions.put("jvm", String.join(" ", plan.jvm()));
            conditions.put("warmUps", plan.warmUps());
            conditions.put("rounds", plan.rounds());
            conditions.put("messages", input.messages());
            conditions.put("messageBytes", input.bytes() / input.messages());
            outcome = run(folder, broker, input, conditions);
        }
        Utils.delete(folder.toFile());
        print(outcome);
        return outcome;
    }

    private Outcome run(Path folder, BenchBroker broker, Input input, Map<String, Object> conditions) throws Exception {
        Prints prints = Prints.read(broker, input.ends());
        Result archived;
        Result replayed;
        Race.Entrant ours = entrant(OURS, Kind.ARCHIVE_SHIPPED, SMALL_FILES);
        try (Turns turns = new Turns("archive", broker, input, new ArchiveCourse(broker, input, prints))) {
            turns.enter(ours, folder, plan.jvm());
            turns.enter(entrant("loop", Kind.ARCHIVE_LOOP, SMALL_FILES), folder, plan.jvm());
            archived = new Result("archive", turns.run(plan.warmUps(), plan.rounds()), GOALS);
            turns.round(ours);
            replayed = replay(folder, broker, input, prints, ArchiveCourse.archive(turns.folder(ours)));
        }
        ArchiveHeap.Outcome heap = new ArchiveHeap(broker, folder.resolve("heap"), load).run();
        return new Outcome(archived, replayed, heap, conditions);
    }

    private Result replay(Path folder, BenchBroker broker, Input input, Prints prints, Path archive) throws Exception {
        broker.create(REPLAYED, PARTITIONS);
        Map<String, String> from = Map.of("archive", archive.toString());
        try (Turns turns = new Turns("replay", broker, input, new ReplayCourse(broker, prints))) {
            turns.enter(entrant(OURS, Kind.REPLAY_SHIPPED, from), folder, plan.jvm());
            turns.enter(entrant("loop", Kind.REPLAY_LOOP, from), folder, plan.jvm());
            return new Result("replay", turns.run(plan.warmUps(), plan.rounds()), GOALS);
        }
    }

    private Race.Entrant entrant(String label, Kind kind, Map<String, String> different) {
        return new Race.Entrant(label, kind, plan.messages(), different);
    }

    private void print(Outcome outcome) {
        System.out.printf(
                Locale.ROOT,
                """
                %,d messages of %,d bytes of %d rigs in %d partitions; the same for all, checked record by record
                %d rounds after %d of warm-up; rates from 10 %% to 95 %% of what a round makes
                %s, %s cores, %s each, load average before %.1f
                """,
                (Long) outcome.conditions().get("messages"),
                (Long) outcome.conditions().get("messageBytes"),
                TwentyKilobytes.RIGS,
                PARTITIONS,
                plan.rounds(),
                plan.warmUps(),
                outcome.conditions().get("java"),
                outcome.conditions().get("cores"),
                outcome.conditions().get("jvm"),
                (Double) outcome.conditions().get("loadAverageBefore"));
        outcome.archive().print();
        outcome.replay().print();
        outcome.heap().print();
    }
}
