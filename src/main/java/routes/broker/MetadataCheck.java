package routes.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.metadata.MetadataRecordSerde;
import org.apache.kafka.raft.FileQuorumStateStore;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.common.serialization.MetadataParseException;
import routes.settings.ConfigurationException;

/**
 * Reads a folder's metadata as Kafka would, but changes nothing. Kafka itself would cut a damaged metadata log off at
 * the first bad byte, and with it the topics that were created after it, and would set their records aside.
 *
 * <p>After a crash the last batch may be incomplete: it was never acknowledged, and Kafka may cut it off.
 */
final class MetadataCheck {
    private static final String LOG_FOLDER = "__cluster_metadata-0";
    private static final String BOOTSTRAP = "bootstrap.checkpoint";
    private static final int OFFSET_DIGITS = 20;
    private static final Pattern NAME = Pattern.compile("[0-9]{20}(-[0-9]{10})?\\.(log|checkpoint)");
    private static final String CLEAN_STOP = ".kafka_cleanshutdown";

    private final Path folder;
    private final Set<Uuid> topics = new HashSet<>();

    private MetadataCheck(Path folder) {
        this.folder = folder;
    }

    /** @throws ConfigurationException if the metadata is damaged or of a version that this Kafka does not know */
    static void of(Path folder) throws IOException {
        MetadataCheck check = new MetadataCheck(folder);
        if (Files.exists(folder.resolve(BOOTSTRAP))) {
            check.read(folder.resolve(BOOTSTRAP), 0, false);
        }
        check.readQuorumState();
        check.readLog();
        check.knowsAllTopics();
    }

    private void readQuorumState() {
        Path file = folder.resolve(LOG_FOLDER).resolve(FileQuorumStateStore.DEFAULT_FILE_NAME);
        try {
            new FileQuorumStateStore(file.toFile()).readElectionState();
        } catch (RuntimeException e) {
            throw damaged(file, "it cannot be read");
        }
    }

    private void readLog() throws IOException {
        Path log = folder.resolve(LOG_FOLDER);
        List<Path> snapshots = files(log, ".checkpoint");
        List<Path> segments = files(log, ".log");
        for (Path snapshot : snapshots) {
            read(snapshot, 0, false);
        }
        long snapshotEnd = snapshots.isEmpty() ? 0 : offset(snapshots.get(snapshots.size() - 1));
        boolean mayBeTorn = !Files.exists(folder.resolve(CLEAN_STOP));
        long next = segments.isEmpty() ? snapshotEnd : Math.min(snapshotEnd, offset(segments.get(0)));
        for (Path segment : segments) {
            boolean last = segment.equals(segments.get(segments.size() - 1));
            if (offset(segment) != next) {
                throw damaged(segment, "it begins at offset " + offset(segment) + ", expected " + next);
            }
            next = read(segment, next, last && mayBeTorn);
        }
    }

    /** Returns the offset after the file's last record. */
    private long read(Path file, long first, boolean mayBeTorn) throws IOException {
        long next = first;
        long position = 0;
        try (FileRecords records = FileRecords.open(file.toFile(), false)) {
            for (RecordBatch batch : records.batches()) {
                batch.ensureValid();
                if (batch.baseOffset() != next) {
                    throw damaged(file, "offset " + batch.baseOffset() + " follows offset " + (next - 1));
                }
                decode(file, batch);
                next = batch.nextOffset();
                position += batch.sizeInBytes();
            }
            if (position < records.sizeInBytes() && !mayBeTorn) {
                throw damaged(file, "it ends within a record, at byte " + records.sizeInBytes());
            }
            return next;
        } catch (CorruptRecordException | InvalidRecordException e) {
            throw damaged(file, "no record can be read at byte " + position);
        }
    }

    private void decode(Path file, RecordBatch batch) {
        if (batch.isControlBatch()) {
            return;
        }
        for (Record entry : batch) {
            try {
                look(MetadataRecordSerde.INSTANCE
                        .read(new ByteBufferAccessor(entry.value()), entry.valueSize())
                        .message());
            } catch (MetadataParseException e) {
                throw otherVersion(file + " has a record of a kind unknown to it");
            }
        }
    }

    private void look(ApiMessage message) {
        if (message instanceof TopicRecord topic) {
            topics.add(topic.topicId());
        }
        if (message instanceof FeatureLevelRecord feature && feature.name().equals(MetadataVersion.FEATURE_NAME)) {
            knows(feature.featureLevel());
        }
    }

    private void knows(short level) {
        short newest = MetadataVersion.latestProduction().featureLevel();
        short oldest = MetadataVersion.MINIMUM_KRAFT_VERSION.featureLevel();
        if (level < oldest || level > newest) {
            throw otherVersion("its metadata.version is level " + level + ", known are " + oldest + " to " + newest);
        }
    }

    /** A whole log that was cut at the end of a record shows only in topics that it does not know. */
    private void knowsAllTopics() throws IOException {
        try (Stream<Path> partitions = Files.list(folder)) {
            for (Path partition : partitions.filter(PartitionFolder::isOne).toList()) {
                if (!knows(partition)) {
                    throw damaged(
                            folder.resolve(LOG_FOLDER), "it does not know the topic of " + partition.getFileName());
                }
            }
        }
    }

    private boolean knows(Path partition) throws IOException {
        try {
            return PartitionFolder.topic(partition).map(topics::contains).orElse(true);
        } catch (IllegalArgumentException noUuid) {
            throw damaged(partition, "its topic's id cannot be read");
        }
    }

    /** Files of the log whose names end so, by ascending offset: their names are offsets of equal length. */
    private static List<Path> files(Path log, String ending) throws IOException {
        if (!Files.isDirectory(log)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static long offset(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, OFFSET_DIGITS));
    }

    private ConfigurationException damaged(Path file, String what) {
        return DataFolder.damaged(folder, file.getFileName() + ": " + what);
    }

    private ConfigurationException otherVersion(String what) {
        return DataFolder.otherVersion(folder, what);
    }
}
