package routes.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import routes.kafka.Topic;
import routes.kafka.TopicLayout;
import routes.settings.ConfigurationException;

/**
 * Shares a fixed number of bytes on disk out among the topics of the embedded broker, and keeps their records no
 * longer than a set time.
 *
 * <pre>
 * cap  = reserve + headroom + sum over all partitions of (retention.bytes + segment.bytes)
 * </pre>
 *
 * <ul>
 *   <li><b>reserve</b>, {@value #RESERVE_BYTES} bytes: the metadata log (at most 8 MiB kept and 8 MiB in its active
 *       segment) and the offsets of consumer groups (8 partitions of about two segments of 1 MiB).
 *   <li><b>headroom</b>, a tenth of the rest: what is written between two runs of retention plus what waits to be
 *       deleted ({@value #CHECK_INTERVAL_MILLIS} + {@value #DELETE_DELAY_MILLIS} ms), and the index files (20 bytes per
 *       4,096 of log, 0.5 %). With a cap of 10 GB it covers 160 MB/s. Above that rate the cap is exceeded for as long
 *       as it lasts, and holds again one run of retention later.
 *   <li><b>per partition</b>: Kafka deletes the oldest segment while what is left is still at least
 *       {@code retention.bytes}; after a run less than {@code retention.bytes} and one whole segment is left, the
 *       active one included.
 * </ul>
 *
 * A partition gets at least two of the smallest segments, each large enough for the largest message; what is left goes
 * by {@link Topic#share()}, equally to the partitions of a topic. Of a partition's bytes an eighth, within limits, is
 * one segment, so that retention works in small steps. A compacted topic is bound by the number of its keys; its bytes
 * are set aside, but nothing is deleted to keep to them.
 */
public final class DiskBudget implements TopicLayout {
    /** 10 GB. */
    public static final long DEFAULT_CAP_BYTES = 10_000_000_000L;
    /** 1 h. */
    public static final Duration DEFAULT_RETENTION_CAP = Duration.ofHours(1);

    static final long CHECK_INTERVAL_MILLIS = 5_000;
    static final long DELETE_DELAY_MILLIS = 1_000;
    static final int INTERNAL_SEGMENT_BYTES = 1 << 20;
    static final int RESERVE_BYTES = 40_000_000;
    /** More than the largest record batch that the broker takes, 1,048,588 bytes. */
    static final int SMALLEST_SEGMENT_BYTES = 1_100_000;

    static final int LARGEST_SEGMENT_BYTES = 64 << 20;

    private static final double HEADROOM = 0.1;
    private static final int SEGMENTS = 8;
    private static final long SEGMENT_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final int INDEX_INTERVAL_BYTES = 4096;
    private static final int LARGEST_INDEX_ENTRY_BYTES = 12;

    private final long capBytes;
    private final Duration retentionCap;
    private final double bytesPerShare;

    /**
     * @param retentionCap no record is kept for longer
     * @param topics all topics that the cap is for
     * @throws ConfigurationException if the cap is too small for them; says which would do
     */
    public DiskBudget(long capBytes, Duration retentionCap, Collection<Topic> topics) {
        this.capBytes = capBytes;
        this.retentionCap = retentionCap;
        long floor = topics.stream().mapToLong(DiskBudget::floor).sum();
        double left = (capBytes - RESERVE_BYTES) * (1 - HEADROOM) - floor;
        if (left < 0) {
            throw new ConfigurationException("The disk cap of the embedded Kafka is " + megabytes(capBytes) + "; its "
                    + topics.size() + " topics need at least " + megabytes(smallestCap(floor)) + ".");
        }
        this.bytesPerShare = left / topics.stream().mapToDouble(Topic::share).sum();
    }

    public long capBytes() {
        return capBytes;
    }

    @Override
    public short replicas() {
        return 1;
    }

    @Override
    public Map<String, String> configOf(Topic topic) {
        long bytes = bytesPerPartition(topic);
        long segment = Math.max(SMALLEST_SEGMENT_BYTES, Math.min(LARGEST_SEGMENT_BYTES, bytes / SEGMENTS));
        Map<String, String> config = new LinkedHashMap<>();
        config.put("cleanup.policy", topic.compacted() ? "compact" : "delete");
        topic.retention().ifPresent(time -> {
            long millis = Math.min(time.toMillis(), retentionCap.toMillis());
            config.put("retention.ms", String.valueOf(millis));
            config.put("retention.bytes", String.valueOf(bytes - segment));
        });
        config.put("segment.bytes", String.valueOf(segment));
        config.put("segment.ms", String.valueOf(SEGMENT_MILLIS));
        config.put("segment.index.bytes", String.valueOf(indexBytes(segment)));
        config.put("message.timestamp.type", "LogAppendTime");
        return config;
    }

    /** What one partition of the topic may take, its active segment included. */
    long bytesPerPartition(Topic topic) {
        return (long) (2L * SMALLEST_SEGMENT_BYTES + bytesPerShare * topic.share() / topic.partitions());
    }

    /**
     * A sentence to print if the disk may be full before the cap is reached.
     *
     * @param folder the broker's folder; what it holds already counts towards the cap
     */
    public Optional<String> warning(Path folder) {
        try {
            long available = Files.getFileStore(folder).getUsableSpace() + used(folder);
            if (available >= capBytes) {
                return Optional.empty();
            }
            return Optional.of("The embedded Kafka may use " + megabytes(capBytes) + " in " + folder + ", but only "
                    + megabytes(available) + " are free for it; free some disk space or lower the disk cap.");
        } catch (IOException e) {
            throw new UncheckedIOException("The free space of " + folder + " cannot be read", e);
        }
    }

    /** The bytes of the files in {@code folder}; what a running broker deletes meanwhile counts nothing. */
    static long used(Path folder) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
                bytes.addAndGet(found.isRegularFile() ? found.size() : 0);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return bytes.get();
    }

    private static long floor(Topic topic) {
        return 2L * SMALLEST_SEGMENT_BYTES * topic.partitions();
    }

    private static long smallestCap(long floor) {
        return (long) Math.ceil(floor / (1 - HEADROOM)) + RESERVE_BYTES;
    }

    /** Enough for an entry per index interval, so that a segment is full before its indexes are. */
    private static long indexBytes(long segment) {
        return LARGEST_INDEX_ENTRY_BYTES * (segment / INDEX_INTERVAL_BYTES + 2);
    }

    private static String megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000 + " MB";
    }
}
