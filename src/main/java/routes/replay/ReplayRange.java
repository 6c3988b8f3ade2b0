package routes.replay;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which offsets are played back, by partition. */
record ReplayRange(SortedMap<Integer, Span> spans) {
    /** Offsets from {@code from} up to, without, {@code to}; none if that is not more. */
    record Span(long from, long to) {
        long length() {
            return Math.max(0, to - from);
        }
    }

    ReplayRange {
        spans = Collections.unmodifiableSortedMap(new TreeMap<>(spans));
    }

    /** An upper bound of the records: offsets may be missing. */
    long records() {
        return spans.values().stream().mapToLong(Span::length).sum();
    }

    /** Only the partitions of which there is something to play back. */
    SortedMap<Integer, Span> nonEmpty() {
        TreeMap<Integer, Span> some = new TreeMap<>(spans);
        some.values().removeIf(span -> span.length() == 0);
        return some;
    }

    /**
     * What is left when an interrupted replay is gone on with. It may begin below this range, whose begin has moved if it
     * is that of what the topic still has.
     *
     * @param done by partition, the last offset that needs no playing back any more
     */
    ReplayRange after(Map<Integer, Long> done) {
        SortedMap<Integer, Span> rest = new TreeMap<>();
        spans.forEach((partition, span) -> {
            Long last = done.get(partition);
            rest.put(partition, last == null ? span : new Span(last + 1, span.to()));
        });
        return new ReplayRange(rest);
    }
}
