package routes.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import routes.broker.BrokerSettings;
import routes.broker.EmbeddedBroker;
import routes.kafka.TopicCatalogue;
import routes.kafka.TopicLayout;
import routes.kafka.Topics;
import routes.rig.ChannelCatalogue;

/** A broker with all topics, filled by hand with messages and with copies as the routes make them, or worse. */
public final class AuditFeed implements AutoCloseable {
    private static final List<String> GROUPS =
            List.of("rig-streams.route-telemetry", "rig-streams.slice-telemetry", "rig-streams.flag-telemetry");
    /** One channel of each subsystem, by the subsystem. */
    private static final Map<String, String> CHANNELS = new LinkedHashMap<>();

    static {
        ChannelCatalogue.builtIn()
                .channels()
                .forEach(channel -> CHANNELS.putIfAbsent(channel.subsystem(), channel.id()));
    }

    private final EmbeddedBroker broker;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    private AuditFeed(EmbeddedBroker broker) {
        this.broker = broker;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public static AuditFeed start(Path folder) {
        EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(folder, 0, false));
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Topics topics = Topics.connect(client, TopicCatalogue.builtIn().topics(), TopicLayout.replicated(1, 1))) {
            topics.createMissing();
        }
        return new AuditFeed(broker);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public Admin admin() {
        return admin;
    }

    /** A message with one channel of each subsystem, and where it was put. */
    public record Message(String rig, long seq, int activity, RecordMetadata at) {
        public static String value(String rig, long seq, int activity, Map<String, String> channels) {
            return "{\"rig\":\"" + rig + "\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":" + seq
                    + ",\"activity\":" + activity + ",\"late\":false,\"channels\":{"
                    + channels.values().stream()
                            .map(channel -> "\"" + channel + "\":" + seq + ".25")
                            .collect(Collectors.joining(","))
                    + "}}";
        }

        public String value() {
            return value(rig, seq, activity, CHANNELS);
        }

        public String slice(String subsystem) {
            return value(rig, seq, activity, Map.of(subsystem, CHANNELS.get(subsystem)));
        }

        public String source() {
            return position(at);
        }
    }

    public static String position(RecordMetadata at) {
        return at.topic() + "/" + at.partition() + "/" + at.offset();
    }

    public Message message(String rig, long seq, int activity) {
        String value = Message.value(rig, seq, activity, CHANNELS);
        return new Message(rig, seq, activity, acknowledged(send("rig.telemetry", null, rig, value, List.of())));
    }

    /** As above, on a partition that is not the key's. */
    public Message messageOn(int partition, String rig, long seq, int activity) {
        String value = Message.value(rig, seq, activity, CHANNELS);
        return new Message(rig, seq, activity, acknowledged(send("rig.telemetry", partition, rig, value, List.of())));
    }

    /** Something that is no message. */
    public RecordMetadata noMessage(String rig, String value) {
        return acknowledged(send("rig.telemetry", null, rig, value, List.of()));
    }

    /** The copy by activity. */
    public RecordMetadata whole(Message message, String topic) {
        return copy(message, topic, message.value());
    }

    public RecordMetadata slice(Message message, String subsystem) {
        return copy(message, "rig.channels." + subsystem, message.slice(subsystem));
    }

    public void slices(Message message) {
        CHANNELS.keySet().stream()
                .map(subsystem -> later(message, "rig.channels." + subsystem, message.slice(subsystem)))
                .toList()
                .forEach(AuditFeed::acknowledged);
    }

    public RecordMetadata copy(Message message, String topic, String value) {
        return acknowledged(later(message, topic, value));
    }

    private Future<RecordMetadata> later(Message message, String topic, String value) {
        return send(topic, null, message.rig(), value, List.of(header("source", message.source())));
    }

    public RecordMetadata letter(RecordMetadata at, String route, String reason, String rig, String value) {
        List<Header> headers = List.of(
                header("__connect.errors.topic", at.topic()),
                header("__connect.errors.partition", "" + at.partition()),
                header("__connect.errors.offset", "" + at.offset()),
                header("__connect.errors.task.id", route),
                header("dlq.reason", reason));
        return acknowledged(send("rig.dead-letters", at.partition(), rig, value, headers));
    }

    static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    /** Sends without waiting. */
    Future<RecordMetadata> send(String topic, Integer partition, String key, String value, List<Header> headers) {
        return producer.send(
                new ProducerRecord<>(topic, partition, null, key.getBytes(UTF_8), value.getBytes(UTF_8), headers));
    }

    private static RecordMetadata acknowledged(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the broker did not take the record", e);
        }
    }

    /** The group of the archive, too, has done with all there is. */
    public void commitArchived() throws ExecutionException, InterruptedException {
        commit(List.of("rig-streams.archive-telemetry"));
    }

    /** The group of the archive has done with a partition up to a record, and with that one. */
    public void commitArchived(ConsumerRecord<?, ?> upTo) throws ExecutionException, InterruptedException {
        admin.alterConsumerGroupOffsets(
                        "rig-streams.archive-telemetry",
                        Map.of(
                                new TopicPartition(upTo.topic(), upTo.partition()),
                                new OffsetAndMetadata(upTo.offset() + 1)))
                .all()
                .get();
    }

    /** Every group but that of the archive has done with all there is. */
    public void commit() throws ExecutionException, InterruptedException {
        commit(GROUPS);
    }

    /** Every group has done with all there is, and one only with a partition, up to a record of it and that one, too. */
    public void commit(String route, RecordMetadata upTo) throws ExecutionException, InterruptedException {
        String behind = "rig-streams." + route;
        commit(GROUPS.stream().filter(group -> !group.equals(behind)).toList());
        admin.alterConsumerGroupOffsets(
                        behind,
                        Map.of(
                                new TopicPartition(upTo.topic(), upTo.partition()),
                                new OffsetAndMetadata(upTo.offset() + 1)))
                .all()
                .get();
    }

    private void commit(List<String> groups) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (int p = 0; p < producer.partitionsFor("rig.telemetry").size(); p++) {
            partitions.put(new TopicPartition("rig.telemetry", p), OffsetSpec.latest());
        }
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        admin.listOffsets(partitions)
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end.offset())));
        for (String group : groups) {
            admin.alterConsumerGroupOffsets(group, new HashMap<>(ends)).all().get();
        }
    }

    /** Good messages of one rig, in every topic that they belong on. */
    public List<Message> good(String rig, int first, int count, int activity, String topic) {
        List<Message> messages = new ArrayList<>();
        for (int seq = first; seq < first + count; seq++) {
            Message message = message(rig, seq, activity);
            whole(message, topic);
            slices(message);
            messages.add(message);
        }
        return messages;
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        broker.close();
    }
}
