package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults that nobody has thought of one by one: drawn by a seed from all that can happen to the system while it runs, on
 * real processes. What a seed draws it draws again, so that a storm that found something can be repeated:
 *
 * <pre>
 * mvn verify -Pfaults -Dit.test=ChaosStormIT -Dstorm.seeds=7 -Dstorm.minutes=3
 * </pre>
 *
 * {@code storm.seeds} is a list, {@code storm.minutes} the length of each, {@code storm.rigs} how many rigs send.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ChaosStormIT {
    private static final boolean LONG = Form.chosen().wholeCommands();
    private static final List<Long> SEEDS = Stream.of(
                    System.getProperty("storm.seeds", LONG ? "1,2,3,4,5,6,7,8,9,10" : "1")
                            .split(","))
            .map(seed -> Long.parseLong(seed.strip()))
            .toList();
    private static final Duration LENGTH = Duration.ofMillis(
            (long) (Double.parseDouble(System.getProperty("storm.minutes", LONG ? "10" : "0.5")) * 60_000));
    private static final int RIGS = Integer.getInteger("storm.rigs", LONG ? 60 : 20);
    /** With so many seeds each fault has its turn often enough. */
    private static final int MANY_SEEDS = 10;

    private final Map<StormFault, Integer> struck = new EnumMap<>(StormFault.class);
    private final Map<StormFault, Integer> bitten = new EnumMap<>(StormFault.class);

    @TempDir
    Path data;

    static LongStream seeds() {
        return SEEDS.stream().mapToLong(seed -> seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLostReorderedOrDoubledTooOften(long seed) throws Exception {
        try (Storm storm = new Storm(seed, LENGTH, RIGS, data.resolve("seed-" + seed))) {
            StormReport report = storm.run();
            report.publish();
            report.score().struck().forEach((fault, times) -> struck.merge(fault, times, Integer::sum));
            report.score().bitten().forEach((fault, times) -> bitten.merge(fault, times, Integer::sum));

            assertThat(report.wrong()).as("seed %d", seed).isEmpty();
            assertThat(report.lost()).as("lost, seed %d", seed).isZero();
            assertThat(report.reordered()).as("reordered, seed %d", seed).isZero();
            assertThat(report.copies()).as("copies due").isPositive();
        }
    }

    /** Each kind of fault has done what it is to do, at least twice. */
    @AfterAll
    void everyFaultHasBitten() {
        System.out.printf("%-20s %7s %7s%n", "fault", "struck", "bitten");
        for (StormFault fault : StormFault.values()) {
            System.out.printf("%-20s %7d %7d%n", fault, struck.getOrDefault(fault, 0), bitten.getOrDefault(fault, 0));
        }
        if (SEEDS.size() >= MANY_SEEDS) {
            assertThat(List.of(StormFault.values())).allSatisfy(fault -> assertThat(bitten.getOrDefault(fault, 0))
                    .as("%s has bitten", fault)
                    .isGreaterThanOrEqualTo(2));
        }
    }
}
