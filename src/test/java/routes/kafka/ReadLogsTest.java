package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no broker can be made to do at will: its answers come in every order. */
class ReadLogsTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final Uuid FORMER = Uuid.randomUuid();
    private static final Uuid NOW = Uuid.randomUuid();

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
    private final Map<String, Uuid> ids = new HashMap<>();
    private final ReadLogs logs = new ReadLogs(
            consumer,
            topic -> ids.getOrDefault(topic, Uuid.ZERO_UUID),
            new ConsumerTroubles(new SimpleMeterRegistry()));

    @BeforeEach
    void assign() {
        consumer.assign(Set.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    private void committed(String metadata) {
        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(11, Optional.of(0), metadata)));
        consumer.seek(PARTITION, 11);
    }

    @Test
    void aTopicCreatedAgainIsReadFromItsStartAlsoIfItsIdBecomesKnownOnlyAfterTheAssignment() {
        committed("topic-id=" + FORMER);
        logs.assigned(Set.of(PARTITION));

        assertThat(logs.createdAgain()).as("nothing is known yet").isEmpty();
        ids.put("orders", NOW);

        assertThat(logs.createdAgain()).containsExactly(PARTITION);
        assertThat(consumer.position(PARTITION)).isZero();
    }

    @Test
    void theSameTopicGoesOnWhenItsIdBecomesKnown() {
        committed("topic-id=" + FORMER);
        logs.assigned(Set.of(PARTITION));
        ids.put("orders", FORMER);

        assertThat(logs.createdAgain()).isEmpty();
        assertThat(consumer.position(PARTITION)).isEqualTo(11);
    }

    @Test
    void aCommitOfSomebodyElseCountsWhateverItSays() {
        committed("topic-id=of nobody");
        ids.put("orders", NOW);
        logs.assigned(Set.of(PARTITION));

        assertThat(logs.createdAgain()).isEmpty();
        assertThat(consumer.position(PARTITION)).isEqualTo(11);
    }

    @Test
    void onlyWhatLiesAfterTheCommitAtTheBeginningHasBeenPassed() {
        committed("");
        logs.assigned(Set.of(PARTITION));

        assertThat(logs.hasPassed(PARTITION, 11)).isFalse();
        assertThat(logs.hasPassed(PARTITION, 12)).isTrue();
        logs.forget(Set.of(PARTITION));
        assertThat(logs.hasPassed(PARTITION, 12)).isFalse();
    }
}
