package routes.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;

/**
 * Three members of a group archive four partitions while they are killed, restarted with other settings, frozen and
 * rebalanced, the broker loses the ends of its logs, and their store fails before and after it has taken a file. Then all
 * is well, and every record that the topic still has stands once.
 */
final class TapStorm {
    private static final int PARTITIONS = 4;

    private final TapGroup group;
    private final Random random;
    private final List<TapGroup.Member> members = new ArrayList<>();

    TapStorm(TapGroup group, Random random) {
        this.group = group;
        this.random = random;
    }

    void run(int steps) throws IOException {
        for (int i = 0; i < 3; i++) {
            members.add(group.member(anySettings()));
        }
        for (int step = 0; step < steps; step++) {
            step();
        }
        calm();
        int records = 0;
        for (TopicPartition partition : group.log.keySet()) {
            Captured.assertSame(group.archived(partition), group.log.get(partition));
            records += group.log.get(partition).size();
        }
        assertThat(records).isGreaterThan(steps / 4);
    }

    private TapSettings anySettings() {
        return TapGroup.settings(Duration.ofSeconds(1 + random.nextInt(30)), 1000 + random.nextInt(3000));
    }

    private TapGroup.Member any() {
        return members.get(random.nextInt(members.size()));
    }

    private void step() throws IOException {
        group.pass(Duration.ofMillis(random.nextInt(2000)));
        for (int i = random.nextInt(6); i > 0; i--) {
            group.append(random.nextInt(PARTITIONS), "value " + random.nextLong());
        }
        switch (random.nextInt(13)) {
            case 0 -> any().restart(anySettings());
            case 1 -> takenAndKilled(any());
            // Those who lose a partition may learn of it later only.
            case 2 -> group.owners.put(new TopicPartition("t", random.nextInt(PARTITIONS)), any());
            case 3 -> members.forEach(TapGroup.Member::rebalanced);
            case 4 -> group.store.down = random.nextBoolean();
            case 5 -> group.store.failAfterPut = true;
            case 6 -> any().tap.finishIdle();
            case 7 -> any().tap.finishAll();
            case 8 -> loseEnd();
            default -> any().batch(1 + random.nextInt(10));
        }
    }

    private void loseEnd() {
        TopicPartition partition = new TopicPartition("t", random.nextInt(PARTITIONS));
        int records = group.log.getOrDefault(partition, List.of()).size();
        group.loseEnd(partition, Math.max(0, records - random.nextInt(20)));
    }

    private void takenAndKilled(TapGroup.Member member) throws IOException {
        try {
            member.take(10);
        } catch (IOException failedBeforeTheKill) {
            // It is killed in any case.
        }
        member.restart(anySettings());
    }

    private void calm() {
        group.store.down = false;
        group.store.failAfterPut = false;
        for (int i = 0; i < PARTITIONS; i++) {
            group.owners.put(new TopicPartition("t", i), members.get(i % members.size()));
        }
        members.forEach(TapGroup.Member::rebalanced);
        for (int round = 0; round < 20; round++) {
            members.forEach(member -> member.batch(1000));
            members.forEach(member -> member.tap.finishAll());
        }
    }
}
