package routes.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import routes.rig.ChannelCatalogue;
import routes.telemetry.Slicer;
import routes.telemetry.TelemetryReader;

/**
 * What stands in {@code rig.telemetry}: written once, with the headers and client settings of the fleet's own messages,
 * and read back to know what must come of it.
 */
final class Input {
    private static final List<Header> HEADERS = List.of(
            header("content-type", "application/json"), header("schema", "rig-telemetry/1"), header("fleet", "seed-1"));
    /** As many as are handed to the producer before it is waited for. */
    private static final int CHUNK = 2000;

    private final Map<TopicPartition, Long> ends;
    private final Expected routed;
    private final Expected sliced;
    private final long bytes;

    private Input(Map<TopicPartition, Long> ends, Expected routed, Expected sliced, long bytes) {
        this.ends = ends;
        this.routed = routed;
        this.sliced = sliced;
        this.bytes = bytes;
    }

    static Input write(BenchBroker broker, int messages, Properties producerSettings) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings)) {
            TwentyKilobytes source = new TwentyKilobytes();
            for (int written = 0; written < messages; written += CHUNK) {
                send(producer, source, Math.min(CHUNK, messages - written));
            }
        }
        return readBack(broker, messages);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, TwentyKilobytes source, int count)
            throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TwentyKilobytes.Message message = source.next();
            sent.add(producer.send(new ProducerRecord<>(Rule.IN, null, null, message.key(), message.value(), HEADERS)));
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    private static Input readBack(BenchBroker broker, int messages) throws Exception {
        List<TopicPartition> partitions = broker.partitions(List.of(Rule.IN));
        Map<TopicPartition, Long> ends = broker.endOffsets(partitions);
        Map<TopicPartition, Long> begins = new HashMap<>();
        partitions.forEach(partition -> begins.put(partition, 0L));
        TelemetryReader reader = new TelemetryReader();
        Slicer slicer = new Slicer(ChannelCatalogue.builtIn().subsystemByName());
        Expected routed = new Expected(
                partitions.size(),
                (record, copy) -> copy.is(
                        Rule.topic(reader.read(record.value(), record.key()).activity()), record.value()));
        Expected sliced = new Expected(
                partitions.size(),
                (record, copy) -> slicer.slice(reader.read(record.value(), record.key())).slices().stream()
                        .forEach(slice -> copy.is("rig.channels." + slice.subsystem(), slice.value())));
        long[] bytes = new long[1];
        broker.read(begins, ends, record -> {
            routed.add(record);
            sliced.add(record);
            bytes[0] += record.value().length;
        });
        if (routed.total() != messages || !routed.perTopic().keySet().containsAll(Rule.topics())) {
            throw new BenchFailedException(
                    "expected " + messages + " messages for " + Rule.topics() + ", found " + routed.perTopic());
        }
        return new Input(ends, routed, sliced, bytes[0]);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    long messages() {
        return routed.total();
    }

    /** Of all values. */
    long bytes() {
        return bytes;
    }

    Expected routed() {
        return routed;
    }

    Expected sliced() {
        return sliced;
    }

    /** The end of each partition. */
    Map<TopicPartition, Long> ends() {
        return ends;
    }

    /** Where a round begins that reads about this many messages, the same number of each partition, up to the end. */
    Map<TopicPartition, Long> last(int messages) {
        Map<TopicPartition, Long> from = new HashMap<>();
        ends.forEach((partition, end) -> from.put(partition, Math.max(0, end - messages / ends.size())));
        return from;
    }
}
