package routes.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import routes.kafka.OffsetRange;

class ReplayTargetTest {
    @Test
    void aTargetWithAsManyPartitionsKeepsTheirNumbersAndItsLastRecordTellsAll() {
        ReplayTarget target = new ReplayTarget(4, 6);

        target.found(3, new Marks.Source(3, 41));

        assertThat(target.partitionOf(record(3, 0, "A"))).isEqualTo(3);
        assertThat(target.done()).isEqualTo(Map.of(3, 41L));
        assertThat(target.has(record(3, 41, "A"))).isTrue();
        assertThat(target.has(record(3, 42, "A"))).isFalse();
        assertThat(target.has(record(2, 0, "A"))).isFalse();
    }

    @Test
    void aTargetWithFewerPartitionsIsFilledByKeyAndRemembersEachWayInIt() {
        ReplayTarget target = new ReplayTarget(8, 2);
        int partition = target.partitionOf(record(5, 0, "RIG-001"));

        target.found(partition, new Marks.Source(5, 10));

        assertThat(target.done()).isEmpty();
        assertThat(target.has(record(5, 10, "RIG-001"))).isTrue();
        assertThat(target.has(record(5, 11, "RIG-001"))).isFalse();
        assertThat(target.has(record(6, 10, "RIG-001"))).isFalse();
        assertThat(target.partitionOf(record(1, 0, "RIG-001"))).isEqualTo(partition);
        assertThat(target.partitionOf(record(7, 0, null))).isEqualTo(1);
    }

    @Test
    void whatIsLeftBeginsBehindTheLastRecordEvenIfTheTopicBeginsLaterByNow() {
        ReplayRange range =
                new ReplayRange(new TreeMap<>(Map.of(0, new OffsetRange(500, 600), 1, new OffsetRange(0, 10))));

        ReplayRange rest = range.after(Map.of(0, 99L, 1, 20L));

        assertThat(rest.spans().get(0)).isEqualTo(new OffsetRange(100, 600));
        assertThat(rest.nonEmpty()).containsOnlyKeys(0);
        assertThat(rest.records()).isEqualTo(500);
    }

    private static Original record(int partition, long offset, String key) {
        return new Original(partition, offset, 0, key == null ? null : key.getBytes(), new byte[0], List.of());
    }
}
