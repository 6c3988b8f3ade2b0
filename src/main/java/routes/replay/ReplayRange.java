package routes.replay;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import routes.kafka.OffsetRange;

/** Which offsets are played back, by partition. */
record ReplayRange(SortedMap<Integer, OffsetRange> spans) {
    ReplayRange {
        spans = Collections.unmodifiableSortedMap(new TreeMap<>(spans));
    }

    /** An upper bound of the records: offsets may be missing. */
    long records() {
        return spans.values().stream().mapToLong(OffsetRange::length).sum();
    }

    /** Only the partitions of which there is something to play back. */
    SortedMap<Integer, OffsetRange> nonEmpty() {
        TreeMap<Integer, OffsetRange> some = new TreeMap<>(spans);
        some.values().removeIf(OffsetRange::isEmpty);
        return some;
    }

    /**
     * What is left when an interrupted replay is gone on with. It may begin below this range, whose begin has moved if it
     * is that of what the topic still has.
     *
     * @param done by partition, the last offset that needs no playing back any more
     */
    ReplayRange after(Map<Integer, Long> done) {
        TreeMap<Integer, OffsetRange> rest = new TreeMap<>(spans);
        rest.replaceAll((partition, span) ->
                done.containsKey(partition) ? new OffsetRange(done.get(partition) + 1, span.end()) : span);
        return new ReplayRange(rest);
    }
}
