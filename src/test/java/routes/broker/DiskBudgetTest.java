package routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.kafka.Topic;
import routes.kafka.TopicCatalogue;
import routes.settings.ConfigurationException;

class DiskBudgetTest {
    private static final List<Topic> CATALOGUE = TopicCatalogue.builtIn().topics();
    private static final long LARGEST_BATCH = 1_048_588;

    @ParameterizedTest
    @ValueSource(longs = {500_000_000, 1_000_000_000, DiskBudget.DEFAULT_CAP_BYTES, 1_000_000_000_000L})
    void allPartitionsFullStayBelowTheCap(long cap) {
        DiskBudget budget = new DiskBudget(cap, DiskBudget.DEFAULT_RETENTION_CAP, CATALOGUE);

        long all = CATALOGUE.stream()
                .mapToLong(topic -> topic.partitions() * fullPartition(topic, budget.configOf(topic)))
                .sum();

        assertThat(all + DiskBudget.RESERVE_BYTES).isLessThan(cap).isGreaterThan(cap / 10 * 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {500_000_000, DiskBudget.DEFAULT_CAP_BYTES})
    void everySegmentTakesTheLargestBatch(long cap) {
        DiskBudget budget = new DiskBudget(cap, DiskBudget.DEFAULT_RETENTION_CAP, CATALOGUE);

        assertThat(CATALOGUE).isNotEmpty().allSatisfy(topic -> assertThat(
                        number(budget.configOf(topic), "segment.bytes"))
                .isGreaterThan(LARGEST_BATCH));
    }

    @Test
    void sharesTheDiskByWeight() {
        Topic heavy = topic("heavy", 2, 30, Duration.ofDays(7));
        Topic light = topic("light", 2, 10, Duration.ofDays(7));
        DiskBudget budget = new DiskBudget(1_000_000_000, DiskBudget.DEFAULT_RETENTION_CAP, List.of(heavy, light));
        long floor = 2L * DiskBudget.SMALLEST_SEGMENT_BYTES;

        assertThat(budget.bytesPerPartition(heavy) - floor)
                .isCloseTo(3 * (budget.bytesPerPartition(light) - floor), within(3L));
    }

    @Test
    void keepsNothingLongerThanAnHour() {
        Topic week = topic("week", 1, 1, Duration.ofDays(7));
        Topic minute = topic("minute", 1, 1, Duration.ofMinutes(1));
        DiskBudget budget = new DiskBudget(100_000_000, DiskBudget.DEFAULT_RETENTION_CAP, List.of(week, minute));

        assertThat(budget.configOf(week)).containsEntry("retention.ms", "3600000");
        assertThat(budget.configOf(minute)).containsEntry("retention.ms", "60000");
    }

    @Test
    void deletesNothingFromACompactedTopic() {
        Topic compacted = new Topic("fleet", 1, Optional.empty(), "rigs", 1, "where each rig stands");

        assertThat(new DiskBudget(100_000_000, DiskBudget.DEFAULT_RETENTION_CAP, List.of(compacted))
                        .configOf(compacted))
                .containsEntry("cleanup.policy", "compact")
                .doesNotContainKeys("retention.ms", "retention.bytes");
    }

    @Test
    void refusesACapThatIsTooSmallAndNamesOneThatWouldDo() {
        assertThatThrownBy(() -> new DiskBudget(64_000_000, DiskBudget.DEFAULT_RETENTION_CAP, CATALOGUE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The disk cap of the embedded Kafka is 64 MB; its 36 topics need at least 397 MB.");
        assertThat(new DiskBudget(397_000_000, DiskBudget.DEFAULT_RETENTION_CAP, CATALOGUE).capBytes())
                .isEqualTo(397_000_000);
    }

    @Test
    void warnsWhenTheDiskIsSmallerThanTheCap(@TempDir Path folder) throws Exception {
        long free = Files.getFileStore(folder).getUsableSpace();

        assertThat(new DiskBudget(free * 2, DiskBudget.DEFAULT_RETENTION_CAP, CATALOGUE).warning(folder))
                .hasValueSatisfying(text -> assertThat(text).contains(folder.toString(), "lower the disk cap"));
        assertThat(new DiskBudget(500_000_000, DiskBudget.DEFAULT_RETENTION_CAP, CATALOGUE).warning(folder))
                .isEmpty();
    }

    private static Topic topic(String name, int partitions, double share, Duration retention) {
        return new Topic(name, partitions, Optional.of(retention), "rigs", share, "a test");
    }

    /** What Kafka can leave in a partition after a run of retention. */
    private static long fullPartition(Topic topic, Map<String, String> config) {
        long segment = number(config, "segment.bytes");
        return topic.compacted() ? 8 * segment : number(config, "retention.bytes") + segment;
    }

    private static long number(Map<String, String> config, String key) {
        return Long.parseLong(config.get(key));
    }

    @Test
    void whatARunningBrokerDeletesMeanwhileCountsNothing(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("stays"), new byte[1_000]);
        AtomicBoolean done = new AtomicBoolean();
        Thread broker = new Thread(() -> {
            try {
                while (!done.get()) {
                    Path partition = Files.createDirectories(folder.resolve("partition"));
                    Files.delete(Files.createFile(partition.resolve("checkpoint.tmp")));
                    Files.delete(partition);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        broker.start();
        try {
            for (int i = 0; i < 3_000; i++) {
                assertThat(DiskBudget.used(folder)).isEqualTo(1_000);
            }
        } finally {
            done.set(true);
            broker.join();
        }
    }
}
