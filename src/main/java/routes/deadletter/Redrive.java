package routes.deadletter;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters again to the topics they came from, as the records they were. A letter that is sent is noted in the
 * {@linkplain RedriveLedger ledger} and never sent again; the letter itself stays. A run goes as far as the dead-letter
 * topic reached when the run began, so that what fails again is left to the next.
 *
 * <p>One run at a time, on whatever machine. If a run dies, at most {@value RedriveRun#MAX_IN_FLIGHT} letters, those that
 * were sent and not yet noted, are sent a second time by the next; none is lost.
 */
public final class Redrive {
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final int MAX_BLOCK_MILLIS = 15_000;

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
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer; nothing has been sent then
     */
    public RedriveReport run(RedriveRequest request, RedriveWatch watch) {
        try (Admin admin = Admin.create(client)) {
            OriginalTopics topics = new OriginalTopics(admin);
            if (topics.partitions(RedriveLedger.TOPIC).isEmpty()) {
                throw new LetterException("there is no topic " + RedriveLedger.TOPIC
                        + ", which notes what has been sent; `topics create` creates it");
            }
            Originals originals = new Originals(topics::partitions, targets, store);
            return request.dryRun() ? rehearse(request, watch, originals) : run(request, watch, originals, admin);
        }
    }

    private RedriveReport rehearse(RedriveRequest request, RedriveWatch watch, Originals originals) {
        try (LetterTopic letters = LetterTopic.open(client, letterTopic)) {
            RedriveLedger ledger = RedriveLedger.read(client, letterTopic);
            return new RedriveRun(request, watch, letters, ledger, originals, RedriveSender.rehearsal()).run();
        }
    }

    private RedriveReport run(RedriveRequest request, RedriveWatch watch, Originals originals, Admin admin) {
        String run = host() + "-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 4);
        try (RedriveLock lock = RedriveLock.take(client, admin, "redrive-" + run);
                LetterTopic letters = LetterTopic.open(client, letterTopic);
                BoundedProducer records = producer(Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 0));
                BoundedProducer entries = producer(Map.of())) {
            RedriveLedger ledger = RedriveLedger.read(client, letterTopic); // now that nobody else writes it
            forget(ledger.expired(letters), entries.producer());
            RedriveSender sender = new NotedSender(records.producer(), entries.producer(), lock, clock, run);
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

    private BoundedProducer producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(producerSettings);
        settings.putAll(more);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // One send at a time is waited for by somebody, however long the routes may wait.
        settings.merge(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS, Redrive::smaller);
        return new BoundedProducer(new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private static Object smaller(Object set, Object most) {
        return Long.parseLong(set.toString()) < Long.parseLong(most.toString()) ? set : most;
    }

    /** So that the ledger does not outgrow the dead-letter topic. What is not forgotten now is so by a later run. */
    private void forget(List<LetterId> expired, Producer<byte[], byte[]> entries) {
        for (LetterId id : expired) {
            if (NotedSender.hasFailed(entries.send(RedriveLedger.forgetting(letterTopic, id)))) {
                break; // each further one would wait as long as this one did
            }
        }
        entries.flush();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "unnamed-host";
        }
    }
}
