package routes.replay;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import routes.kafka.OffsetRange;

/** Where the records of a replay are: a topic, or its archive. */
interface ReplayLog {
    /** Which offsets it has. */
    SortedMap<Integer, OffsetRange> ranges();

    /** By partition, the first offset that is not older; the end where there is none. */
    SortedMap<Integer, Long> since(Instant time);

    /** @throws ReplayException if it has no such partition, or no such offset to begin or end with */
    void check(int partition, long offset);

    /** What it has, for people who asked for something else. */
    String described();

    /** The records of a range. */
    ReplaySource source(ReplayRange range);

    /**
     * The offsets between two points. They may begin below those that it still has.
     *
     * @throws ReplayException if there is no such partition or offset, or a span ends before it begins
     */
    default ReplayRange between(ReplayPoint from, ReplayPoint to) {
        SortedMap<Integer, Long> stops = place(ReplayPoint.Edge.LATEST);
        stops.putAll(place(to));
        SortedMap<Integer, OffsetRange> spans = new TreeMap<>();
        place(from).forEach((partition, start) -> {
            long stop = stops.get(partition);
            if (from instanceof ReplayPoint.Offsets && to instanceof ReplayPoint.Offsets && stop < start) {
                throw new ReplayException(
                        "partition " + partition + ": --to " + stop + " comes before --from " + start);
            }
            spans.put(partition, new OffsetRange(start, stop));
        });
        return new ReplayRange(spans);
    }

    private SortedMap<Integer, Long> place(ReplayPoint point) {
        if (point instanceof ReplayPoint.At at) {
            return since(at.time());
        }
        if (point instanceof ReplayPoint.Offsets offsets) {
            offsets.byPartition().forEach(this::check);
            return offsets.byPartition();
        }
        SortedMap<Integer, Long> edges = new TreeMap<>();
        ranges().forEach((partition, range) ->
                edges.put(partition, point == ReplayPoint.Edge.EARLIEST ? range.begin() : range.end()));
        return edges;
    }
}
