package routes.replay;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import routes.kafka.Timestamps;
import routes.replay.ReplayRange.Span;

/** Finds out which offsets of a topic a replay is to give. */
final class TopicRange {
    private final ReplayTopics topics;
    private final String topic;
    private final int partitions;
    private final TreeMap<Integer, Long> begins;
    private final TreeMap<Integer, Long> ends;

    /** Sees the ends of the topic as they are now. */
    TopicRange(ReplayTopics topics, String topic, int partitions) {
        this.topics = topics;
        this.topic = topic;
        this.partitions = partitions;
        this.begins = numbers(OffsetSpec.earliest());
        this.ends = numbers(OffsetSpec.latest());
    }

    /**
     * The offsets between two points. They may begin below those that the topic still has.
     *
     * @throws ReplayException if there is no such partition or offset, or a span ends before it begins
     */
    ReplayRange between(ReplayPoint from, ReplayPoint to) {
        SortedMap<Integer, Long> starts = place(from);
        SortedMap<Integer, Long> stops = new TreeMap<>(ends);
        stops.putAll(place(to));
        SortedMap<Integer, Span> spans = new TreeMap<>();
        starts.forEach((partition, start) -> {
            long stop = stops.get(partition);
            if (from instanceof ReplayPoint.Offsets && to instanceof ReplayPoint.Offsets && stop < start) {
                throw new ReplayException(topic + "/" + partition + ": --to " + stop + " comes before --from " + start);
            }
            spans.put(partition, new Span(start, stop));
        });
        return new ReplayRange(spans);
    }

    /**
     * @param from where the range was asked to begin
     * @throws ExpiredException if the topic no longer has some of the range's first records, or, where they are asked for
     *     by time, may no longer have them
     */
    void checkNotExpired(ReplayRange range, ReplayPoint from) {
        SortedMap<Integer, Long> lacking = new TreeMap<>();
        range.spans().forEach((partition, span) -> {
            if (span.from() < begins.get(partition)) {
                lacking.put(partition, begins.get(partition));
            }
        });
        if (!lacking.isEmpty()) {
            throw new ExpiredException(
                    lacking.entrySet().stream()
                                    .map(begin -> "offsets "
                                            + range.spans().get(begin.getKey()).from() + " to "
                                            + (begin.getValue() - 1) + " of partition " + begin.getKey())
                                    .collect(Collectors.joining(", "))
                            + " are no longer in " + topic + ", as they are older than its retention",
                    lacking);
        }
        if (from instanceof ReplayPoint.At at) {
            checkNotExpired(range, at.time());
        }
    }

    /** What has expired before a time cannot be known, only that something has, and what the oldest record left is. */
    private void checkNotExpired(ReplayRange range, Instant from) {
        SortedMap<Integer, Long> lacking = new TreeMap<>();
        topics.offsets(topic, partitions, OffsetSpec.forTimestamp(0)).forEach((partition, oldest) -> {
            Span span = range.spans().get(partition);
            boolean atTheBegin = span != null && span.from() == begins.get(partition) && span.from() > 0;
            if (atTheBegin && oldest.timestamp() > Timestamps.of(from)) {
                lacking.put(partition, begins.get(partition));
            }
        });
        if (!lacking.isEmpty()) {
            throw new ExpiredException(
                    "records from " + from + " on may no longer be in " + topic + ": of partition(s) "
                            + lacking.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "))
                            + " the oldest have expired, and what is left begins later; --from earliest takes what is"
                            + " left",
                    lacking);
        }
    }

    /** What the topic has, for people who asked for something else. */
    String described() {
        long records = begins.keySet().stream()
                .mapToLong(partition -> ends.get(partition) - begins.get(partition))
                .sum();
        if (records == 0) {
            return topic + " is empty";
        }
        return topic + " has records from " + time(OffsetSpec.forTimestamp(0), false) + " to "
                + time(OffsetSpec.maxTimestamp(), true);
    }

    private Instant time(OffsetSpec spec, boolean last) {
        var times = topics.offsets(topic, partitions, spec).values().stream()
                .mapToLong(ListOffsetsResultInfo::timestamp)
                .filter(time -> time >= 0);
        return Instant.ofEpochMilli((last ? times.max() : times.min()).orElse(0));
    }

    private SortedMap<Integer, Long> place(ReplayPoint point) {
        if (point instanceof ReplayPoint.At at) {
            return since(at.time());
        }
        if (point instanceof ReplayPoint.Offsets offsets) {
            return checked(offsets.byPartition());
        }
        return point == ReplayPoint.Edge.EARLIEST ? begins : ends;
    }

    private SortedMap<Integer, Long> since(Instant time) {
        SortedMap<Integer, Long> found = new TreeMap<>();
        numbers(OffsetSpec.forTimestamp(Timestamps.of(time)))
                .forEach((partition, offset) -> found.put(partition, offset < 0 ? ends.get(partition) : offset));
        return found;
    }

    private SortedMap<Integer, Long> checked(SortedMap<Integer, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (!ends.containsKey(partition)) {
                throw new ReplayException(topic + " has no partition " + partition + "; it has " + partitions
                        + ", from 0 to " + (partitions - 1));
            }
            if (offset > ends.get(partition)) {
                throw new ReplayException("offset " + offset + " of " + topic + "/" + partition
                        + " does not exist; the partition has offsets from " + begins.get(partition)
                        + " up to, without, "
                        + ends.get(partition));
            }
        });
        return offsets;
    }

    private TreeMap<Integer, Long> numbers(OffsetSpec spec) {
        TreeMap<Integer, Long> numbers = new TreeMap<>();
        for (Map.Entry<Integer, ListOffsetsResultInfo> answer :
                topics.offsets(topic, partitions, spec).entrySet()) {
            numbers.put(answer.getKey(), answer.getValue().offset());
        }
        return numbers;
    }
}
