package routes.rigs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.KafkaCluster;
import routes.kafka.LogReader;
import routes.kafka.LogReader.Expiry;
import routes.kafka.OffsetRange;
import routes.kafka.TopicLog;
import routes.rig.Fleet.Position;
import routes.rigs.FleetLogMessage.UnreadableRecordException;

/**
 * Remembers in Kafka how far each rig has come, and finds it out again after a stop of any kind.
 *
 * <p>The telemetry topic itself is the truth: a message counts as sent when it stands there. The checkpoint topic
 * (compacted, key = rig id) only says from which offsets on the telemetry has to be read again.
 *
 * <p><b>After kill -9.</b> Nothing is left out: a rig has one unacknowledged message at most, so what stands in the
 * topic is an unbroken sequence up to its highest seq, and the rig goes on with the next. Whatever was made but did not
 * reach the topic is made again under the same seq. Nothing is repeated that stands in the topic below the end offsets
 * read at the recovery, whether or not its acknowledgement or a checkpoint was ever seen: a checkpoint is only written
 * for an acknowledged message, every later one lies behind it, and all of that is read. Repeated is, per rig, at most
 * the one message that was on its way when the process died and that the broker appended only after those end offsets
 * were read (the request lay in its socket). Its repetition has the same rig, seq and measurement, only {@code late}
 * may differ, and whichever of the two stands first, first occurrences are in order. A lost or unreadable checkpoint costs time, not correctness: then the
 * whole topic is read. If the topic lost its end (a disk failed, it was deleted), a checkpoint from beyond it counts
 * only for rigs of which the topic holds nothing: with the others the lost messages are made again.
 *
 * <p>Safe for use by several threads; saving and recovering exclude each other.
 */
public final class FleetLog implements AutoCloseable {
    /** The header with the fleet's id, as UTF-8 text, that every message must carry to be found again. */
    public static final String FLEET_HEADER = "fleet";

    private static final Logger LOG = LoggerFactory.getLogger(FleetLog.class);
    private static final long PROGRESS_NANOS = Duration.ofSeconds(5).toNanos();
    private static final Map<String, Object> READING = Map.of(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);

    private final KafkaCluster cluster;
    private final String telemetryTopic;
    private final String checkpointTopic;
    private final String fleet;
    private final int instance;
    private final Duration timeout;
    private final Producer<byte[], byte[]> producer;
    private final Map<String, FleetLogCheckpoint> saved = new HashMap<>();
    private final Map<String, Integer> partitionOf = new ConcurrentHashMap<>();
    private int partitions;
    private String topicId = "";
    private long unreadable;

    /**
     * @param client settings of a Kafka client: servers, security
     * @param telemetryTopic where the messages are, {@code rig.telemetry}
     * @param checkpointTopic compacted, {@code rig.fleet}
     * @param fleet the id with which this fleet marks its messages; all instances of a fleet share it
     * @param instance which of the instances this is, for people who read the checkpoints
     * @param timeout how long {@link #save} waits, at least 1 s
     */
    public FleetLog(
            Map<String, Object> client,
            String telemetryTopic,
            String checkpointTopic,
            String fleet,
            int instance,
            Duration timeout) {
        this.cluster = new KafkaCluster(client);
        this.telemetryTopic = telemetryTopic;
        this.checkpointTopic = checkpointTopic;
        this.fleet = fleet;
        this.instance = instance;
        this.timeout = timeout;
        this.producer = cluster.producer(Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout.toMillis()));
    }

    /**
     * Writes the positions that differ from those last written or recovered, and waits until all replicas in sync have
     * them.
     *
     * @throws KafkaException if that failed or did not end in time; what was not written is written by the next call
     */
    public synchronized void save(Map<String, Position> positions) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<String, FleetLogCheckpoint> changed = changed(positions);
        Map<String, Future<RecordMetadata>> written = new LinkedHashMap<>();
        changed.forEach((rig, checkpoint) -> written.put(rig, write(rig, checkpoint, deadline)));
        written.forEach((rig, future) -> {
            await(rig, future, deadline);
            saved.put(rig, changed.get(rig));
        });
    }

    private Map<String, FleetLogCheckpoint> changed(Map<String, Position> positions) {
        Map<String, FleetLogCheckpoint> changed = new LinkedHashMap<>();
        positions.forEach((rig, position) -> {
            FleetLogCheckpoint checkpoint = new FleetLogCheckpoint(fleet, instance, partitions, topicId, position);
            if (!checkpoint.equals(saved.get(rig))) {
                changed.put(rig, checkpoint);
            }
        });
        return changed;
    }

    private Future<RecordMetadata> write(String rig, FleetLogCheckpoint checkpoint, long deadline) {
        if (System.nanoTime() > deadline) {
            throw notWritten(rig, new TimeoutException("no broker took it within " + timeout.toMillis() + " ms"));
        }
        byte[] key = rig.getBytes(StandardCharsets.UTF_8);
        return producer.send(new ProducerRecord<>(checkpointTopic, key, checkpoint.toJson()));
    }

    private void await(String rig, Future<RecordMetadata> written, long deadline) {
        try {
            written.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw notWritten(rig, e.getCause());
        } catch (TimeoutException e) {
            throw notWritten(rig, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private KafkaException notWritten(String rig, Throwable cause) {
        return new KafkaException(
                "the checkpoint of rig " + rig + " was not written to " + checkpointTopic + ": " + cause, cause);
    }

    /**
     * Finds the last message of each rig that stands in the telemetry topic, or is known to have stood there before it
     * expired. To be called before the rigs start, and with no other instance running the same rigs.
     *
     * <p>Reads the checkpoints, then each partition in which they lie from the smallest of their offsets on; but the
     * whole topic if one of the rigs has no usable checkpoint, if the number of partitions has changed since, because a
     * rig may then have sent to another partition, or if the topic was made again. Only records count that carry this fleet's mark in {@value #FLEET_HEADER}, are
     * neither redriven nor played back, and whose key is one of the rigs. A record or checkpoint that cannot be read is
     * logged, counted and passed over.
     *
     * @return a position for every rig of which something was found
     * @throws KafkaException if a topic does not exist or cannot be read
     * @throws routes.settings.UnreachableException if the brokers do not answer
     */
    public synchronized Map<String, Position> recover(Set<String> rigs) {
        saved.clear();
        unreadable = 0;
        TopicLog checkpoints = log(checkpointTopic);
        try (LogReader reader = new LogReader(cluster, Expiry.PASSED_OVER, READING)) {
            read(reader, checkpoints.partitions(checkpoints.ranges()), record -> takeCheckpoint(record, rigs));
            TopicLog telemetry = log(telemetryTopic);
            partitions = telemetry.ranges().size();
            topicId = telemetry.id();
            FleetLogRecovery recovery = new FleetLogRecovery(fleet, rigs, topicId, saved);
            read(reader, telemetry.partitions(recovery.ranges(telemetry.ranges())), recovery::take);
            rigs.forEach(rig -> partitionOf.put(rig, recovery.partitionOf(rig, partitions)));
            return recovery.positions();
        }
    }

    private TopicLog log(String topic) {
        return TopicLog.of(cluster, topic)
                .orElseThrow(() -> new KafkaException(
                        "topic " + topic + " does not exist; create it with the command topics create"));
    }

    private interface Taker {
        void take(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException;
    }

    private void read(LogReader reader, Map<TopicPartition, OffsetRange> ranges, Taker taker) {
        long[] reported = {System.nanoTime()};
        reader.from(ranges).read(record -> {
            try {
                taker.take(record);
            } catch (UnreadableRecordException e) {
                unreadable++;
                LOG.warn(
                        "{}/{} offset {} is passed over: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
            }
            if (System.nanoTime() - reported[0] > PROGRESS_NANOS) {
                reported[0] = System.nanoTime();
                report(reader, ranges);
            }
            return true;
        });
    }

    private static void report(LogReader reader, Map<TopicPartition, OffsetRange> ranges) {
        long left = reader.open().stream()
                .mapToLong(partition -> ranges.get(partition).end() - reader.position(partition))
                .sum();
        LOG.info(
                "looking for the rigs' last messages: about {} records to read in {} of {} partitions",
                left,
                reader.open().size(),
                ranges.size());
    }

    /**
     * The partition to which a rig sends for as long as this process runs: the one where its last message stands. More
     * partitions do not move a rig, whose messages would overtake each other then.
     *
     * @throws IllegalArgumentException if the rig is none of those that were recovered
     */
    public int partitionOf(String rig) {
        Integer partition = partitionOf.get(rig);
        if (partition == null) {
            throw new IllegalArgumentException("rig " + rig + " was not recovered, so its partition is not known");
        }
        return partition;
    }

    private void takeCheckpoint(ConsumerRecord<byte[], byte[]> record, Set<String> rigs)
            throws UnreadableRecordException {
        String rig = FleetLogMessage.key(record).orElse("");
        if (!rigs.contains(rig)) {
            return;
        }
        if (record.value() == null) {
            saved.remove(rig);
            return;
        }
        FleetLogCheckpoint checkpoint = FleetLogCheckpoint.read(record);
        if (checkpoint.fleet().equals(fleet)) {
            saved.put(rig, checkpoint);
        }
    }

    /** How many records and checkpoints the last recovery could not read. */
    public synchronized long unreadable() {
        return unreadable;
    }

    @Override
    public void close() {
        producer.close(timeout);
        cluster.close();
    }
}
