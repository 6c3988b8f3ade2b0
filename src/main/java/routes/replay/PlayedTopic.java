package routes.replay;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import routes.kafka.KafkaCluster;
import routes.kafka.OffsetRange;
import routes.kafka.Timestamps;
import routes.kafka.TopicLog;

/** A topic that is played back, as far as it reached when this was made. */
final class PlayedTopic implements ReplayLog {
    private final KafkaCluster cluster;
    private final TopicLog log;

    PlayedTopic(KafkaCluster cluster, TopicLog log) {
        this.cluster = cluster;
        this.log = log;
    }

    @Override
    public SortedMap<Integer, OffsetRange> ranges() {
        return log.ranges();
    }

    @Override
    public SortedMap<Integer, Long> since(Instant time) {
        return log.since(time);
    }

    @Override
    public ReplaySource source(ReplayRange range) {
        return new TopicSource(cluster, log, range);
    }

    /**
     * @param from where the range was asked to begin
     * @throws ExpiredException if the topic no longer has some of the range's first records, or, where they are asked for
     *     by time, may no longer have them
     */
    void checkNotExpired(ReplayRange range, ReplayPoint from) {
        SortedMap<Integer, Long> lacking = new TreeMap<>();
        range.spans().forEach((partition, span) -> {
            if (span.begin() < begin(partition)) {
                lacking.put(partition, begin(partition));
            }
        });
        if (!lacking.isEmpty()) {
            throw new ExpiredException(
                    lacking.entrySet().stream()
                                    .map(begin -> "offsets "
                                            + range.spans().get(begin.getKey()).begin() + " to "
                                            + (begin.getValue() - 1) + " of partition " + begin.getKey())
                                    .collect(Collectors.joining(", "))
                            + " are no longer in " + log.name() + ", as they are older than its retention",
                    lacking);
        }
        if (from instanceof ReplayPoint.At at) {
            checkNotExpired(range, at.time());
        }
    }

    /** What has expired before a time cannot be known, only that something has, and what the oldest record left is. */
    private void checkNotExpired(ReplayRange range, Instant from) {
        SortedMap<Integer, Long> lacking = new TreeMap<>();
        log.offsets(OffsetSpec.forTimestamp(0)).forEach((partition, oldest) -> {
            OffsetRange span = range.spans().get(partition);
            boolean atTheBegin = span != null && span.begin() == begin(partition) && span.begin() > 0;
            if (atTheBegin && oldest.timestamp() > Timestamps.of(from)) {
                lacking.put(partition, begin(partition));
            }
        });
        if (!lacking.isEmpty()) {
            throw new ExpiredException(
                    "records from " + from + " on may no longer be in " + log.name() + ": of partition(s) "
                            + lacking.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "))
                            + " the oldest have expired, and what is left begins later; --from earliest takes what is"
                            + " left",
                    lacking);
        }
    }

    private long begin(int partition) {
        return ranges().get(partition).begin();
    }

    @Override
    public String described() {
        return ranges().values().stream().allMatch(OffsetRange::isEmpty)
                ? log.name() + " is empty"
                : log.name() + " has records from " + time(OffsetSpec.forTimestamp(0), false) + " to "
                        + time(OffsetSpec.maxTimestamp(), true);
    }

    private Instant time(OffsetSpec spec, boolean last) {
        var times = log.offsets(spec).values().stream()
                .mapToLong(ListOffsetsResultInfo::timestamp)
                .filter(time -> time >= 0);
        return Instant.ofEpochMilli((last ? times.max() : times.min()).orElse(0));
    }

    @Override
    public void check(int partition, long offset) {
        OffsetRange range = ranges().get(partition);
        if (range == null) {
            throw new ReplayException(log.name() + " has no partition " + partition + "; it has " + ranges().size()
                    + ", from 0 to " + (ranges().size() - 1));
        }
        if (offset > range.end()) {
            throw new ReplayException("offset " + offset + " of " + log.name() + "/" + partition
                    + " does not exist; the partition has offsets from " + range.begin() + " up to, without, "
                    + range.end());
        }
    }
}
