package routes.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the archive, and what is committed, whatever happens to those who write it. */
class TapTest {
    private static final TopicPartition P0 = new TopicPartition("t", 0);
    private static final TapSettings MINUTE = TapGroup.settings(Duration.ofSeconds(60), 1 << 26);

    @TempDir
    private Path folder;

    private TapGroup group;
    private TapGroup.Member member;

    @BeforeEach
    void oneMemberWithOnePartition() throws IOException {
        group = new TapGroup(folder);
        member = group.member(MINUTE);
        group.owners.put(P0, member);
        member.rebalanced();
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            group.append(0, "value " + i);
            group.pass(Duration.ofSeconds(1));
        }
    }

    private List<String> paths() throws IOException {
        return group.store.list("").toList();
    }

    @Test
    void aFileRunsForTheWindowAndIsNamedAfterItsFirstRecord() throws IOException {
        seconds(130);

        assertThat(member.batch(1000)).isTrue();

        assertThat(paths()).containsExactly("ns/t/0/2026/11/20/10/00/00.avro", "ns/t/0/2026/11/20/10/01/00.avro");
        assertThat(group.commits).containsEntry(P0, 120L);
        Captured.assertSame(group.archived(P0), group.log.get(P0).subList(0, 120));
    }

    @Test
    void nothingIsCommittedBeforeAFileStands() throws IOException {
        seconds(59);

        member.batch(1000);

        assertThat(paths()).isEmpty();
        assertThat(group.commits).isEmpty();
    }

    @Test
    void aFileIsFinishedByItsSize() throws IOException {
        member.restart(TapGroup.settings(Duration.ofSeconds(60), 1));
        seconds(3);

        member.batch(1000);

        assertThat(group.commits).containsEntry(P0, 3L);
    }

    @Test
    void anIdlePartitionsFileIsFinishedByTimeAndCommittedWithTheNextBatch() throws IOException {
        group.owners.put(new TopicPartition("t", 1), member);
        member.rebalanced();
        seconds(10);
        member.batch(1000);
        group.pass(Duration.ofSeconds(59));
        member.tap.finishIdle();
        assertThat(paths()).isEmpty();

        group.pass(Duration.ofSeconds(2));
        member.tap.finishIdle();

        assertThat(paths()).hasSize(1);
        assertThat(group.commits).isEmpty();
        group.append(1, "of another partition");
        member.batch(1000);
        assertThat(group.commits).containsEntry(P0, 10L);
    }

    @Test
    void aFileThatStoodBeforeTheCrashIsFoundAgainWhateverTheWindowIsNow() throws IOException {
        seconds(130);
        member.take(1000);
        List<String> before = paths();

        member.restart(TapGroup.settings(Duration.ofSeconds(7), 1 << 26));
        member.batch(1000);

        assertThat(before).hasSize(2);
        assertThat(paths()).startsWith(before.get(0), before.get(1)).hasSize(3);
        Captured.assertSame(group.archived(P0), group.log.get(P0).subList(0, 127));
        assertThat(group.commits).containsEntry(P0, 127L);
    }

    @Test
    void aStoreThatFailsAfterThePutHasTheFileOnce() throws IOException {
        seconds(61);
        group.store.failAfterPut = true;
        assertThat(member.batch(1000)).isFalse();

        assertThat(member.batch(1000)).isTrue();

        assertThat(paths()).hasSize(1);
        assertThat(group.commits).containsEntry(P0, 60L);
    }

    @Test
    void whileTheStoreIsDownEveryBatchFailsAndTroubleIsSaidUntilAFileStands() throws IOException {
        seconds(61);
        group.store.down = true;

        assertThat(member.batch(1000)).isFalse();
        assertThat(member.batch(10)).isFalse();
        assertThat(member.tap.trouble()).get().asString().contains("the store is down", "capture");
        assertThat(member.tap.oldestMillis()).hasValue(group.log.get(P0).get(0).timestampMillis());
        assertThat(group.commits).isEmpty();

        group.store.down = false;
        assertThat(member.batch(1000)).isTrue();
        assertThat(member.tap.trouble()).isEmpty();
        assertThat(group.commits).containsEntry(P0, 60L);
    }

    @Test
    void anIdleFileIsTriedAgainWhenTheStoreIsBack() throws IOException {
        seconds(5);
        member.batch(1000);
        group.pass(Duration.ofSeconds(60));
        group.store.down = true;
        member.tap.finishIdle();
        assertThat(member.tap.trouble()).isPresent();

        group.store.down = false;
        member.tap.finishIdle();

        assertThat(paths()).hasSize(1);
        assertThat(member.tap.trouble()).isEmpty();
    }

    @Test
    void anOwnerThatWakesUpLatePutsNothingASecondTime() throws IOException {
        seconds(30);
        member.batch(1000);
        TapGroup.Member other = group.member(MINUTE);
        group.owners.put(P0, other);
        other.rebalanced();
        seconds(40);
        other.batch(1000);

        group.pass(Duration.ofSeconds(60));
        member.tap.finishIdle();
        assertThat(member.batch(1000)).isFalse();
        other.tap.finishIdle();
        other.batch(1000);

        Captured.assertSame(group.archived(P0), group.log.get(P0));
        assertThat(group.commits).containsEntry(P0, 70L);
    }

    @Test
    void aLateOwnersShorterFileStandsAndTheNewOwnerGoesOnAfterIt() throws IOException {
        seconds(30);
        member.batch(1000);
        TapGroup.Member other = group.member(MINUTE);
        group.owners.put(P0, other);
        other.rebalanced();
        seconds(20);
        other.batch(1000);
        member.tap.finishAll();

        seconds(20);
        assertThat(other.batch(1000)).isFalse();
        other.batch(1000);
        other.tap.finishAll();

        Captured.assertSame(group.archived(P0), group.log.get(P0));
        assertThat(paths()).hasSizeGreaterThan(1);
    }

    @Test
    void filesOfTheSameSecondTakeTheNextFreeSeconds() throws IOException {
        member.restart(TapGroup.settings(Duration.ofSeconds(60), 1));
        for (int i = 0; i < 6; i++) {
            group.append(0, "value " + i);
            member.batch(1);
        }

        assertThat(paths())
                .contains("ns/t/0/2026/11/20/10/00/00.avro", "ns/t/0/2026/11/20/10/00/05.avro")
                .hasSize(6);
        Captured.assertSame(group.archived(P0), group.log.get(P0));
    }

    @Test
    void aTopicThatWasMadeAgainIsLeftAloneUntilToldOtherwise() throws IOException {
        seconds(61);
        member.batch(1000);
        group.log.get(P0).clear();
        group.commits.clear();
        member.reconnect();
        seconds(61);

        assertThat(member.batch(1000)).isTrue();

        assertThat(member.tap.trouble()).get().asString().contains("t-0", "offset 0", "archive.recreated=continue");
        assertThat(member.tap.stopped()).containsOnlyKeys(P0);
        assertThat(paths()).hasSize(1);
        assertThat(group.commits).isEmpty();

        member.restart(new TapSettings("ns", Duration.ofSeconds(60), 1 << 26, true));
        member.batch(1000);
        assertThat(paths()).hasSize(2);
        assertThat(group.commits).containsEntry(P0, 60L);
    }

    @Test
    void recordsThatExpireBeforeTheCommitOfTheirFileAreNotArchivedASecondTime() throws IOException {
        seconds(70);
        member.take(1000);
        group.logStart.put(P0, 20L);

        member.restart(MINUTE);
        seconds(70);
        member.batch(1000);

        Captured.assertSame(group.archived(P0), group.log.get(P0).subList(0, 120));
    }

    @Test
    void aBatchThatDoesNotBeginAtTheCommitIsReadAgain() throws IOException {
        seconds(10);
        member.batch(5);
        group.owners.clear();
        member.rebalanced();
        member.tap.take(member.consumer(), List.of());
        group.owners.put(P0, member);
        member.rebalanced();
        group.commits.put(P0, 3L);

        assertThatThrownBy(() -> member.take(5))
                .isInstanceOf(ReadAgainException.class)
                .hasMessageContaining("t-0");
    }

    @Test
    void leftoverBuffersOfAnotherProcessAreDeletedAndThoseInUseAreNot() throws IOException {
        Path left = Files.createDirectories(folder.resolve("buffers/process-left"));
        Files.writeString(left.resolve("lock"), "");
        Files.writeString(left.resolve("1.avro"), "half a file");
        seconds(5);
        member.batch(1000);

        BufferFolder.open(folder.resolve("buffers"));

        assertThat(left).doesNotExist();
        try (Stream<Path> files = Files.walk(folder.resolve("buffers"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".avro"))).hasSize(1);
        }
    }

    @Test
    void whatAFailedPutMayHaveLinkedIsNeverAddedTo() throws IOException {
        seconds(5);
        member.batch(1000);
        group.pass(Duration.ofSeconds(60));
        group.store.failAfterPut = true;
        member.tap.finishIdle();

        seconds(5);
        member.batch(1000);
        member.tap.finishAll();

        Captured.assertSame(group.archived(P0), group.log.get(P0));
        assertThat(paths()).hasSize(2);
    }

    @Test
    void whatALogHasInPlaceOfItsLostEndIsArchivedBesideWhatStood() throws IOException {
        seconds(130);
        member.batch(1000);
        group.loseEnd(P0, 100);
        seconds(200);

        assertThat(member.batch(1000)).isTrue();

        member.tap.finishAll();
        assertThat(paths()).hasSize(6);
        Captured.assertSame(group.archived(P0), group.log.get(P0));
        assertThat(member.tap.trouble()).isEmpty();
        assertThat(member.lost()).isEqualTo(20);
    }

    @Test
    void theSameForWhoeverStartsAfterwardsAndWhoeverStartsAfterThat() throws IOException {
        seconds(130);
        member.batch(1000);
        group.loseEnd(P0, 100);
        member.restart(MINUTE);
        seconds(90);
        member.take(1000);
        member.restart(TapGroup.settings(Duration.ofSeconds(7), 1 << 26));
        seconds(10);
        group.commits.clear();
        member.restart(MINUTE);

        assertThat(member.batch(1000)).isTrue();

        member.tap.finishAll();
        Captured.assertSame(group.archived(P0), group.log.get(P0));
    }

    @Test
    void withoutAWordFromTheBrokerTheLostEndIsFoundByComparingWhatStands() throws IOException {
        seconds(130);
        member.batch(1000);
        group.loseEnd(P0, 100);
        seconds(10);
        group.commits.clear();
        member.restart(MINUTE);

        assertThat(member.batch(1000)).isTrue();

        member.tap.finishAll();
        Captured.assertSame(group.archived(P0), group.log.get(P0));
        assertThat(member.lost()).isEqualTo(20);
    }

    @Test
    void whatIsBeingWrittenIsWrittenAnewIfTheLogLosesSomeOfIt() throws IOException {
        seconds(30);
        member.batch(1000);
        group.loseEnd(P0, 20);
        seconds(5);

        assertThat(member.batch(1000)).isFalse();
        assertThat(member.batch(1000)).isTrue();

        member.tap.finishAll();
        Captured.assertSame(group.archived(P0), group.log.get(P0));
    }

    @Test
    void aLateOwnerOfWhatTheLogHasLostDoesNotMixItIn() throws IOException {
        seconds(30);
        member.batch(1000);
        group.loseEnd(P0, 20);
        TapGroup.Member other = group.member(MINUTE);
        group.owners.put(P0, other);
        other.rebalanced();
        seconds(30);
        other.batch(1000);
        member.tap.finishAll();

        for (int i = 0; i < 3; i++) {
            other.batch(1000);
            other.tap.finishAll();
        }

        Captured.assertSame(group.archived(P0), group.log.get(P0));
    }

    @Test
    void aCommitGoesBackToWhereTheLogWasCutOff() throws IOException {
        seconds(130);
        member.batch(1000);
        group.loseEnd(P0, 10);
        seconds(61);

        member.batch(1000);

        assertThat(group.commits).containsEntry(P0, 70L);
    }

    @Test
    void aTopicThatWasMadeAgainIsNoticedAlsoWhereItsOffsetsAreBeyondTheArchive() throws IOException {
        seconds(61);
        member.batch(1000);
        group.makeAgain("topic-2");
        seconds(100);
        group.logStart.put(P0, 80L);
        member.restart(MINUTE);

        assertThat(member.batch(1000)).isTrue();

        assertThat(member.tap.trouble()).get().asString().contains("the topic was made again");
        assertThat(paths()).hasSize(1);

        member.restart(new TapSettings("ns", Duration.ofSeconds(60), 1 << 26, true));
        member.batch(1000);
        member.tap.finishAll();
        Captured.assertSame(group.archived(P0), group.log.get(P0).subList(80, 100));
    }

    @Test
    void anotherClusterIsNotMixedIn() throws IOException {
        seconds(61);
        member.batch(1000);
        group.cluster = "cluster-2";
        group.makeAgain("");
        seconds(100);
        group.logStart.put(P0, 80L);
        member.restart(MINUTE);

        member.batch(1000);

        assertThat(member.tap.trouble()).get().asString().contains("another cluster", "archive.namespace");
        assertThat(paths()).hasSize(1);
    }

    @Test
    void aClockThatWasSetBackHidesNoFile() throws IOException {
        seconds(130);
        member.batch(1000);
        member.tap.finishAll();
        group.pass(Duration.ofHours(-1));
        seconds(130);
        member.batch(1000);
        member.tap.finishAll();
        group.commits.clear();
        group.logStart.put(P0, 200L);

        member.restart(MINUTE);
        member.batch(1000);
        member.tap.finishAll();

        Captured.assertSame(group.archived(P0), group.log.get(P0));
    }

    @Test
    void whatTheVersionBeforeArchivedIsGoneOnWith() throws IOException {
        Path before = Path.of("src/test/resources/archive/ns/t/0/2026/11/20/10");
        Path here = Files.createDirectories(folder.resolve("capture/ns/t/0/2026/11/20/10"));
        for (String minute : List.of("00", "01")) {
            Files.createDirectory(here.resolve(minute));
            Files.copy(before.resolve(minute + "/00.avro"), here.resolve(minute + "/00.avro"));
        }
        seconds(130);
        group.commits.put(P0, 60L);
        member.reconnect();

        assertThat(member.batch(1000)).isTrue();

        assertThat(group.commits).containsEntry(P0, 120L);
        member.tap.finishAll();
        assertThat(paths()).hasSize(3);
        Captured.assertSame(group.archived(P0), group.log.get(P0));
    }
}
