package routes.faults;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that stands in {@code rig.telemetry}, and whether the rigs' own numbering is whole. */
final class Telemetry {
    private final Map<Integer, List<Source>> partitions = new TreeMap<>();
    private long expired;

    /** In the order of each partition. */
    void take(Source source) {
        List<Source> partition = partitions.computeIfAbsent(source.partition(), number -> new ArrayList<>());
        while (partition.size() < source.offset()) {
            partition.add(null);
            expired++;
        }
        partition.add(source);
    }

    /** How many records are no longer there. */
    long expired() {
        return expired;
    }

    /** Empty if there is none yet or no more. */
    Optional<Source> find(int partition, long offset) {
        List<Source> sources = partitions.getOrDefault(partition, List.of());
        return offset < sources.size() ? Optional.ofNullable(sources.get((int) offset)) : Optional.empty();
    }

    List<Source> all() {
        return partitions.values().stream()
                .flatMap(List::stream)
                .filter(source -> source != null)
                .toList();
    }

    /** Those below an offset of each partition. */
    List<Source> below(Map<Integer, Long> offsets) {
        return all().stream()
                .filter(source -> source.offset() < offsets.getOrDefault(source.partition(), 0L))
                .toList();
    }

    /** What the rigs sent, by rig, in the order of {@code rig.telemetry}. */
    Map<String, List<Source>> byRig() {
        Map<String, List<Source>> rigs = new TreeMap<>();
        all().stream().filter(Source::ofTheFleet).forEach(source -> rigs.computeIfAbsent(
                        source.rig(), rig -> new ArrayList<>())
                .add(source));
        return rigs;
    }

    /** From the rigs to this topic: every number from 0 on, first copies in order. */
    Stage stage() {
        List<Repeat> repeats = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        long lost = 0;
        long reordered = 0;
        long records = 0;
        for (List<Source> sent : byRig().values()) {
            BitSet seen = new BitSet();
            Map<Long, Long> taken = new HashMap<>();
            for (Source source : sent) {
                if (seen.get((int) source.seq())) {
                    repeats.add(new Repeat(taken.get(source.seq()), source.appended()));
                } else if (source.seq() < seen.length()) {
                    reordered++;
                    problems.add("rigs: after " + (seen.length() - 1) + " came for the first time " + source);
                }
                seen.set((int) source.seq());
                taken.put(source.seq(), source.appended());
            }
            records += seen.cardinality();
            lost += seen.length() - seen.cardinality();
            if (seen.length() > seen.cardinality()) {
                problems.add("rigs: " + sent.get(0).rig() + " has no message " + seen.nextClearBit(0));
            }
        }
        return new Stage("rigs", Evidence.TELEMETRY, records, lost, reordered, expired, repeats, problems);
    }
}
