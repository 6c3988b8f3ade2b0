package routes.kafka;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import routes.kafka.LogReader.Expiry;

/** What topics hold. */
public final class Logs {
    private Logs() {}

    /** All records of a topic, now, partition by partition. */
    public static List<ConsumerRecord<byte[], byte[]>> all(Map<String, Object> client, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaCluster cluster = new KafkaCluster(client);
                LogReader reader = new LogReader(cluster, Expiry.PASSED_OVER)) {
            TopicLog log = TopicLog.of(cluster, topic).orElseThrow();
            reader.from(log.partitions(log.ranges())).read(records::add);
        }
        records.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        return records;
    }
}
