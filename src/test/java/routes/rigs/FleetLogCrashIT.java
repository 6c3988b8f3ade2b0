package routes.rigs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;
import routes.kafka.Logs;
import routes.rig.Fleet;
import routes.rig.Fleet.Outgoing;
import routes.rig.Fleet.Position;
import routes.rig.Source;
import routes.telemetry.ChannelNames;
import routes.telemetry.Telemetry;

/** Fleets that vanish in the middle of their work, one after the other, with messages on their way. */
@ExtendWith(BrokerExtension.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FleetLogCrashIT {
    private static final int CRASHES = 8;
    private static final int RIGS = 20;
    private static final int MESSAGES_PER_LIFE = 400;
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final List<Header> MARK = List.of(new RecordHeader(FleetLog.FLEET_HEADER, "rigs".getBytes(UTF_8)));
    private static final List<Source> SOURCES =
            IntStream.rangeClosed(1, RIGS).<Source>mapToObj(Ticker::new).toList();

    private static final Set<String> RIG_IDS = SOURCES.stream().map(Source::rig).collect(Collectors.toSet());

    private final TestBroker broker;
    private final Map<String, Object> client;
    private String telemetry;
    private String checkpoints;

    FleetLogCrashIT(TestBroker broker) {
        this.broker = broker;
        this.client = Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    @BeforeEach
    void createTopics() {
        telemetry = broker.newTopic("telemetry", 4);
        checkpoints = broker.newTopic("fleet", 1);
    }

    @Test
    void afterEveryCrashTheRigsGoOnWithoutGapOrDisorder() throws Exception {
        for (int life = 0; life < CRASHES; life++) {
            live(life);
        }

        Map<String, Long> last = new HashMap<>();
        AtomicLong repeated = new AtomicLong();
        for (ConsumerRecord<byte[], byte[]> record : Logs.all(client, telemetry)) {
            String rig = FleetLogMessage.key(record).orElseThrow();
            long seq = FleetLogMessage.read(record).seq();
            long known = last.getOrDefault(rig, -1L);
            assertThat(seq).as("%s after %d", rig, known).isLessThanOrEqualTo(known + 1);
            repeated.addAndGet(seq <= known ? 1 : 0);
            last.merge(rig, seq, Math::max);
        }
        assertThat(last).hasSize(RIGS);
        assertThat(last.values()).allMatch(seq -> seq >= CRASHES * MESSAGES_PER_LIFE / RIGS / 2);
        assertThat(repeated).as("at most what was on its way").hasValueLessThanOrEqualTo((long) RIGS * CRASHES);
    }

    /** From a start to a crash: no last checkpoint, no flush, no wait for what is on its way. */
    private void live(int life) {
        try (FleetLog log = new FleetLog(client, telemetry, checkpoints, "rigs", 1, Duration.ofSeconds(10))) {
            Map<String, Position> positions = log.recover(RIG_IDS);
            Fleet fleet = new Fleet(
                    SOURCES, PERIOD, Duration.ofMinutes(15), positions, FleetLogCrashIT::encode, Clock.systemUTC());
            Producer<byte[], byte[]> producer =
                    new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
            sendUntil(MESSAGES_PER_LIFE / 2, fleet, producer);
            if (life % 2 == 0) {
                log.save(fleet.positions());
            }
            sendUntil(MESSAGES_PER_LIFE, fleet, producer);
            producer.close(Duration.ZERO);
        }
    }

    private void sendUntil(int sent, Fleet fleet, Producer<byte[], byte[]> producer) {
        while (fleet.sent() < sent && !Thread.currentThread().isInterrupted()) {
            fleet.due().forEach(message -> send(producer, fleet, message));
            Thread.onSpinWait();
        }
    }

    private void send(Producer<byte[], byte[]> producer, Fleet fleet, Outgoing message) {
        byte[] key = message.rig().getBytes(UTF_8);
        producer.send(new ProducerRecord<>(telemetry, null, key, message.value(), MARK), (metadata, failure) -> {
            if (failure == null) {
                fleet.acknowledged(message, metadata.partition(), metadata.offset());
            } else {
                fleet.failed(message);
            }
        });
    }

    private static byte[] encode(Telemetry telemetry, long time, boolean late) {
        return ("{\"rig\":\"" + telemetry.rig() + "\",\"time\":\"" + Instant.ofEpochMilli(time) + "\",\"seq\":"
                        + telemetry.seq() + ",\"late\":" + late + ",\"channels\":{}}")
                .getBytes(UTF_8);
    }

    private record Ticker(int number) implements Source {
        private static final ChannelNames NONE = new ChannelNames(List.of());

        @Override
        public String rig() {
            return "RIG-" + number;
        }

        @Override
        public Optional<Telemetry> at(long seq) {
            return Optional.of(new Telemetry(rig(), "W", seq, 2, NONE, new long[0], new byte[0]));
        }

        @Override
        public long elapsedMillis(long seq) {
            return seq * PERIOD.toMillis();
        }
    }
}
