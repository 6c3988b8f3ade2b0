package routes.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Compares the copies that stand in the topics of one stage with the records that they were made of. */
final class StageCheck {
    private static final int EXAMPLES = 20;

    private final String to;
    private final Telemetry telemetry;
    private final Map<Integer, Long> committed;
    private final Function<Source, Optional<String>> destination;
    private final Map<Integer, Taken> taken = new HashMap<>();
    private final Map<String, Long> highest = new HashMap<>();
    private final List<Repeat> repeats = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long reordered;

    /**
     * A record in one of the stage's topics.
     *
     * @param partition of the record that it was made of, like the offset
     * @param appended when the broker took it
     */
    record Copy(String topic, int partition, long offset, long appended) {}

    /**
     * @param committed up to which offset of each partition everything must have arrived
     * @param destination the topic that a record must be on; empty if on none of this stage
     */
    StageCheck(
            String to,
            Telemetry telemetry,
            Map<Integer, Long> committed,
            Function<Source, Optional<String>> destination) {
        this.to = to;
        this.telemetry = telemetry;
        this.committed = committed;
        this.destination = destination;
    }

    /**
     * In the order of each partition.
     *
     * @return the record that it was made of; empty if that came after the telemetry was read
     */
    Optional<Source> take(Copy copy) {
        Optional<Source> source = telemetry.find(copy.partition(), copy.offset());
        source.ifPresent(found -> take(copy, found));
        return source;
    }

    private void take(Copy copy, Source source) {
        if (!destination.apply(source).equals(Optional.of(copy.topic()))) {
            problem(copy + " is on the wrong topic, expected " + destination.apply(source));
        }
        Taken known = taken.computeIfAbsent(copy.partition(), partition -> new Taken());
        if (known.has(copy.offset())) {
            repeats.add(new Repeat(known.last(copy.offset()), copy.appended()));
            known.put(copy.offset(), copy.appended());
            return;
        }
        known.put(copy.offset(), copy.appended());
        String line = copy.topic() + " " + source.partition() + " " + source.rig();
        long before = highest.getOrDefault(line, -1L);
        if (copy.offset() < before) {
            reordered++;
            problem(copy + " of " + source.rig() + " comes after the one of offset " + before);
        }
        highest.put(line, Math.max(before, copy.offset()));
    }

    /** When the broker last took a copy of each record of a partition. */
    private static final class Taken {
        private long[] at = new long[1024];

        boolean has(long offset) {
            return offset < at.length && at[(int) offset] != 0;
        }

        long last(long offset) {
            return at[(int) offset] - 1;
        }

        void put(long offset, long appended) {
            if (offset >= at.length) {
                at = Arrays.copyOf(at, (int) offset * 2);
            }
            at[(int) offset] = appended + 1; // 0 stands for none
        }
    }

    /** What was found is not as it should be. */
    void problem(String text) {
        if (problems.size() < EXAMPLES) {
            problems.add(to + ": " + text);
        }
    }

    Stage stage() {
        List<Source> expected = telemetry.below(committed).stream()
                .filter(source -> destination.apply(source).isPresent())
                .toList();
        List<Source> lost =
                expected.stream().filter(source -> !hasArrived(source)).toList();
        lost.forEach(source -> problem("there is no copy of " + source));
        return new Stage(
                Evidence.TELEMETRY,
                to,
                expected.size(),
                lost.size(),
                reordered,
                telemetry.expired(),
                List.copyOf(repeats),
                List.copyOf(problems));
    }

    private boolean hasArrived(Source source) {
        Taken known = taken.get(source.partition());
        return known != null && known.has(source.offset());
    }
}
