package routes.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import routes.audit.Copies.Copy;

/** Counts one stage of the flow, and keeps the first few findings of each kind. */
final class StageCount {
    private static final int EXAMPLES = 5;

    private final String from;
    private final String to;
    private long records;
    /** Of what is unverifiable: messages that a condition of the user's did not choose, which is as it may be. */
    private long notChosen;

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<Fault, List<AuditReport.Finding>> examples = new EnumMap<>(Fault.class);

    StageCount(String from, String to) {
        this.from = from;
        this.to = to;
    }

    /** @param number of records that belong on this stage; negative if some turn out not to */
    void records(long number) {
        records += number;
    }

    long records() {
        return records;
    }

    /** A condition that is the user's did not choose a message; nobody else knows whether it should have. */
    void notChosen() {
        notChosen++;
        count(Fault.UNVERIFIABLE, 1);
    }

    /** A sentence, if there was something to verify and none of it could be. */
    Optional<String> unverified() {
        long unverifiable = of(Fault.UNVERIFIABLE) - notChosen;
        return unverifiable > 0 && unverifiable >= records
                ? Optional.of("of " + from + " to " + to + " nothing could be verified: " + unverifiable
                        + " are unverifiable; the findings say why")
                : Optional.empty();
    }

    /** Counts without an example. */
    void count(Fault fault, long number) {
        faults.merge(fault, number, Long::sum);
    }

    /** @param finding asked for only as long as there are few of its kind */
    void count(Fault fault, long number, Supplier<Example> finding) {
        count(fault, number);
        List<AuditReport.Finding> few = examples.computeIfAbsent(fault, key -> new ArrayList<>());
        if (few.size() < EXAMPLES) {
            Example found = finding.get();
            few.add(new AuditReport.Finding(
                    from, to, fault, found.rig(), found.seq(), found.source(), found.at(), found.sentence()));
        }
    }

    AuditReport.Stage stage() {
        return new AuditReport.Stage(
                from,
                to,
                records,
                of(Fault.LOST),
                of(Fault.DOUBLED),
                of(Fault.REORDERED),
                of(Fault.UNVERIFIABLE),
                of(Fault.MISROUTED),
                of(Fault.ALTERED));
    }

    private long of(Fault fault) {
        return faults.getOrDefault(fault, 0L);
    }

    List<AuditReport.Finding> findings() {
        return examples.values().stream().flatMap(List::stream).toList();
    }

    /**
     * What {@link AuditReport.Finding} says beside stage and kind.
     *
     * @param rig null where it is not known, as is {@code seq}
     * @param source where the record stands that it is about; null for none
     * @param at where the copy stands; null for none
     */
    record Example(String rig, Long seq, String source, String at, String sentence) {

        /** @param sentence what is to be said of the copy, with {@code %s} for where it stands */
        static Example copy(Copy copy, SourceRecord record, String sentence) {
            return of(record, copy.position(), String.format(sentence, copy.position()));
        }

        /** As {@link #copy}, of a copy of which no more is known than where it and its source stand. */
        static Example copyOnly(Copy copy, String sentence) {
            return new Example(
                    null,
                    null,
                    copy.source(),
                    copy.position(),
                    "a copy of " + copy.source() + " " + String.format(sentence, copy.position()));
        }

        /** @param sentence what is to be said of a record that has no copy on the topic, with {@code %s} for the topic */
        static Example missing(SourceRecord record, String topic, String sentence) {
            return of(record, null, String.format(sentence, topic));
        }

        private static Example of(SourceRecord record, String at, String sentence) {
            return record.isMessage()
                    ? new Example(
                            record.rig.name(),
                            record.seq,
                            record.position(),
                            at,
                            record.rig.name() + " seq " + record.seq + " (" + record.position() + ") " + sentence)
                    : new Example(
                            null,
                            null,
                            record.position(),
                            at,
                            record.position() + ", which is no message, " + sentence);
        }
    }
}
