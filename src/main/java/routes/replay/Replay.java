package routes.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.internals.Topic;
import routes.archive.ArchiveException;
import routes.archive.ArchiveFile;
import routes.archive.ArchiveIndex;
import routes.kafka.KafkaCluster;
import routes.kafka.LogReader;
import routes.kafka.LogReader.Expiry;
import routes.kafka.SendWatch;
import routes.kafka.TopicLog;

/**
 * Plays records back: sends them, as they were, to another topic, with headers that mark them as played back. It joins no
 * consumer group and moves no group's offsets.
 *
 * <p>A replay that was interrupted in whatever way goes on where it ended when it is asked for again, as long as the
 * target has its records and the topic has not been made again: what has been sent is read there. Nothing is left out. Sent twice is at most what was on
 * its way when the process died and what the broker took only after the new one had looked: no more than five requests
 * for each broker.
 */
public final class Replay {
    /** The headers that mark a record are not to make one too large that was as large as the settings allow. */
    private static final int ROOM_FOR_HEADERS = 32 * 1024;

    private final Map<String, Object> client;
    private final Map<String, Object> producerSettings;

    /**
     * @param client settings of any Kafka client
     * @param producer settings of a producer besides
     */
    public Replay(Map<String, Object> client, Map<String, Object> producer) {
        this.client = Map.copyOf(client);
        this.producerSettings = Map.copyOf(producer);
    }

    /**
     * Plays back what a topic has, as far as it reached when this was called. Returns when all is sent, the watch wants it
     * to end, or Kafka fails; what was under way has been finished then.
     *
     * @throws ExpiredException if the topic no longer has what is asked for; nothing has been sent then
     * @throws ReplayException if there is no such topic, or nothing to send; nothing has been sent then
     * @throws routes.settings.ConfigurationException if Kafka cannot be reached
     */
    public ReplayReport fromTopic(ReplayRequest request, SendWatch watch) {
        try (KafkaCluster cluster = new KafkaCluster(client)) {
            TopicLog log = TopicLog.of(cluster, request.topic())
                    .orElseThrow(() -> new ReplayException("there is no topic " + request.topic()
                            + "; `topics list` shows those of the catalogue, --archive plays back what is archived"));
            PlayedTopic played = new PlayedTopic(cluster, log);
            ReplayRange range = played.between(request.from(), request.to());
            Marks marks = new Marks(request.topic(), log.id(), request.mark());
            ReplayTarget target = target(cluster, request, marks, log.ranges().size());
            played.checkNotExpired(range.after(target.done()), request.from());
            ReplayReport report = run(cluster, request, marks, played, range, target, watch);
            if (report.unreachable()) {
                return report;
            }
            String now = TopicLog.of(cluster, request.topic()).map(TopicLog::id).orElse("");
            return now.equals(log.id()) ? report : report.with(madeAgain(request));
        }
    }

    private static String madeAgain(ReplayRequest request) {
        return request.topic()
                + " was deleted or made again while it was played back, so that some of the records may be"
                + " of another topic than the first; give the command again, which plays back what the topic has now";
    }

    /**
     * Plays back what an archive has, as {@link #fromTopic} does with a topic. Files and records that cannot be read are
     * named in the report, and the others are sent.
     *
     * @throws ArchiveException if the archive has nothing of the topic
     * @throws ReplayException if it has nothing of what is asked for; nothing has been sent then
     * @throws routes.settings.ConfigurationException if Kafka cannot be reached
     */
    public ReplayReport fromArchive(ReplayRequest request, ArchiveIndex archive, SendWatch watch)
            throws ArchiveException {
        TreeMap<Integer, List<ArchiveFile>> files = archive.partitionsOf(request.topic());
        PlayedArchive played = new PlayedArchive(archive.store(), request.topic(), files);
        ReplayRange range = played.between(request.from(), request.to());
        try (KafkaCluster cluster = new KafkaCluster(client)) {
            int partitions = Math.max(files.lastKey() + 1, partitions(cluster, request.topic()));
            Marks marks = new Marks(request.topic(), "", request.mark());
            return run(cluster, request, marks, played, range, target(cluster, request, marks, partitions), watch);
        }
    }

    /** 0 if there is no such topic. */
    private static int partitions(KafkaCluster cluster, String topic) {
        return cluster.describe(topic).map(found -> found.partitions().size()).orElse(0);
    }

    /** Knows what an earlier replay with the same mark has sent. */
    private static ReplayTarget target(KafkaCluster cluster, ReplayRequest request, Marks marks, int sourcePartitions) {
        if (!Topic.isValid(request.into())) {
            throw new ReplayException("'" + request.into() + "' cannot be the name of a topic; expected letters,"
                    + " digits, '.', '_' and '-', 249 at most");
        }
        Optional<TopicLog> log = TopicLog.of(cluster, request.into());
        ReplayTarget target = new ReplayTarget(
                sourcePartitions, log.map(found -> found.ranges().size()).orElse(sourcePartitions));
        if (log.isPresent()) {
            try (LogReader reader = new LogReader(cluster, Expiry.PASSED_OVER)) {
                target.look(log.get(), reader, marks);
            }
        }
        return target;
    }

    private ReplayReport run(
            KafkaCluster cluster,
            ReplayRequest request,
            Marks marks,
            ReplayLog played,
            ReplayRange range,
            ReplayTarget target,
            SendWatch watch) {
        if (range.records() == 0) {
            throw new ReplayException("no record of " + request.topic() + " lies between --from " + request.from()
                    + " and --to " + request.to() + "; " + played.described());
        }
        ReplayRange rest = range.after(target.done());
        long alreadyThere = range.records() - rest.records();
        if (!request.dryRun() && partitions(cluster, request.into()) == 0) {
            createTarget(cluster, request, target);
        }
        try (ReplaySource source = played.source(rest)) {
            Optional<Producer<byte[], byte[]>> producer =
                    request.dryRun() ? Optional.empty() : Optional.of(producer(cluster));
            return new ReplayRun(cluster, request, marks, source, target, producer, watch)
                    .run(alreadyThere, rest.records());
        }
    }

    /** With the configuration of the topic that is played back, or the cluster's own if there is none. */
    private static void createTarget(KafkaCluster cluster, ReplayRequest request, ReplayTarget target) {
        Map<String, String> own = new HashMap<>();
        if (partitions(cluster, request.topic()) > 0) {
            cluster.configs(List.of(request.topic())).get(request.topic()).entries().stream()
                    .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                    .forEach(entry -> own.put(entry.name(), entry.value()));
        }
        cluster.create(
                List.of(new NewTopic(request.into(), Optional.of(target.partitions()), Optional.empty()).configs(own)));
    }

    private Producer<byte[], byte[]> producer(KafkaCluster cluster) {
        Map<String, Object> settings = new HashMap<>(producerSettings);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 512 * 1024);
        Object largest = settings.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1024 * 1024);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.parseInt(largest.toString()) + ROOM_FOR_HEADERS);
        return cluster.producer(settings);
    }
}
