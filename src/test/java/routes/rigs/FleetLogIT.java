package routes.rigs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import routes.FreePort;
import routes.broker.BrokerExtension;
import routes.broker.BrokerSettings;
import routes.broker.EmbeddedBroker;
import routes.broker.TestBroker;
import routes.kafka.KafkaCluster;
import routes.kafka.LogReader;
import routes.kafka.Logs;
import routes.kafka.Patience;
import routes.kafka.TopicLog;
import routes.rig.Fleet.Position;
import routes.settings.UnreachableException;

@ExtendWith(BrokerExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FleetLogIT {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final Set<String> RIGS = Set.of("RIG-001", "RIG-002", "RIG-003");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final TestBroker broker;
    private final Map<String, Object> client;
    private String telemetry;
    private String checkpoints;
    private Producer<byte[], byte[]> producer;
    private FleetLog log;
    private final List<FleetLog> logs = new ArrayList<>();

    FleetLogIT(TestBroker broker) {
        this.broker = broker;
        this.client = Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    @BeforeEach
    void open() {
        telemetry = broker.newTopic("telemetry", 2);
        checkpoints = broker.newTopic("fleet", 1);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        log = fleetLog("rigs");
    }

    @AfterEach
    void close() {
        logs.forEach(FleetLog::close);
        producer.close();
    }

    @Test
    void nothingIsFoundInEmptyTopics() {
        assertThat(log.recover(RIGS)).isEmpty();
        assertThat(log.unreadable()).isZero();
    }

    @Test
    void aMissingTopicIsNamed() {
        try (FleetLog other = new FleetLog(client, "telemetry-that-is-not", checkpoints, "rigs", 1, TIMEOUT)) {
            assertThatThrownBy(() -> other.recover(RIGS))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("topic telemetry-that-is-not does not exist");
        }
    }

    @Test
    void whatWasCheckpointedIsRecovered() throws Exception {
        Map<String, Position> positions = Map.of("RIG-001", send(0, "RIG-001", 0), "RIG-002", send(1, "RIG-002", 0));
        log.save(positions);

        Map<String, Position> recovered = fleetLog("rigs").recover(RIGS);

        assertThat(recovered).isEqualTo(positions);
    }

    @Test
    void onlyWhatChangedIsWritten() throws Exception {
        Position first = send(0, "RIG-001", 0);
        Position second = send(1, "RIG-002", 0);
        log.save(Map.of("RIG-001", first, "RIG-002", second));
        log.save(Map.of("RIG-001", first, "RIG-002", second));
        log.save(Map.of("RIG-001", send(0, "RIG-001", 1), "RIG-002", second));

        List<String> written = all(checkpoints).stream()
                .map(record -> new String(record.key(), UTF_8) + " " + new String(record.value(), UTF_8))
                .sorted()
                .toList();

        assertThat(written)
                .containsExactly(
                        "RIG-001 {\"seq\":0,\"time\":\"2026-11-20T10:00:00Z\",\"partition\":0,\"offset\":0,"
                                + "\"fleet\":\"rigs\",\"instance\":1,\"partitions\":0,\"topicId\":\"\"}",
                        "RIG-001 {\"seq\":1,\"time\":\"2026-11-20T10:00:01Z\",\"partition\":0,\"offset\":1,"
                                + "\"fleet\":\"rigs\",\"instance\":1,\"partitions\":0,\"topicId\":\"\"}",
                        "RIG-002 {\"seq\":0,\"time\":\"2026-11-20T10:00:00Z\",\"partition\":1,\"offset\":0,"
                                + "\"fleet\":\"rigs\",\"instance\":1,\"partitions\":0,\"topicId\":\"\"}");
    }

    @Test
    void messagesBehindAnOlderCheckpointAreFound() throws Exception {
        log.recover(RIGS);
        log.save(Map.of(
                "RIG-001", send(0, "RIG-001", 0), "RIG-002", send(0, "RIG-002", 0), "RIG-003", send(1, "RIG-003", 0)));
        send(0, "RIG-002", 1);
        Position last1 = send(0, "RIG-001", 1);
        Position last2 = send(0, "RIG-002", 2);
        Position last3 = send(1, "RIG-003", 1);
        send(0, "RIG-002", 2);

        Map<String, Position> recovered = fleetLog("rigs").recover(RIGS);

        assertThat(recovered).isEqualTo(Map.of("RIG-001", last1, "RIG-002", last2, "RIG-003", last3));
    }

    @Test
    void readsOnFromTheCheckpointsOnlyWhenEveryRigHasOne() throws Exception {
        log.recover(RIGS);
        // What nobody may look at again; it would be counted as unreadable.
        send(0, "RIG-001", "{", mark("rigs"));
        send(1, "RIG-002", "{", mark("rigs"));
        Map<String, Position> two = Map.of("RIG-001", send(0, "RIG-001", 0), "RIG-002", send(0, "RIG-002", 0));
        log.save(two);
        FleetLog restarted = fleetLog("rigs");

        Map<String, Position> known = restarted.recover(two.keySet());
        long readBehind = restarted.unreadable();
        Map<String, Position> withANewRig = restarted.recover(RIGS);
        long readAll = restarted.unreadable();

        assertThat(known).isEqualTo(two);
        assertThat(readBehind).isZero();
        assertThat(withANewRig).isEqualTo(two);
        assertThat(readAll).isEqualTo(2);
    }

    @Test
    void aRigWithoutCheckpointIsFoundBeforeTheCheckpointsOfOthers() throws Exception {
        log.recover(RIGS);
        Position unsaved = send(0, "RIG-003", 0);
        Position saved = send(0, "RIG-001", 0);
        log.save(Map.of("RIG-001", saved));

        assertThat(fleetLog("rigs").recover(RIGS)).isEqualTo(Map.of("RIG-001", saved, "RIG-003", unsaved));
    }

    @Test
    void messagesAreFoundWithoutAnyCheckpoint() throws Exception {
        send(0, "RIG-001", 0);
        Position last1 = send(0, "RIG-001", 1);
        Position last2 = send(1, "RIG-002", 7);

        assertThat(log.recover(RIGS)).isEqualTo(Map.of("RIG-001", last1, "RIG-002", last2));
    }

    @Test
    void foreignRedrivenReplayedAndUnmarkedMessagesAreIgnored() throws Exception {
        Position own = send(0, "RIG-001", 3);
        send(0, "RIG-001", envelope("RIG-001", 4), mark("another"));
        send(0, "RIG-001", envelope("RIG-001", 5), mark("rigs"), header("dlq.redrive-count", "1"));
        send(0, "RIG-001", envelope("RIG-001", 6), mark("rigs"), header("replay", "run-1"));
        send(0, "RIG-001", envelope("RIG-001", 7));
        send(0, "RIG-999", 8);

        assertThat(log.recover(RIGS)).isEqualTo(Map.of("RIG-001", own));
        assertThat(log.unreadable()).isZero();
    }

    @Test
    void checkpointsOfAnotherFleetAreIgnored() throws Exception {
        Position position = send(0, "RIG-001", 3);
        fleetLog("another").save(Map.of("RIG-001", new Position(99, 0, 0, 0)));

        assertThat(log.recover(RIGS)).isEqualTo(Map.of("RIG-001", position));
    }

    @Test
    void aCheckpointWhoseMessageExpiredStillCounts() throws Exception {
        log.recover(RIGS);
        Map<String, Position> saved = Map.of(
                "RIG-001",
                send(0, "RIG-001", 10),
                "RIG-002",
                send(0, "RIG-002", 20),
                "RIG-003",
                send(0, "RIG-003", 30));
        log.save(saved);
        send(0, "RIG-002", 21);
        Position last = send(0, "RIG-002", 22);
        broker.admin()
                .deleteRecords(Map.of(new TopicPartition(telemetry, 0), RecordsToDelete.beforeOffset(last.offset())))
                .all()
                .get(30, TimeUnit.SECONDS);

        Map<String, Position> recovered = fleetLog("rigs").recover(RIGS);

        assertThat(recovered)
                .isEqualTo(Map.of("RIG-001", saved.get("RIG-001"), "RIG-002", last, "RIG-003", saved.get("RIG-003")));
    }

    @Test
    void whenTheTopicLostItsEndTheTopicCountsAndElseTheCheckpoint() throws Exception {
        log.recover(RIGS);
        Position kept = send(0, "RIG-001", 5);
        Position lost = new Position(6, millis(6), 0, 1);
        Position elsewhere = new Position(70, millis(70), 1, 44);
        log.save(Map.of("RIG-001", lost, "RIG-002", elsewhere));

        assertThat(fleetLog("rigs").recover(RIGS)).isEqualTo(Map.of("RIG-001", kept, "RIG-002", elsewhere));
    }

    @Test
    void aRigThatMovedToANewPartitionIsFound() throws Exception {
        log.recover(RIGS);
        log.save(Map.of("RIG-001", send(0, "RIG-001", 0), "RIG-002", send(0, "RIG-002", 0)));
        broker.admin()
                .createPartitions(Map.of(telemetry, NewPartitions.increaseTo(3)))
                .all()
                .get(30, TimeUnit.SECONDS);
        producer.close();
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        Position moved = send(2, "RIG-001", 1);
        Position movedToo = send(2, "RIG-002", 1);
        log.save(Map.of("RIG-002", movedToo));

        Map<String, Position> recovered = fleetLog("rigs").recover(Set.of("RIG-001", "RIG-002"));

        assertThat(recovered).isEqualTo(Map.of("RIG-001", moved, "RIG-002", movedToo));
    }

    @Test
    void morePartitionsMoveNoRig() throws Exception {
        String key = keyOf(1, 2, 16);
        Set<String> rigs = Set.of("RIG-001", key);
        log.recover(rigs);
        int before = log.partitionOf(key);
        send(before, key, 0);
        more(16);

        FleetLog restarted = fleetLog("rigs");
        restarted.recover(rigs);

        assertThat(restarted.partitionOf(key)).isEqualTo(before);
        assertThat(restarted.partitionOf("RIG-001"))
                .as("one that has sent nothing goes where its key leads now")
                .isEqualTo(BuiltInPartitioner.partitionForKey(bytes("RIG-001"), 16));
    }

    /** Of a rig that has one partition among few and another among many. */
    private static String keyOf(int partition, int few, int many) {
        return IntStream.range(0, 1_000)
                .mapToObj(n -> "RIG-A" + n)
                .filter(rig -> BuiltInPartitioner.partitionForKey(bytes(rig), few) == partition)
                .filter(rig -> BuiltInPartitioner.partitionForKey(bytes(rig), many) != partition)
                .findFirst()
                .orElseThrow();
    }

    private void more(int partitions) throws Exception {
        broker.admin()
                .createPartitions(Map.of(telemetry, NewPartitions.increaseTo(partitions)))
                .all()
                .get(30, TimeUnit.SECONDS);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> broker.partitions(telemetry) == partitions);
    }

    @Test
    void offsetsOfATopicThatWasMadeAgainMeanNothing() throws Exception {
        log.recover(RIGS);
        log.save(Map.of(
                "RIG-001", send(0, "RIG-001", 7), "RIG-002", send(0, "RIG-002", 7), "RIG-003", send(1, "RIG-003", 7)));
        broker.deleteTopic(telemetry);
        broker.createTopic(telemetry, 2, Map.of());
        producer.close();
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        Position further = send(0, "RIG-001", 8);
        send(0, "RIG-002", "{", mark("another")); // so that the old offset of RIG-003 exists, in each partition
        send(1, "RIG-003", "{", mark("another"));

        Map<String, Position> recovered = fleetLog("rigs").recover(RIGS);

        assertThat(recovered.get("RIG-001")).isEqualTo(further);
        assertThat(recovered.get("RIG-002").seq()).isEqualTo(7);
        assertThat(recovered.get("RIG-003").seq()).isEqualTo(7);
    }

    @Test
    void aBrokerThatGoesAwayDuringTheRecoveryEndsItWithASentence(@TempDir Path folder) throws Exception {
        EmbeddedBroker other = EmbeddedBroker.start(new BrokerSettings(folder, 0, false));
        Map<String, Object> settings =
                Map.of("bootstrap.servers", other.bootstrapServers(), "default.api.timeout.ms", 3_000);
        try (Admin admin = Admin.create(Patience.with(settings))) {
            admin.createTopics(List.of(new NewTopic("telemetry", 1, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        try (Producer<byte[], byte[]> filling =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 20_000; i++) { // more than one fetch brings
                filling.send(new ProducerRecord<>("telemetry", 0, bytes("RIG-001"), new byte[1_000]));
            }
        }
        try (KafkaCluster cluster = new KafkaCluster(settings);
                LogReader reader = new LogReader(cluster, LogReader.Expiry.PASSED_OVER)) {
            TopicLog log = TopicLog.of(cluster, "telemetry").orElseThrow();
            reader.from(log.partitions(log.ranges()));

            assertThatThrownBy(() -> reader.read(record -> {
                        other.close();
                        return true;
                    }))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageMatching(
                            "Kafka at " + other.bootstrapServers() + " cannot be reached or does not answer;"
                                    + " check the address and that it runs \\(waited \\d+ s for records of \\[telemetry-0]\\)\\.");
        } finally {
            other.close();
        }
    }

    @Test
    void whatCannotBeReadIsCountedAndPassedOver() throws Exception {
        Position good = send(0, "RIG-001", 2);
        List<String> bad = List.of(
                "",
                "[]",
                "{\"rig\":\"RIG-001\",\"seq\":3",
                "{\"rig\":\"RIG-002\",\"seq\":3,\"time\":\"2026-11-20T10:00:03.000Z\"}",
                "{\"rig\":\"RIG-001\",\"seq\":\"3\",\"time\":\"2026-11-20T10:00:03.000Z\"}",
                "{\"rig\":\"RIG-001\",\"seq\":3,\"time\":\"yesterday\"}",
                "{\"rig\":\"RIG-001\",\"seq\":3,\"time\":\"+999999999-01-01T00:00:00Z\"}",
                "{\"rig\":\"RIG-001\",\"seq\":99999999999999999999,\"time\":\"2026-11-20T10:00:03.000Z\"}");
        for (String value : bad) {
            send(0, "RIG-001", value, mark("rigs"));
        }
        producer.send(new ProducerRecord<>(telemetry, 0, bytes("RIG-001"), null, List.of(mark("rigs"))))
                .get();
        for (String checkpoint : List.of("", "{}", "{\"seq\":-1}", "7")) {
            producer.send(new ProducerRecord<>(checkpoints, bytes("RIG-001"), bytes(checkpoint)))
                    .get();
        }

        Map<String, Position> recovered = log.recover(RIGS);

        assertThat(recovered).isEqualTo(Map.of("RIG-001", good));
        assertThat(log.unreadable()).isEqualTo(bad.size() + 1 + 4);
    }

    @Test
    void theEnvelopeMayStandBehindTheChannels() throws Exception {
        String value = "{\"channels\":{\"DBTM\":1.5,\"seq\":9},\"time\":\"2026-11-20T10:00:04.000Z\",\"seq\":4,"
                + "\"rig\":\"RIG-001\"}";
        send(0, "RIG-001", value, mark("rigs"));

        assertThat(log.recover(RIGS)).isEqualTo(Map.of("RIG-001", new Position(4, millis(4), 0, 0)));
    }

    @Test
    void aDeletedCheckpointIsNone() throws Exception {
        log.save(Map.of("RIG-001", new Position(5, millis(5), 0, 77)));
        producer.send(new ProducerRecord<>(checkpoints, bytes("RIG-001"), null)).get();

        assertThat(fleetLog("rigs").recover(RIGS)).isEmpty();
    }

    @Test
    void savingWithoutABrokerFailsInTimeHoweverManyRigs() throws Exception {
        Map<String, Object> unreachable = Map.of("bootstrap.servers", "127.0.0.1:" + FreePort.next());
        Map<String, Position> positions = IntStream.range(0, 50)
                .boxed()
                .collect(Collectors.toMap(n -> "RIG-" + n, n -> new Position(n, millis(n), 0, n)));

        try (FleetLog cut = new FleetLog(unreachable, telemetry, checkpoints, "rigs", 1, Duration.ofSeconds(1))) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> cut.save(positions))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageMatching("the checkpoint of rig RIG-\\d+ was not written to " + checkpoints + ": .+");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private FleetLog fleetLog(String fleet) {
        FleetLog opened = new FleetLog(client, telemetry, checkpoints, fleet, 1, TIMEOUT);
        logs.add(opened);
        return opened;
    }

    private Position send(int partition, String rig, long seq) throws Exception {
        return send(partition, rig, envelope(rig, seq), mark("rigs")).at(seq);
    }

    private Sent send(int partition, String key, String value, RecordHeader... headers) throws Exception {
        long offset = producer.send(
                        new ProducerRecord<>(telemetry, partition, bytes(key), bytes(value), List.of(headers)))
                .get(30, TimeUnit.SECONDS)
                .offset();
        return new Sent(partition, offset);
    }

    private record Sent(int partition, long offset) {
        Position at(long seq) {
            return new Position(seq, millis(seq), partition, offset);
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        return Logs.all(client, topic);
    }

    private static String envelope(String rig, long seq) {
        return "{\"rig\":\"" + rig + "\",\"well\":\"W\",\"time\":\"" + Instant.ofEpochMilli(millis(seq)) + "\",\"seq\":"
                + seq + ",\"activity\":2,\"late\":false,\"channels\":{\"DBTM\":4291.7}}";
    }

    private static long millis(long seq) {
        return START.plusSeconds(seq).toEpochMilli();
    }

    private static RecordHeader mark(String fleet) {
        return header(FleetLog.FLEET_HEADER, fleet);
    }

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
