package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commits that fall into a rebalance. */
class CommitsTest {
    private static final TopicPartition P0 = new TopicPartition("t", 0);
    private static final TopicPartition P1 = new TopicPartition("t", 1);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final Commits commits = new Commits();
    private final Refusing consumer = new Refusing();

    private static final class Refusing extends MockConsumer<byte[], byte[]> {
        private final Deque<RuntimeException> refusals = new ArrayDeque<>();

        Refusing() {
            super(OffsetResetStrategy.EARLIEST);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (!refusals.isEmpty()) {
                throw refusals.pop();
            }
            super.commitSync(offsets, timeout);
        }
    }

    @BeforeEach
    void assign() {
        consumer.assign(List.of(P0, P1));
        consumer.seek(P0, 10);
        consumer.seek(P1, 20);
    }

    private void commit(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
        offsets.forEach((partition, offset) -> all.put(partition, new OffsetAndMetadata(offset)));
        commits.commit(consumer, all, TIMEOUT);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        return consumer.committed(Set.of(P0, P1));
    }

    @Test
    void whatARebalanceRefusesGoesWithTheNextCommit() {
        consumer.refusals.add(new RebalanceInProgressException());
        commit(Map.of(P0, 10L));
        assertThat(committed()).isEmpty();

        commit(Map.of(P1, 20L));

        assertThat(committed())
                .containsEntry(P0, new OffsetAndMetadata(10))
                .containsEntry(P1, new OffsetAndMetadata(20));
    }

    @Test
    void aNewerOffsetOfTheSamePartitionCounts() {
        consumer.refusals.add(new RebalanceInProgressException());
        commit(Map.of(P0, 8L));

        commit(Map.of(P0, 10L));

        assertThat(committed()).containsExactly(Map.entry(P0, new OffsetAndMetadata(10)));
    }

    @Test
    void aPartitionThatWasTakenAwayIsLeftToItsNewOwner() {
        consumer.refusals.add(new RebalanceInProgressException());
        commit(Map.of(P0, 10L));
        consumer.assign(List.of(P1));

        commit(Map.of(P0, 10L, P1, 20L));

        assertThat(committed()).containsExactly(Map.entry(P1, new OffsetAndMetadata(20)));
    }

    @Test
    void aPartitionThatCameBackFromAnotherOwnerIsNotTakenBack() {
        consumer.refusals.add(new RebalanceInProgressException());
        commit(Map.of(P0, 10L));
        consumer.seek(P0, 500);

        commit(Map.of(P1, 20L));

        assertThat(committed()).containsExactly(Map.entry(P1, new OffsetAndMetadata(20)));
    }

    @Test
    void afterConnectingAgainNothingIsOwed() {
        Refusing before = new Refusing();
        before.assign(List.of(P0));
        before.seek(P0, 10);
        before.refusals.add(new RebalanceInProgressException());
        commits.commit(before, Map.of(P0, new OffsetAndMetadata(10)), TIMEOUT);

        commit(Map.of(P1, 20L));

        assertThat(committed()).containsExactly(Map.entry(P1, new OffsetAndMetadata(20)));
    }

    @Test
    void oneThatWasPutOutOfItsGroupFails() {
        consumer.refusals.add(new CommitFailedException());

        assertThatExceptionOfType(CommitFailedException.class).isThrownBy(() -> commit(Map.of(P0, 10L)));
    }
}
