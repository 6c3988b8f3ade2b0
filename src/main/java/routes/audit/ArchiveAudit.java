package routes.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import routes.audit.Audit.Limits;
import routes.kafka.KafkaCluster;

/**
 * Checks that every record of the archived topics stands in exactly one file, as the topic has it: of each partition from
 * the first offset that topic or archive have, or from a time on, up to what the archiving group has committed; what
 * stands beyond that must stand there once, too. It goes through the files of one partition at a time, in the order of
 * their offsets, beside the topic. It has the reader of the files in common with the route that writes them, for looking
 * a standing file up, and nothing else.
 */
final class ArchiveAudit {
    private final KafkaCluster cluster;
    private final AuditedArchive archive;
    private final Limits limits;
    private final List<StageCount> stages = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    ArchiveAudit(KafkaCluster cluster, AuditedArchive archive, Limits limits) {
        this.cluster = cluster;
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
        try {
            // What begins before the commits is gone for who commits less later.
            Map<TopicPartition, ListOffsetsResultInfo> begins = cluster.offsets(
                    KafkaCluster.partitions(cluster.describe(archive.topics()).values()), OffsetSpec.earliest());
            // First what is committed, then what stands, then where the topic ends: each must be in the next.
            Map<TopicPartition, OffsetAndMetadata> committed = cluster.committed(AuditedArchive.GROUP);
            for (String topic : archive.topics()) {
                run(topic, begins, committed, since, progress);
            }
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

    private void run(
            String topic,
            Map<TopicPartition, ListOffsetsResultInfo> begins,
            Map<TopicPartition, OffsetAndMetadata> committed,
            Instant since,
            Consumer<Supplier<String>> progress)
            throws IOException {
        TreeMap<Integer, Long> partitions = new TreeMap<>();
        committed.forEach((partition, offset) -> {
            if (partition.topic().equals(topic)) {
                partitions.put(partition.partition(), offset.offset());
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
            long begin = begins.containsKey(one) ? begins.get(one).offset() : 0;
            check(one, partition.getValue(), begin, since, count, progress);
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
            StageCount count,
            Consumer<Supplier<String>> progress)
            throws IOException {
        ArchivedFiles files = ArchivedFiles.of(archive, partition, since, problems);
        try (TopicCursor topic = new TopicCursor(cluster, partition)) {
            if (committed > topic.end() || files.end() > topic.end()) {
                problems.add(partition.topic() + "/" + partition.partition() + " ends at offset " + topic.end()
                        + ", but has been archived beyond that: it has lost its end or was created anew, so its archive"
                        + " cannot be compared");
                return;
            }
            long from = since == null
                    ? Math.min(Math.min(topic.begin(), files.begin()), committed > 0 ? committed : Long.MAX_VALUE)
                    : Math.min(topic.firstSince(since), files.firstSince(since));
            from = Math.max(from, files.removedTo(archive, partition));
            new ArchivedPartition(archive.store(), partition, files.files(), topic, count, problems, limits)
                    .check(from, Math.max(committed, begin), progress);
        }
    }
}
