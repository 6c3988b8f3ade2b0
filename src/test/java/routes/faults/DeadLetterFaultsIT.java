package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import routes.rig.ChannelCatalogue;
import routes.rig.Rig;
import routes.rig.Rigs;
import routes.telemetry.Reason;
import routes.telemetry.TelemetryWriter;

/** The dead-letter topic takes nothing; and half of all that comes in is malformed. */
@Tag("faults")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class DeadLetterFaultsIT {
    private static final Form FORM = Form.chosen();
    private static final String DEAD_LETTERS = "rig.dead-letters";
    private static final int PARTITIONS = 8;
    private static final int RIGS = 16;
    /** Beyond those of the application, so that no rig has two who speak for it. */
    private static final int FIRST_RIG = 5_001;

    private static final long SEED = 20_261_120;
    private static final long TIME = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

    @TempDir
    private static Path data;

    private static FaultCluster cluster;
    private static AppProcess application;
    private static KafkaProducer<byte[], byte[]> producer;

    private final Random random = new Random(SEED);
    private final TelemetryWriter writer = new TelemetryWriter();
    private final List<Rig> rigs = rigs();

    @BeforeAll
    static void start() {
        cluster = FaultCluster.start("dead-letters", FORM, data);
        Map<String, String> settings = new HashMap<>(FORM.clients());
        settings.put("rigs.count", Integer.toString(FORM.rigs()));
        settings.put("rigs.period", FORM.period().toMillis() + "ms");
        application = cluster.run(settings).awaitStarted();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrap(), "compression.type", "lz4", "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void end() {
        producer.close(Duration.ZERO);
        cluster.close();
    }

    private static List<Rig> rigs() {
        Rigs all =
                new Rigs(SEED, Duration.ofSeconds(1), ChannelCatalogue.builtIn().landRig());
        List<Rig> rigs = new ArrayList<>();
        for (int i = 0; i < RIGS; i++) {
            rigs.add(all.rig(FIRST_RIG + i));
        }
        return rigs;
    }

    @Test
    void theDeadLetterTopicTakesNothing() throws Exception {
        try (Trial trial = new Trial("dead-letters-unwritable", cluster, FORM);
                Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrap()))) {
            trial.begin();
            long letters = trial.evidence().records(DEAD_LETTERS).orElseThrow();
            double failed = application.failed();
            Instant from = Instant.now();
            largestLetter(admin, AlterConfigOp.OpType.SET);
            RecordMetadata bad = send(
                            Reason.NOT_JSON.code(), rigs.get(0), key(rigs.get(0)), "no message".getBytes(UTF_8))
                    .get();

            trial.evidence().await("the batch has failed several times", () -> application.failed() >= failed + 3);
            trial.assertNotCommitted(bad);
            trial.evidence()
                    .await(
                            "the lag grows",
                            () -> trial.evidence().lag(Evidence.GROUPS.get(0)).orElse(0)
                                    > trial.messages(Duration.ofSeconds(3)));
            trial.assertNotCommitted(bad);
            assertThat(trial.evidence().records(DEAD_LETTERS)).hasValue(letters);
            Instant back = Instant.now();
            largestLetter(admin, AlterConfigOp.OpType.DELETE);
            trial.struck(from, back);
            trial.evidence().awaitRecords(DEAD_LETTERS, letters + 1);

            Findings findings = trial.conclude(1);

            trial.assertWorkWasDone(findings);
        }
    }

    /** {@code SET}: smaller than any letter; {@code DELETE}: as it was. */
    private static void largestLetter(Admin admin, AlterConfigOp.OpType what) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, DEAD_LETTERS);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry("max.message.bytes", "100"), what);
        admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get(30, TimeUnit.SECONDS);
    }

    @Test
    void malformedMessagesAmongGoodOnes() throws Exception {
        try (Trial trial = new Trial("malformed", cluster, FORM)) {
            trial.begin();
            Map<String, Long> sent = sendBadAmongGood();
            trial.note("malformed by reason", sent);
            assertThat(sent).as("seed %d", SEED).hasSize(Reason.values().length);

            Findings findings = trial.conclude(1);

            trial.assertWorkWasDone(findings);
            Stage letters = findings.stages().stream()
                    .filter(stage -> stage.to().equals(DEAD_LETTERS))
                    .findFirst()
                    .orElseThrow();
            assertThat(letters.records()).isGreaterThanOrEqualTo(FORM.bad());
            assertThat(letters.repeats())
                    .noneMatch(repeat -> repeat.at() >= trial.begun().toEpochMilli());
            assertThat(findings.telemetry().all().stream().filter(source -> source.isGood() && !source.ofTheFleet()))
                    .hasSize(FORM.bad());
        }
    }

    /** @return how many malformed ones there are of each reason */
    private Map<String, Long> sendBadAmongGood() throws Exception {
        List<Boolean> good = new ArrayList<>(Collections.nCopies(FORM.bad(), true));
        good.addAll(Collections.nCopies(FORM.bad(), false));
        Collections.shuffle(good, random);
        List<String> reasons = new ArrayList<>();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        int[] next = new int[RIGS];
        for (int i = 0; i < good.size(); i++) {
            Rig rig = rigs.get(i % RIGS);
            // A malformed one takes no number: the rig's own have no gap.
            int seq = good.get(i) ? next[i % RIGS]++ : next[i % RIGS];
            byte[] message = writer.write(rig.at(seq).orElseThrow(), TIME + seq * 1_000L, false);
            if (good.get(i)) {
                sent.add(send(Source.GOOD, rig, key(rig), message));
            } else {
                Malformed malformed = Malformed.of(key(rig), message, random);
                reasons.add(malformed.reason().code());
                sent.add(send(malformed.reason().code(), rig, malformed.key(), malformed.value()));
            }
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
        return reasons.stream().collect(Collectors.groupingBy(r -> r, TreeMap::new, Collectors.counting()));
    }

    private Future<RecordMetadata> send(String kind, Rig rig, byte[] key, byte[] value) {
        int partition = rigs.indexOf(rig) % PARTITIONS;
        Header expected = new RecordHeader(Source.KIND, kind.getBytes(UTF_8));
        return producer.send(new ProducerRecord<>(Evidence.TELEMETRY, partition, key, value, List.of(expected)));
    }

    private static byte[] key(Rig rig) {
        return rig.rig().getBytes(UTF_8);
    }
}
