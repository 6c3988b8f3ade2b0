package routes.deadletter;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import routes.kafka.KafkaCluster;
import routes.kafka.SendWatch;

/**
 * Sends dead letters again to the topics they came from, as the records they were. A letter that is sent is noted in the
 * {@linkplain RedriveLedger ledger} and never sent again; the letter itself stays. A run goes as far as the dead-letter
 * topic reached when the run began, so that what fails again is left to the next.
 *
 * <p>One run at a time, on whatever machine. If a run dies, at most {@value RedriveRun#MAX_IN_FLIGHT} letters, those that
 * were sent and not yet noted, are sent a second time by the next; none is lost.
 */
public final class Redrive {
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Map<String, Object> client;
    private final Map<String, Object> producerSettings;
    private final String letterTopic;
    private final RedriveTargets targets;
    private final StoredValues store;
    private final Clock clock;

    /**
     * @param client settings of any Kafka client
     * @param producer settings of a producer besides
     * @param letterTopic the dead-letter topic
     * @param targets the topics that may be sent to
     * @param store the values that did not fit into their letters
     */
    public Redrive(
            Map<String, Object> client,
            Map<String, Object> producer,
            String letterTopic,
            RedriveTargets targets,
            StoredValues store,
            Clock clock) {
        this.client = Map.copyOf(client);
        this.producerSettings = Map.copyOf(producer);
        this.letterTopic = letterTopic;
        this.targets = targets;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Returns when all that was asked for is sent or refused, when the watch wants it to end, or when Kafka fails; what
     * was under way has been finished then.
     *
     * @throws LetterException if there is no such topic, another run is under way, or more letters are asked for than the
     *     request allows; nothing has been sent then
     * @throws routes.settings.ConfigurationException if Kafka does not answer or refuses; nothing has been sent then
     */
    public RedriveReport run(RedriveRequest request, SendWatch watch) {
        try (KafkaCluster cluster = new KafkaCluster(client)) {
            if (cluster.describe(RedriveLedger.TOPIC).isEmpty()) {
                throw new LetterException("there is no topic " + RedriveLedger.TOPIC
                        + ", which notes what has been sent; `topics create` creates it");
            }
            Map<String, OptionalInt> partitions = new HashMap<>();
            Originals originals = new Originals(
                    topic -> partitions.computeIfAbsent(topic, asked -> partitions(cluster, asked)), targets, store);
            return request.dryRun()
                    ? run(request, watch, originals, cluster, Optional.empty())
                    : send(request, watch, originals, cluster);
        }
    }

    private static OptionalInt partitions(KafkaCluster cluster, String topic) {
        return cluster.describe(topic).stream()
                .mapToInt(found -> found.partitions().size())
                .findFirst();
    }

    private RedriveReport send(RedriveRequest request, SendWatch watch, Originals originals, KafkaCluster cluster) {
        try (RedriveLock lock = RedriveLock.take(cluster);
                BoundedProducer records = producer(cluster, Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 0));
                BoundedProducer entries = producer(cluster, Map.of())) {
            NotedSender sender = new NotedSender(records.producer(), entries.producer(), lock, clock);
            return run(request, watch, originals, cluster, Optional.of(sender));
        }
    }

    /** The ledger is read now, as nobody else writes it any more. */
    private RedriveReport run(
            RedriveRequest request,
            SendWatch watch,
            Originals originals,
            KafkaCluster cluster,
            Optional<NotedSender> sender) {
        try (LetterTopic letters = LetterTopic.open(cluster, letterTopic)) {
            RedriveLedger ledger = RedriveLedger.read(cluster, letterTopic);
            sender.ifPresent(to -> to.forget(letterTopic, ledger.expired(letters)));
            return new RedriveRun(request, watch, letters, ledger, originals, sender).run();
        }
    }

    /** Closed within a limit: what Kafka has not acknowledged by then is not noted, and so is sent again. */
    private record BoundedProducer(Producer<byte[], byte[]> producer) implements AutoCloseable {
        @Override
        public void close() {
            producer.close(CLOSE);
        }
    }

    private BoundedProducer producer(KafkaCluster cluster, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(producerSettings);
        settings.putAll(more);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new BoundedProducer(cluster.producer(settings));
    }
}
