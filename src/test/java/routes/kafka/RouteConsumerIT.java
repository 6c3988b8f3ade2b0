package routes.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import routes.FreePort;
import routes.broker.BrokerSettings;
import routes.broker.EmbeddedBroker;
import routes.broker.LogCut;

/** The consumer of a route on a broker of its own, which is stopped, loses the end of a log, or its topic. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RouteConsumerIT {
    private static final String TOPIC = "read";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final TopicPartition OTHER = new TopicPartition(TOPIC, 1);
    private static final CommitPolicy LATE = new CommitPolicy(500, Duration.ofMinutes(10));

    @TempDir
    Path folder;

    private final String group = "group-" + UUID.randomUUID();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConsumerTroubles troubles = new ConsumerTroubles(meters);
    private final List<RouteConsumer> consumers = new ArrayList<>();
    private int port;
    private EmbeddedBroker broker;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        port = FreePort.next();
        broker = EmbeddedBroker.start(new BrokerSettings(folder, port, false));
        admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port));
        create();
    }

    @AfterEach
    void stop() {
        consumers.forEach(RouteConsumer::close);
        admin.close();
        broker.close();
    }

    @Test
    void handsOverWhatAPollReturnedAndThenNothingOnce() throws Exception {
        send(PARTITION, "a", "b", "c");
        RouteConsumer consumer = consumer(LATE);

        assertThat(values(poll(consumer))).containsExactly("a", "b", "c");
        send(PARTITION, "d");

        assertThat(consumer.poll(Duration.ofSeconds(30)).isEmpty())
                .as("Camel handles the batch when this returns")
                .isTrue();
        assertThat(values(poll(consumer))).containsExactly("d");
    }

    @Test
    void whatIsOwedIsCommittedAfterItsTimeAlsoWhenNoRecordComes() throws Exception {
        send(PARTITION, "a", "b");
        RouteConsumer consumer = consumer(new CommitPolicy(500, Duration.ofMillis(300)));
        handle(consumer);

        assertThat(committed(PARTITION)).as("not at once").isNull();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return committed(PARTITION) != null;
        });
        assertThat(committed(PARTITION).offset()).isEqualTo(2);
    }

    @Test
    void whatAnotherThreadOwesIsCommittedAlsoWhenNoRecordComes() throws Exception {
        send(PARTITION, "a", "b", "c");
        RouteConsumer consumer = consumer(new CommitPolicy(500, Duration.ofMillis(10)));
        poll(consumer);

        CompletableFuture.runAsync(() -> consumer.oweLater(Map.of(PARTITION, 2L)))
                .get(30, TimeUnit.SECONDS);

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            consumer.poll(Duration.ofMillis(50));
            return committed(PARTITION) != null;
        });
        assertThat(committed(PARTITION).offset()).isEqualTo(2);
    }

    @Test
    void whatAnotherThreadOwesNeverGoesBackBehindTheCommitWithWhichReadingBegan() throws Exception {
        send(PARTITION, "a", "b", "c", "d");
        admin.alterConsumerGroupOffsets(group, Map.of(PARTITION, new OffsetAndMetadata(3)))
                .all()
                .get();
        RouteConsumer consumer = consumer(new CommitPolicy(500, Duration.ofMillis(10)));
        assertThat(values(poll(consumer))).containsExactly("d");

        consumer.oweLater(Map.of(PARTITION, 2L));
        consumer.poll(Duration.ofMillis(50));
        consumer.settle();

        assertThat(committed(PARTITION).offset()).isEqualTo(3);
    }

    @Test
    void neverMoreThanTheMostIsHandedOverAndNotCommitted() throws Exception {
        send(PARTITION, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        RouteConsumer consumer = consumer(new CommitPolicy(7, Duration.ofMinutes(10)), 3);

        long taken = 0;
        while (taken < 9) {
            taken += handle(consumer).size();
            OffsetAndMetadata committed = committed(PARTITION);
            assertThat(taken - (committed == null ? 0 : committed.offset()))
                    .as("handed over, not committed, after " + taken)
                    .isLessThanOrEqualTo(7);
        }
        assertThat(committed(PARTITION))
                .as("bites: more than 7 were handed over")
                .isNotNull();
    }

    @Test
    void withoutAMostOnlyTimeCounts() throws Exception {
        send(PARTITION, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        RouteConsumer consumer = consumer(new CommitPolicy(0, Duration.ofMinutes(10)), 2);

        for (int taken = 0; taken < 10; ) {
            taken += handle(consumer).size();
        }

        assertThat(committed(PARTITION)).isNull();
    }

    @Test
    void theEndOfTheConsumerCommitsWhatIsOwed() throws Exception {
        send(PARTITION, "a", "b");
        RouteConsumer consumer = consumer(LATE);
        handle(consumer);

        consumer.wakeup(); // as Camel does when a route stops
        consumer.unsubscribe();

        assertThat(committed(PARTITION).offset()).isEqualTo(2);
    }

    @Test
    void aRevocationCommitsWhatIsOwed() throws Exception {
        send(PARTITION, "a", "b");
        send(OTHER, "c");
        RouteConsumer consumer = consumer(LATE);
        for (int taken = 0; taken < 3; ) {
            taken += handle(consumer).size();
        }

        RouteConsumer second = consumer(LATE);
        Awaitility.await("one partition each").atMost(Duration.ofSeconds(60)).until(() -> {
            consumer.poll(Duration.ofMillis(100));
            second.poll(Duration.ofMillis(100));
            return second.assignment().size() == 1;
        });

        assertThat(committed(PARTITION).offset()).isEqualTo(2);
        assertThat(committed(OTHER).offset()).isEqualTo(1);
        assertThat(poll(second, Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void aCommitNamesTheLeaderEpochAndTheTopicsId() throws Exception {
        send(PARTITION, "a");
        RouteConsumer consumer = consumer(LATE);
        handle(consumer);
        consumer.settle();

        assertThat(committed(PARTITION).leaderEpoch()).isPresent();
        assertThat(committed(PARTITION).metadata()).isEqualTo("topic-id=" + topicId());
    }

    @Test
    void whileACommitIsRefusedNothingMoreIsHandedOver() throws Exception {
        send(PARTITION, "0", "1", "2", "3", "4", "5");
        RouteConsumer consumer = consumer(new CommitPolicy(5, Duration.ofMinutes(10)), 3);
        assertThat(handle(consumer)).hasSize(3);
        broker.close();

        assertThat(consumer.poll(Duration.ofMillis(100)))
                .as("3 more would be 6")
                .isEmpty();
        assertThat(troubles.current())
                .hasValueSatisfying(text -> assertThat(text).contains(group, "cannot be committed"));
        assertThat(consumer.poll(Duration.ofMillis(100))).isEmpty();

        broker = EmbeddedBroker.start(new BrokerSettings(folder, port, false));
        assertThat(values(poll(consumer))).containsExactly("3", "4", "5");
        assertThat(committed(PARTITION).offset()).isEqualTo(3);
        assertThat(troubles.current()).isEmpty();
    }

    @Test
    void aLogThatLostItsEndIsReadFromThereByTheNextConsumer() throws Exception {
        sendOneByOne(10);
        RouteConsumer before = consumer(LATE);
        for (int taken = 0; taken < 10; ) {
            taken += handle(before).size();
        }
        close(before);

        cutAndRestart(5);
        sendOneByOne(8);

        assertThat(offsets(8)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(counter("rig.records.truncated")).isEqualTo(5);
        assertThat(troubles.current())
                .hasValueSatisfying(text -> assertThat(text).contains("lost 5 records"));
    }

    @Test
    void aLogThatLostItsEndIsReadFromThereByAConsumerThatLives() throws Exception {
        sendOneByOne(10);
        RouteConsumer consumer = consumer(LATE);
        for (int taken = 0; taken < 10; ) {
            taken += handle(consumer).size();
        }

        cutAndRestart(5);
        sendOneByOne(8);

        assertThat(offsets(consumer, 8)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(counter("rig.records.truncated")).isEqualTo(5);
        consumer.settle();
        assertThat(committed(PARTITION).offset()).isEqualTo(13);
    }

    @Test
    void aTopicThatWasCreatedAgainIsReadFromItsStartByAConsumerThatLives() throws Exception {
        send(PARTITION, "old-0", "old-1", "old-2");
        RouteConsumer consumer = consumer(LATE);
        for (int taken = 0; taken < 3; ) {
            taken += handle(consumer).size();
        }

        deleteAndCreate();
        send(PARTITION, "0", "1", "2", "3", "4");

        assertThat(offsets(consumer, 5)).endsWith(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aCommitOfATopicThatWasCreatedAgainCountsForNothing() throws Exception {
        String former = topicId();
        deleteAndCreate();
        send(PARTITION, "0", "1", "2", "3", "4");
        OffsetAndMetadata left = new OffsetAndMetadata(3, "topic-id=" + former);
        admin.alterConsumerGroupOffsets(group, Map.of(PARTITION, left)).all().get();

        assertThat(offsets(5)).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aCommitOfAnEarlierVersionWhichNamesNoTopicCounts() throws Exception {
        send(PARTITION, "0", "1", "2", "3", "4");
        admin.alterConsumerGroupOffsets(group, Map.of(PARTITION, new OffsetAndMetadata(3)))
                .all()
                .get();

        assertThat(offsets(2)).containsExactly(3L, 4L);
    }

    private double counter(String name) {
        Counter counter = meters.find(name).tag("topic", TOPIC).counter();
        return counter == null ? 0 : counter.count();
    }

    private RouteConsumer consumer(CommitPolicy policy) {
        return consumer(policy, 500);
    }

    private RouteConsumer consumer(CommitPolicy policy, int maxPollRecords) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "group.id",
                group,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false",
                "max.poll.records",
                maxPollRecords,
                "session.timeout.ms",
                6000,
                "metadata.max.age.ms",
                1000,
                "partition.assignment.strategy",
                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
                "key.deserializer",
                ByteArrayDeserializer.class.getName(),
                "value.deserializer",
                ByteArrayDeserializer.class.getName()));
        RouteConsumer consumer = new RouteConsumer(settings, policy, troubles);
        consumers.add(consumer);
        consumer.subscribe(List.of(TOPIC), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        });
        return consumer;
    }

    private void close(RouteConsumer consumer) {
        consumers.remove(consumer);
        consumer.close();
    }

    /** Polls as Camel does, until a batch comes, and owes its commit. */
    private static List<ConsumerRecord<Object, Object>> handle(RouteConsumer consumer) {
        List<ConsumerRecord<Object, Object>> records = poll(consumer);
        Map<TopicPartition, Long> next = new HashMap<>();
        records.forEach(
                record -> next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1));
        assertThat(consumer.poll(Duration.ofSeconds(30))).isEmpty();
        consumer.owe(next);
        return records;
    }

    private static List<ConsumerRecord<Object, Object>> poll(RouteConsumer consumer) {
        List<ConsumerRecord<Object, Object>> records = poll(consumer, Duration.ofSeconds(60));
        assertThat(records).as("a batch within a minute").isNotEmpty();
        return records;
    }

    private static List<ConsumerRecord<Object, Object>> poll(RouteConsumer consumer, Duration patience) {
        List<ConsumerRecord<Object, Object>> all = new ArrayList<>();
        long until = System.nanoTime() + patience.toNanos();
        while (all.isEmpty() && System.nanoTime() < until) {
            ConsumerRecords<Object, Object> polled = consumer.poll(Duration.ofMillis(200));
            polled.forEach(all::add);
        }
        return all;
    }

    private static List<String> values(List<ConsumerRecord<Object, Object>> records) {
        return records.stream()
                .map(record -> new String((byte[]) record.value(), UTF_8))
                .toList();
    }

    private List<Long> offsets(int count) {
        return offsets(consumer(LATE), count);
    }

    /** Of all that comes until the last {@code count} are those that were sent last. */
    private static List<Long> offsets(RouteConsumer consumer, int count) {
        List<Long> offsets = new ArrayList<>();
        while (offsets.size() < count) {
            handle(consumer).forEach(record -> offsets.add(record.offset()));
        }
        return offsets;
    }

    private OffsetAndMetadata committed(TopicPartition partition) throws Exception {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS)
                .get(partition);
    }

    private String topicId() throws Exception {
        return admin.describeTopics(List.of(TOPIC))
                .allTopicNames()
                .get(30, TimeUnit.SECONDS)
                .get(TOPIC)
                .topicId()
                .toString();
    }

    private void create() throws Exception {
        admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get(30, TimeUnit.SECONDS);
        Awaitility.await("its leaders")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> topicId() != null);
    }

    private void deleteAndCreate() throws Exception {
        admin.deleteTopics(List.of(TOPIC)).all().get(30, TimeUnit.SECONDS);
        Awaitility.await("the topic is gone")
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        !admin.listTopics().names().get(30, TimeUnit.SECONDS).contains(TOPIC));
        create();
    }

    private void cutAndRestart(int records) throws Exception {
        broker.close();
        assertThat(LogCut.last(folder, TOPIC, 0, records)).isEqualTo(10 - records);
        broker = EmbeddedBroker.start(new BrokerSettings(folder, port, false));
    }

    private void sendOneByOne(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            send(PARTITION, Integer.toString(i));
        }
    }

    /** Sends them in one request, so that one fetch has them all. */
    private void send(TopicPartition partition, String... values) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + port, "linger.ms", 200),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String value : values) {
                producer.send(
                        new ProducerRecord<>(partition.topic(), partition.partition(), null, value.getBytes(UTF_8)));
            }
        }
    }
}
