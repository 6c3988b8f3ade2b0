package routes.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import routes.archive.ArchiveFile;

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
    public ReplayReport fromTopic(ReplayRequest request, ReplayWatch watch) {
        try (ReplayTopics topics = new ReplayTopics(client)) {
            int partitions = topics.partitions(request.topic())
                    .orElseThrow(() -> new ReplayException("there is no topic " + request.topic()
                            + "; `topics list` shows those of the catalogue, --archive plays back what is archived"));
            Marks marks = new Marks(request.topic(), topics.id(request.topic()), request.mark());
            TopicRange topic = new TopicRange(topics, request.topic(), partitions);
            ReplayRange range = topic.between(request.from(), request.to());
            ReplayTarget target = target(topics, request, marks, partitions);
            ReplayRange rest = range.after(target.done());
            topic.checkNotExpired(rest, request.from());
            if (range.records() == 0) {
                throw nothing(request, topic.described());
            }
            createTarget(topics, request, partitions);
            try (ReplaySource source = new TopicSource(client, request.topic(), rest)) {
                ReplayReport report =
                        run(request, marks, source, target, range.records() - rest.records(), rest.records(), watch);
                return topics.id(request.topic()).equals(marks.topicId()) ? report : report.with(madeAgain(request));
            }
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
     * @throws ReplayException if the archive has nothing of what is asked for; nothing has been sent then
     * @throws routes.settings.ConfigurationException if Kafka cannot be reached
     */
    public ReplayReport fromArchive(ReplayRequest request, ArchiveIndex archive, ReplayWatch watch) {
        TreeMap<Integer, List<ArchiveFile>> files = archive.partitionsOf(request.topic());
        ArchiveRange archived = new ArchiveRange(archive.store(), request.topic(), files);
        ReplayRange range = archived.between(request.from(), request.to());
        if (range.records() == 0) {
            throw nothing(request, archived.described());
        }
        try (ReplayTopics topics = new ReplayTopics(client)) {
            int partitions = Math.max(
                    files.lastKey() + 1, topics.partitions(request.topic()).orElse(0));
            Marks marks = new Marks(request.topic(), "", request.mark());
            ReplayTarget target = target(topics, request, marks, partitions);
            ReplayRange rest = range.after(target.done());
            createTarget(topics, request, partitions);
            try (ReplaySource source = new ArchiveSource(archive.store(), request.topic(), files, rest)) {
                return run(request, marks, source, target, range.records() - rest.records(), rest.records(), watch);
            }
        }
    }

    private static ReplayException nothing(ReplayRequest request, String described) {
        return new ReplayException("no record of " + request.topic() + " lies between --from " + request.from()
                + " and --to " + request.to() + "; " + described);
    }

    /** Knows what an earlier replay with the same mark has sent. */
    private ReplayTarget target(ReplayTopics topics, ReplayRequest request, Marks marks, int sourcePartitions) {
        OptionalInt partitions = topics.partitions(request.into());
        ReplayTarget target = new ReplayTarget(sourcePartitions, partitions.orElse(sourcePartitions));
        if (partitions.isPresent()) {
            TreeMap<Integer, ListOffsetsResultInfo> begins =
                    topics.offsets(request.into(), partitions.getAsInt(), OffsetSpec.earliest());
            TreeMap<Integer, ListOffsetsResultInfo> ends =
                    topics.offsets(request.into(), partitions.getAsInt(), OffsetSpec.latest());
            try (TargetScan scan = new TargetScan(client, request.into(), marks, target)) {
                begins.forEach((partition, begin) ->
                        scan.read(partition, begin.offset(), ends.get(partition).offset()));
            }
        }
        return target;
    }

    private static void createTarget(ReplayTopics topics, ReplayRequest request, int partitions) {
        if (!request.dryRun() && topics.partitions(request.into()).isEmpty()) {
            topics.create(request.into(), partitions, request.topic());
        }
    }

    private ReplayReport run(
            ReplayRequest request,
            Marks marks,
            ReplaySource source,
            ReplayTarget target,
            long alreadyThere,
            long all,
            ReplayWatch watch) {
        if (request.dryRun()) {
            return new ReplayRun(request, marks, source, target, Optional.empty(), watch).run(alreadyThere, all);
        }
        try (Producer<byte[], byte[]> producer = producer()) {
            return new ReplayRun(request, marks, source, target, Optional.of(producer), watch).run(alreadyThere, all);
        }
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(producerSettings);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 512 * 1024);
        Object largest = settings.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1024 * 1024);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.parseInt(largest.toString()) + ROOM_FOR_HEADERS);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
