package routes.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import routes.kafka.Patience;
import routes.kafka.Timestamps;
import routes.kafka.TopicFailure;

/**
 * Checks that every record of the archived topics stands in exactly one file, as the topic has it: of each partition from
 * the first offset that topic or archive have, or from a time on, up to what the archiving group has committed; what
 * stands beyond that must stand there once, too. It goes through the files of one partition at a time, in the order of
 * their offsets, beside the topic. It has the reader of the files in common with the route that writes them, for looking
 * a standing file up, and nothing else.
 */
final class ArchiveAudit {
    private final Map<String, Object> client;
    private final AuditedArchive archive;
    private final Limits limits;
    private final List<StageCount> stages = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** @param client settings of a Kafka client */
    ArchiveAudit(Map<String, Object> client, AuditedArchive archive, Limits limits) {
        this.client = client;
        this.archive = archive;
        this.limits = limits;
    }

    /** One for each topic of which the archive has files. */
    List<StageCount> stages() {
        return stages;
    }

    /** A sentence for whatever could not be examined. */
    List<String> problems() {
        return problems;
    }

    /**
     * @param since only what was appended to the topic from then on; null for all there is
     * @param progress told which file it is at
     * @throws AuditException if Kafka or the store cannot be read
     */
    void run(Instant since, Consumer<Supplier<String>> progress) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            // What begins before the commits is gone for who commits less later.
            Map<TopicPartition, Long> begins = begins(consumer);
            // First what is committed, then what stands, then where the topic ends: each must be in the next.
            Map<TopicPartition, Long> committed = committed();
            for (String topic : archive.topics()) {
                run(topic, begins, committed, since, consumer, progress);
            }
        } catch (KafkaException e) {
            throw TopicFailure.of(e, String.valueOf(client.get("bootstrap.servers")));
        } catch (IOException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
        }
    }

    private AuditException unreadable(IOException e) {
        return new AuditException(
                "the archive in " + archive.store().description() + " cannot be read: " + e.getMessage());
    }

    /** Where the logs of the archived topics begin. */
    private Map<TopicPartition, Long> begins(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = archive.topics().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        return consumer.beginningOffsets(partitions);
    }

    private Map<TopicPartition, Long> committed() {
        Map<TopicPartition, Long> committed = new HashMap<>();
        try (Admin admin = Admin.create(Patience.with(client))) {
            Patience.of(client)
                    .answer(admin.listConsumerGroupOffsets(AuditedArchive.GROUP).partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> committed.put(partition, offset == null ? 0 : offset.offset()));
        }
        return committed;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void run(
            String topic,
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> committed,
            Instant since,
            KafkaConsumer<byte[], byte[]> consumer,
            Consumer<Supplier<String>> progress)
            throws IOException {
        TreeMap<Integer, Long> partitions = new TreeMap<>();
        committed.forEach((partition, offset) -> {
            if (partition.topic().equals(topic)) {
                partitions.put(partition.partition(), offset);
            }
        });
        List<Integer> folders = folders(topic);
        if (folders.isEmpty()) {
            noFiles(topic, partitions);
            return;
        }
        folders.forEach(partition -> partitions.putIfAbsent(partition, 0L));
        StageCount count = new StageCount(topic, AuditedArchive.NAME);
        stages.add(count);
        for (Map.Entry<Integer, Long> partition : partitions.entrySet()) {
            TopicPartition one = new TopicPartition(topic, partition.getKey());
            check(one, partition.getValue(), begins.getOrDefault(one, 0L), since, consumer, count, progress);
        }
        if (count.records() == 0) {
            problems.add(
                    "the archive of " + topic + " has no records in the range: it was not examined; its files stand"
                            + " when archive.window is over, so look at a longer time, and check that it runs");
        }
    }

    private List<Integer> folders(String topic) throws IOException {
        List<Integer> partitions = new ArrayList<>();
        for (String child : archive.store().children(archive.folder(topic))) {
            String name = child.substring(archive.folder(topic).length());
            if (name.matches("\\d{1,9}/")) {
                partitions.add(Integer.parseInt(name.substring(0, name.length() - 1)));
            }
        }
        return partitions;
    }

    /** An archive of which nothing is committed either is not there. */
    private void noFiles(String topic, Map<Integer, Long> committed) {
        if (committed.values().stream().anyMatch(offset -> offset > 0)) {
            problems.add(AuditedArchive.GROUP + " has committed offsets of " + topic + ", but "
                    + archive.store().description() + " has no file of it below " + archive.folder(topic)
                    + ": name the archive's place with the settings archive.*, or leave it out with"
                    + " archive.enabled=false");
        }
    }

    private void check(
            TopicPartition partition,
            long committed,
            long begin,
            Instant since,
            KafkaConsumer<byte[], byte[]> consumer,
            StageCount count,
            Consumer<Supplier<String>> progress)
            throws IOException {
        ArchivedFiles files = ArchivedFiles.of(archive, partition, since, problems);
        TopicCursor topic = new TopicCursor(consumer, partition);
        if (committed > topic.end() || files.end() > topic.end()) {
            problems.add(partition.topic() + "/" + partition.partition() + " ends at offset " + topic.end()
                    + ", but has been archived beyond that: it has lost its end or was created anew, so its archive"
                    + " cannot be compared");
            return;
        }
        long from = since == null
                ? Math.min(Math.min(topic.begin(), files.begin()), committed > 0 ? committed : Long.MAX_VALUE)
                : Math.min(firstInTopic(partition, since, consumer, topic), files.firstSince(since));
        new ArchivedPartition(archive.store(), partition, files.files(), topic, count, problems, limits)
                .check(from, Math.max(committed, begin), progress);
    }

    private static long firstInTopic(
            TopicPartition partition, Instant since, KafkaConsumer<byte[], byte[]> consumer, TopicCursor topic) {
        OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, Timestamps.of(since)))
                .get(partition);
        return found == null ? topic.end() : found.offset();
    }
}
