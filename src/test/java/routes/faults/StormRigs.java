package routes.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** From the fleet's rigs to {@code rig.telemetry}: every number from 0 on, in order, and one message of each. */
final class StormRigs {
    private static final int EXAMPLES = 8;

    private final Map<String, List<Source>> rigs = new TreeMap<>();
    private final Map<String, TreeSet<Long>> others = new TreeMap<>();
    private final Set<String> cut = new HashSet<>();
    private final List<Repeat> repeats = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long records;
    private long lost;
    private long reordered;
    private long missingByCut;

    /** @param cut by place, what a cut has taken */
    StormRigs(Collection<StormRecord> telemetry, Map<String, List<Source>> cut) {
        telemetry.stream()
                .filter(record -> record.source().ofTheFleet() && !record.redriven())
                .forEach(record -> rigs.computeIfAbsent(record.source().rig(), rig -> new ArrayList<>())
                        .add(record.source()));
        telemetry.stream()
                .map(StormRecord::source)
                .filter(source -> source.isGood() && !source.ofTheFleet())
                .forEach(source -> others.computeIfAbsent(source.rig(), rig -> new TreeSet<>())
                        .add(source.seq()));
        cut.values().forEach(sources -> sources.forEach(source -> this.cut.add(name(source.rig(), source.seq()))));
    }

    private static String name(String rig, long seq) {
        return rig + " " + seq;
    }

    Stage stage() {
        rigs.forEach(this::check);
        others.forEach(this::countCut);
        return new Stage("rigs", Evidence.TELEMETRY, records, lost, reordered, 0, repeats, problems);
    }

    private void check(String rig, List<Source> sent) {
        Map<Long, Source> taken = new HashMap<>();
        long highest = -1;
        for (Source source : sent) {
            Source before = taken.put(source.seq(), source);
            if (before != null) {
                repeats.add(new Repeat(before.appended(), source.appended()));
                if (before.checksum() != source.checksum()) {
                    problem("two messages say to be " + name(rig, source.seq()) + ": " + before + ", " + source);
                }
            } else if (source.seq() < highest && !cut.contains(name(rig, source.seq()))) {
                reordered++;
                problem("after " + highest + " came for the first time " + source);
            }
            highest = Math.max(highest, source.seq());
        }
        if (sent.stream().map(Source::partition).distinct().count() > 1) {
            problem(rig + " is on several partitions");
        }
        records += taken.size();
        for (long seq = 0; seq < highest; seq++) {
            if (!taken.containsKey(seq) && cut.contains(name(rig, seq))) {
                missingByCut++;
            } else if (!taken.containsKey(seq)) {
                lost++;
                problem(rig + " has no message " + seq);
            }
        }
    }

    /** Rigs of other senders may begin with any number, and only a cut can have taken one. */
    private void countCut(String rig, TreeSet<Long> sent) {
        for (long seq = sent.first(); seq < sent.last(); seq++) {
            if (!sent.contains(seq)) {
                missingByCut++;
                if (!cut.contains(name(rig, seq))) {
                    problem("no cut has taken " + name(rig, seq) + ", and it is not there");
                }
            }
        }
    }

    /** Known once the stage is. */
    long missingByCut() {
        return missingByCut;
    }

    private void problem(String text) {
        if (problems.size() < EXAMPLES) {
            problems.add("rigs: " + text);
        }
    }
}
