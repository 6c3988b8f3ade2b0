package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;
import routes.kafka.LogReader.Expiry;

@ExtendWith(BrokerExtension.class)
class LogReaderIT {
    private final List<Long> read = new ArrayList<>();
    private TestBroker broker;
    private KafkaCluster cluster;
    private TopicPartition partition;

    @BeforeEach
    void tenRecords(TestBroker broker) {
        this.broker = broker;
        cluster = new KafkaCluster(Map.of("bootstrap.servers", broker.bootstrapServers()));
        partition = new TopicPartition(broker.newTopic("read", 1), 0);
        try (Producer<byte[], byte[]> producer = cluster.producer(Map.of())) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>(partition.topic(), 0, null, new byte[] {(byte) i}));
            }
        }
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aRangeIsReadToItsEndAndNoFurther() {
        try (LogReader reader = reader(Expiry.PASSED_OVER, 2, 7)) {
            assertThat(reader.read(record -> read.add(record.offset()))).isTrue();

            assertThat(reader.open()).isEmpty();
        }
        assertThat(read).containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void whoHasEnoughMayGoBack() {
        try (LogReader reader = reader(Expiry.PASSED_OVER, 0, 10)) {
            assertThat(reader.read(record -> record.offset() < 3)).isFalse();

            reader.from(Map.of(partition, new OffsetRange(1, 3))).read(record -> read.add(record.offset()));
        }
        assertThat(read).containsExactly(1L, 2L);
    }

    @Test
    void whatExpiredMeanwhileIsToldAndTheRestIsRead() throws Exception {
        List<String> told = new ArrayList<>();
        try (LogReader reader = reader((expired, from, begin) -> told.add(from + " to " + begin), 0, 10)) {
            expireBefore(6);

            reader.read(record -> read.add(record.offset()));
        }
        assertThat(told).containsExactly("0 to 6");
        assertThat(read).containsExactly(6L, 7L, 8L, 9L);
    }

    @Test
    void aRangeOfWhichNothingIsLeftIsReadAtOnce() throws Exception {
        try (LogReader reader = reader(Expiry.PASSED_OVER, 0, 10)) {
            expireBefore(10);

            assertThat(reader.read(record -> read.add(record.offset()))).isTrue();
        }
        assertThat(read).isEmpty();
    }

    @Test
    void whoMustNotMissARecordEndsTheReading() throws Exception {
        Expiry refusing = (expired, from, begin) -> {
            throw new IllegalStateException("gone: " + from);
        };
        try (LogReader reader = reader(refusing, 3, 10)) {
            expireBefore(6);

            assertThatThrownBy(() -> reader.read(record -> true)).hasMessage("gone: 3");
        }
    }

    @Test
    void aTopicIsWhatItWasWhenItWasLookedAt() throws Exception {
        TopicLog log = TopicLog.of(cluster, partition.topic()).orElseThrow();
        expireBefore(4);

        assertThat(log.ranges()).containsExactly(Map.entry(0, new OffsetRange(0, 10)));
        assertThat(TopicLog.of(cluster, partition.topic()).orElseThrow().ranges())
                .containsExactly(Map.entry(0, new OffsetRange(4, 10)));
        assertThat(TopicLog.of(cluster, "there-is-none")).isEmpty();
        assertThat(TopicLog.of(cluster, "no/name")).isEmpty();
    }

    private LogReader reader(Expiry expiry, long begin, long end) {
        return new LogReader(cluster, expiry).from(Map.of(partition, new OffsetRange(begin, end)));
    }

    private void expireBefore(long offset) throws Exception {
        broker.admin()
                .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }
}
