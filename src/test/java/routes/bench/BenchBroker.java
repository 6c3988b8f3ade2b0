package routes.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import routes.FreePort;

/** The application's own broker in a process of its own, with room for all that a run writes. */
final class BenchBroker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final String bootstrapServers;
    private final Admin admin;

    private BenchBroker(ChildProcess process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    static BenchBroker start(Path folder, List<String> jvm) throws IOException, InterruptedException {
        int port = FreePort.next();
        List<String> args = List.of(
                Child.BROKER,
                "--set",
                "data.dir=" + folder.resolve("data"),
                "--set",
                "broker.port=" + port,
                "--set",
                "broker.disk-cap=1TB",
                "--set",
                "broker.retention-cap=24h");
        ChildProcess process = ChildProcess.start("the broker", jvm, folder, args);
        String bootstrapServers = "127.0.0.1:" + port;
        process.awaitLine(line -> line.contains(bootstrapServers));
        return new BenchBroker(process, bootstrapServers);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    ChildProcess process() {
        return process;
    }

    /** All partitions of the topics. */
    List<TopicPartition> partitions(Collection<String> topics) throws ExecutionException, InterruptedException {
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(BenchBroker::partitions)
                .toList();
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition()));
    }

    Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** Sets where a group stands; first removes members that have gone without a word, as those of Kafka Streams do. */
    void position(String group, Map<TopicPartition, Long> offsets) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        offsets.forEach((partition, offset) -> positions.put(partition, new OffsetAndMetadata(offset)));
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                removeMembers(group);
                admin.alterConsumerGroupOffsets(group, positions).all().get();
                return;
            } catch (ExecutionException e) {
                boolean occupied = e.getCause() instanceof UnknownMemberIdException
                        || e.getCause() instanceof GroupNotEmptyException;
                if (!occupied || System.nanoTime() > until) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private void removeMembers(String group) throws ExecutionException, InterruptedException {
        boolean known = admin.listConsumerGroups().all().get().stream()
                .anyMatch(listing -> listing.groupId().equals(group));
        if (known) {
            ConsumerGroupDescription description =
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group);
            if (!description.members().isEmpty()) {
                admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                        .all()
                        .get();
            }
        }
    }

    Map<TopicPartition, Long> committed(String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> committed.put(partition, offset.offset()));
        return committed;
    }

    /** Hands over all records between the two offsets of each partition, in the order of each partition. */
    void read(
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "fetch.max.bytes",
                16 << 20,
                "max.partition.fetch.bytes",
                4 << 20,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "none");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            long progress = System.nanoTime();
            while (to.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    reader.accept(record);
                    progress = System.nanoTime();
                }
                if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                    throw new BenchFailedException("no more records came for " + PATIENCE + ", expected up to " + to);
                }
            }
        }
    }

    /** A topic besides those of the catalogue. */
    void create(String topic, int partitions) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get();
    }

    /** Deletes all records, so that the disk does not fill; offsets go on. */
    void clear(Map<TopicPartition, Long> ends) throws ExecutionException, InterruptedException {
        Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
        ends.forEach((partition, end) -> before.put(partition, RecordsToDelete.beforeOffset(end)));
        admin.deleteRecords(before).all().get();
    }

    @Override
    public void close() {
        admin.close();
        process.close();
    }
}
