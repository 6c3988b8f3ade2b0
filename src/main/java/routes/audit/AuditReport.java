package routes.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the audit found. Written as JSON it is the output of {@code audit --json}.
 *
 * @param bootstrapServers the cluster
 * @param since from when on the source was read, ISO 8601; null for all there is
 * @param stages one per topic, in the order of the flow
 * @param findings the first few of each kind and stage
 * @param behind where a group had not committed all of a partition when the audit began
 * @param problems why the audit says too little, one sentence each; empty if it examined what it should
 */
public record AuditReport(
        String bootstrapServers,
        String since,
        List<Stage> stages,
        List<Finding> findings,
        List<Behind> behind,
        List<String> problems) {
    /** Of each kind, for people. */
    private static final int EXAMPLES = 10;

    /**
     * One step of the flow.
     *
     * @param records how many should stand on {@code to}; on a topic whose condition is the user's, how many do
     * @param lost belong there and do not stand there, with their content and within the range
     * @param doubled copies that stand there once more
     * @param reordered first occurrences behind a later message of the same rig
     * @param unverifiable neither good nor bad, because it cannot be known: see {@link Finding#sentence}
     * @param misrouted copies that stand there and belong elsewhere
     * @param altered copies with another content than their source
     */
    public record Stage(
            String from,
            String to,
            long records,
            long lost,
            long doubled,
            long reordered,
            long unverifiable,
            long misrouted,
            long altered) {
        private boolean isGood() {
            return lost == 0 && reordered == 0 && misrouted == 0 && altered == 0 && archivedAgain() == 0;
        }

        /** Copies that stand once more where each must stand once. */
        private long archivedAgain() {
            return to.equals(AuditedArchive.NAME) ? doubled : 0;
        }
    }

    /**
     * One record, or run of records, with which something is wrong.
     *
     * @param rig null where it is not known, as is {@code seq}
     * @param source {@code topic/partition/offset} of the record it is about; null where there is none
     * @param found the same of the copy; null where there is none
     */
    public record Finding(
            String from, String to, Fault kind, String rig, Long seq, String source, String found, String sentence) {}

    /**
     * What a group has yet to commit of one partition of the source.
     *
     * @param lag records that still stand there
     * @param expired records that expired before the group had read them; they are lost
     */
    public record Behind(String group, int partition, long lag, long expired) {}

    /** Nothing lost, reordered, misrouted, altered or archived more than once, and all was examined. */
    public boolean isGood() {
        return problems.isEmpty() && stages.stream().allMatch(Stage::isGood);
    }

    /** A table for people, then a few findings of each kind and all problems in sentences. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        int width = stages.stream().mapToInt(stage -> stage.to().length()).max().orElse(1);
        String row = "%-13s  %-" + width + "s  %12s %9s %9s %9s %12s %9s %9s";
        lines.add(String.format(
                row, "FROM", "TO", "RECORDS", "LOST", "DOUBLED", "REORDERED", "UNVERIFIABLE", "MISROUTED", "ALTERED"));
        for (Stage stage : stages) {
            Object[] counts = Stream.of(
                            stage.records(),
                            stage.lost(),
                            stage.doubled(),
                            stage.reordered(),
                            stage.unverifiable(),
                            stage.misrouted(),
                            stage.altered())
                    .map(count -> String.format(Locale.ROOT, "%,d", count))
                    .toArray();
            lines.add(String.format(row, concat(stage.from(), stage.to(), counts)));
        }
        for (Fault kind : Fault.values()) {
            lines.addAll(examples(kind));
        }
        lines.addAll(behindLines());
        problems.forEach(problem -> lines.add("problem: " + problem));
        lines.add(verdict());
        return lines;
    }

    /** One line per group. */
    private List<String> behindLines() {
        Map<String, List<Behind>> byGroup =
                behind.stream().collect(Collectors.groupingBy(Behind::group, TreeMap::new, Collectors.toList()));
        return byGroup.entrySet().stream()
                .map(group -> String.format(
                        Locale.ROOT,
                        "behind: %s by %,d records (%s)",
                        group.getKey(),
                        group.getValue().stream().mapToLong(Behind::lag).sum(),
                        group.getValue().stream()
                                .map(one -> String.format(
                                        Locale.ROOT,
                                        "partition %d: %,d%s",
                                        one.partition(),
                                        one.lag(),
                                        one.expired() == 0
                                                ? ""
                                                : String.format(Locale.ROOT, " and %,d expired", one.expired())))
                                .collect(Collectors.joining(", "))))
                .toList();
    }

    /** The first of every stage before the second of any. */
    private List<String> examples(Fault kind) {
        Map<String, Integer> ofStage = new HashMap<>();
        Map<Integer, List<String>> byRank = new TreeMap<>();
        findings.stream().filter(finding -> finding.kind() == kind).forEach(finding -> byRank.computeIfAbsent(
                        ofStage.merge(finding.to(), 1, Integer::sum), rank -> new ArrayList<>())
                .add(kind.label() + ": " + finding.sentence()));
        return byRank.values().stream().flatMap(List::stream).limit(EXAMPLES).toList();
    }

    private static Object[] concat(String from, String to, Object[] counts) {
        return Stream.concat(Stream.of(from, to), Stream.of(counts)).toArray();
    }

    private String verdict() {
        long unverifiable = sum(Stage::unverifiable);
        if (isGood()) {
            return "good: nothing is lost, reordered, misrouted or altered"
                    + (unverifiable == 0 ? "" : String.format(Locale.ROOT, "; %,d unverifiable", unverifiable));
        }
        long again = sum(Stage::archivedAgain);
        return String.format(
                Locale.ROOT,
                "not good: %,d lost, %,d reordered, %,d misrouted, %,d altered, %s%,d unverifiable, %d problem(s)",
                sum(Stage::lost),
                sum(Stage::reordered),
                sum(Stage::misrouted),
                sum(Stage::altered),
                again == 0 ? "" : String.format(Locale.ROOT, "%,d archived again, ", again),
                unverifiable,
                problems.size());
    }

    private long sum(ToLongFunction<Stage> count) {
        return stages.stream().mapToLong(count).sum();
    }
}
