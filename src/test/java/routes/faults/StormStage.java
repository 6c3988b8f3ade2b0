package routes.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The way of records to the topics of one stage, whose partitions may have become more meanwhile. */
final class StormStage {
    private static final int EXAMPLES = 8;

    private final String from;
    private final String to;
    private final Function<StormRecord, Optional<String>> destination;
    private final boolean ordered;
    private final Map<String, Long> taken = new HashMap<>();
    private final Map<String, Long> highest = new HashMap<>();
    private final List<Repeat> repeats = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long reordered;

    /**
     * @param destination the topic that a record must be on; empty if on none of this stage
     * @param ordered whether the first copies of a key must stand in the order of its records
     */
    StormStage(String from, String to, Function<StormRecord, Optional<String>> destination, boolean ordered) {
        this.from = from;
        this.to = to;
        this.destination = destination;
        this.ordered = ordered;
    }

    /**
     * In the order of each partition.
     *
     * @param place of the copy, topic/partition/offset
     * @param isKnown whether it can be of no other record than this
     */
    void take(String place, long appended, StormRecord source, boolean isKnown) {
        String topic = place.substring(0, place.indexOf('/'));
        if (!destination.apply(source).equals(Optional.of(topic))) {
            problem(place + " of " + source + " is on the wrong topic, expected " + destination.apply(source));
        }
        Long before = taken.put(source.place(), appended);
        if (before != null) {
            repeats.add(new Repeat(before, appended));
        } else if (ordered && isKnown && !source.redriven()) {
            checkOrder(place, source);
        }
    }

    private void checkOrder(String place, StormRecord source) {
        String partition = place.substring(0, place.lastIndexOf('/'));
        String line = partition + " " + source.source().partition() + " "
                + source.source().rig();
        long before = highest.getOrDefault(line, -1L);
        if (source.source().offset() < before) {
            reordered++;
            problem(place + " of " + source + " comes after the one of offset " + before);
        }
        highest.put(line, Math.max(before, source.source().offset()));
    }

    void problem(String text) {
        if (problems.size() < EXAMPLES) {
            problems.add(from + " to " + to + ": " + text);
        }
    }

    /** @param all that had to be handled */
    Stage stage(Collection<StormRecord> all) {
        List<StormRecord> expected = all.stream()
                .filter(record -> destination.apply(record).isPresent())
                .toList();
        List<StormRecord> lost = expected.stream()
                .filter(record -> !taken.containsKey(record.place()))
                .toList();
        lost.forEach(record -> problem("there is no copy of " + record));
        return new Stage(
                from, to, expected.size(), lost.size(), reordered, 0, List.copyOf(repeats), List.copyOf(problems));
    }
}
