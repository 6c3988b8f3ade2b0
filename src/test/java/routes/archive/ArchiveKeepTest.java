package routes.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.kafka.LogId;

class ArchiveKeepTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private LocalStore store() {
        return new LocalStore(folder.resolve("capture"));
    }

    private ArchiveKeep keep(Long bytes, Duration age) {
        return new ArchiveKeep(
                store(),
                new ArchiveKeep.Limits(Optional.ofNullable(bytes), Optional.ofNullable(age)),
                meters,
                Clock.fixed(NOON, ZoneOffset.UTC));
    }

    /** A file of one record, of about 1 kB. */
    private String put(int partition, long offset, Instant time) throws IOException {
        String path = CapturePath.of("ns", "t", partition, time.toEpochMilli()).toString();
        Path file = Captured.write(
                folder.resolve("file-" + partition + "-" + offset),
                List.of(Captured.record(
                        new LogId("c", "id", 0), partition, offset, time.toEpochMilli(), "value ".repeat(10))));
        assertThat(store().createIfAbsent(path, file)).isTrue();
        return path;
    }

    private List<String> standing() {
        return store().list("").toList();
    }

    @Test
    void theOldestFilesGoUntilTheRestIsSmallEnoughAndWhatWentIsWrittenDown() throws IOException {
        String first = put(0, 0, NOON.minusSeconds(400));
        String second = put(1, 0, NOON.minusSeconds(300));
        String third = put(0, 1, NOON.minusSeconds(200));
        String last = put(1, 1, NOON.minusSeconds(100));
        long size = store().size(third) + store().size(last);

        keep(size, null).removeOldest();

        assertThat(standing()).containsExactlyInAnyOrder(third, last);
        Removed removed = store().removed();
        assertThat(removed.files()).isEqualTo(2);
        assertThat(removed.next("ns/t/0/", new LogId("c", "id", 0))).isEqualTo(1);
        assertThat(removed.next("ns/t/0/", new LogId("c", "made again", 0))).isZero();
        assertThat(meters.get("rig.archive.removed.files").counter().count()).isEqualTo(2);
        assertThat(meters.get("rig.archive.removed").counter().count()).isPositive();
        assertThat(folder.resolve("capture").resolve(first).getParent()).doesNotExist();
        assertThat(second).isNotIn(standing());
    }

    @Test
    void whatIsTooOldGoesButTheNewestFileOfEachPartitionStays() throws IOException {
        put(0, 0, NOON.minus(Duration.ofDays(9)));
        String newest = put(0, 1, NOON.minus(Duration.ofDays(8)));
        String young = put(1, 0, NOON.minus(Duration.ofDays(1)));

        keep(null, Duration.ofDays(7)).removeOldest();

        assertThat(standing()).containsExactlyInAnyOrder(newest, young);
    }

    @Test
    void whatIsNoFileOfTheArchiveStays() throws IOException {
        put(0, 0, NOON.minusSeconds(400));
        String last = put(0, 1, NOON.minusSeconds(100));
        Files.writeString(folder.resolve("capture/notes.txt"), "mine");

        keep(1L, null).removeOldest();

        assertThat(standing()).containsExactlyInAnyOrder(last, "notes.txt");
    }

    @Test
    void whileSomebodyReadsAllStays() throws IOException {
        String first = put(0, 0, NOON.minusSeconds(400));
        String last = put(0, 1, NOON.minusSeconds(100));
        keep(1L, null).removeOldest();
        String next = put(0, 2, NOON.minusSeconds(50));
        LocalStore reader = store();
        reader.beginReading();

        keep(1L, null).removeOldest();

        assertThat(standing()).containsExactlyInAnyOrder(last, next).doesNotContain(first);
    }

    @Test
    void whatWasRemovedIsNotArchivedAgainWhenItsCommitIsLostAndATopicMadeAgainIs() throws IOException {
        TopicPartition partition = new TopicPartition("t", 0);
        TapGroup group = new TapGroup(folder);
        TapSettings settings = new TapSettings("ns", Duration.ofMinutes(1), 1 << 26, true);
        TapGroup.Member member = group.member(settings);
        group.owners.put(partition, member);
        member.rebalanced();
        for (int i = 0; i < 200; i++) {
            group.append(0, "value " + i);
            group.pass(Duration.ofSeconds(1));
        }
        member.batch(1000);
        assertThat(standing()).hasSize(3);
        keep(1L, null).removeOldest();
        assertThat(standing()).hasSize(1);

        group.commits.clear();
        member.restart(settings);
        member.batch(1000);

        assertThat(standing()).hasSize(1);
        assertThat(group.commits).containsEntry(partition, 180L);

        group.makeAgain("topic-2");
        for (int i = 0; i < 70; i++) {
            group.append(0, "new " + i);
            group.pass(Duration.ofSeconds(1));
        }
        member.batch(1000);
        assertThat(standing()).hasSize(2);
    }
}
