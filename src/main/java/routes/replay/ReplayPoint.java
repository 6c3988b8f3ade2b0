package routes.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a replay begins, or the end up to which, without it, it goes. Its text is the one that {@link #parse} reads. */
public sealed interface ReplayPoint {
    /** The oldest record there is, or the end as it is when the replay begins. */
    enum Edge implements ReplayPoint {
        EARLIEST,
        LATEST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The first record that is not older by its timestamp. */
    record At(Instant time) implements ReplayPoint {
        @Override
        public String toString() {
            return "time:" + time;
        }
    }

    /** An offset for each of some partitions. */
    record Offsets(SortedMap<Integer, Long> byPartition) implements ReplayPoint {
        public Offsets {
            byPartition = Collections.unmodifiableSortedMap(new TreeMap<>(byPartition));
        }

        @Override
        public String toString() {
            return byPartition.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(",", "offset:", ""));
        }
    }

    /** What {@link #parse} reads. */
    String FORM = "earliest, latest, offset:PARTITION=OFFSET,… as in offset:0=1200,3=900, or time:INSTANT as in"
            + " time:2026-11-20T10:00:00Z";

    /** @throws IllegalArgumentException with a sentence that has the text and what was expected */
    static ReplayPoint parse(String text) {
        if (text.startsWith("offset:")) {
            return offsets(text, text.substring("offset:".length()));
        }
        if (text.startsWith("time:")) {
            return time(text, text.substring("time:".length()));
        }
        return switch (text) {
            case "earliest" -> Edge.EARLIEST;
            case "latest" -> Edge.LATEST;
            default -> throw new IllegalArgumentException("'" + text + "': expected " + FORM);
        };
    }

    private static ReplayPoint offsets(String text, String list) {
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        for (String entry : list.split(",", -1)) {
            if (!Pattern.matches("\\d{1,6}=\\d{1,18}", entry)) {
                throw new IllegalArgumentException("'" + text + "': '" + entry
                        + "' is no PARTITION=OFFSET; expected, for instance, offset:0=1200,3=900");
            }
            String[] parts = entry.split("=");
            if (offsets.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1])) != null) {
                throw new IllegalArgumentException("'" + text + "' names partition " + parts[0] + " twice");
            }
        }
        return new Offsets(offsets);
    }

    private static ReplayPoint time(String text, String instant) {
        try {
            return new At(OffsetDateTime.parse(instant).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "': expected an instant with its zone, as in time:2026-11-20T10:00:00Z", e);
        }
    }
}
