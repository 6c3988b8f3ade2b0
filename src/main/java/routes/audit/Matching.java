package routes.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import routes.audit.Audit.Limits;
import routes.audit.AuditFlow.Output;
import routes.audit.Copies.Copy;
import routes.audit.StageCount.Example;

/**
 * Brings records and their copies together and counts what does not fit. Each source record has to be given before its
 * copies, those of one partition in the order of their offsets; copies in the order of their log.
 *
 * <p>A record is kept whole for a while after its last copy, so that a copy that comes again is compared too; then only
 * where it belonged is kept. One that lacks a copy is kept until the end, when all that is still missing is lost, unless
 * it may have expired.
 */
final class Matching {
    private final List<Output> outputs;
    private final List<StageCount> counts;
    /** By output, in the order of their partitions. */
    private final Map<Integer, List<OutputLog>> logs;

    private final Limits limits;
    /** The outputs for which a condition chooses, one bit each. */
    private final long chosen;

    /** Oldest first. */
    private final Map<Long, SourceRecord> window = new LinkedHashMap<>();

    private final Map<Long, SourceRecord> incomplete = new HashMap<>();
    private final Settled settled = new Settled();

    /** @param counts one per output */
    Matching(List<Output> outputs, List<StageCount> counts, List<OutputLog> logs, Limits limits) {
        this.outputs = outputs;
        this.counts = counts;
        this.logs = logs.stream().collect(Collectors.groupingBy(OutputLog::output));
        this.limits = limits;
        long conditions = 0;
        for (int i = 0; i < outputs.size(); i++) {
            conditions |= isChosen(i) ? 1L << i : 0;
        }
        this.chosen = conditions;
    }

    /** @throws AuditException if more records lack a copy than can be kept */
    void source(SourceRecord record) {
        for (int i = 0; i < outputs.size(); i++) {
            counts.get(i).records((record.expected & 1L << i) != 0 && !isChosen(i) ? 1 : 0);
        }
        window.put(SourceRecord.key(record.partition, record.offset), record);
        if (window.size() > limits.window()) {
            Iterator<Map.Entry<Long, SourceRecord>> oldest = window.entrySet().iterator();
            Map.Entry<Long, SourceRecord> leaving = oldest.next();
            oldest.remove();
            leave(leaving.getKey(), leaving.getValue());
        }
    }

    private void leave(Long key, SourceRecord record) {
        if (!isDecided(record)) {
            incomplete.put(key, record);
            if (incomplete.size() > limits.missing()) {
                throw new AuditException("more than " + limits.missing()
                        + " records lack a copy, which is more than fits into memory; look at a shorter time with"
                        + " --since, or give more memory with java -Xmx");
            }
            return;
        }
        settle(record);
        settled.put(record.partition, record.offset, record.expected & ~(record.missing() & chosen));
    }

    /** Whether nothing that is still to come can change what is said of the record. */
    private boolean isDecided(SourceRecord record) {
        long missing = record.missing() & ~chosen;
        for (int i = 0; missing != 0 && i < outputs.size(); i++) {
            boolean open = (missing & 1L << i) != 0
                    && !isAccountedFor(record, i)
                    && !logOf(record, i).hasExpired(record.partition, record.offset);
            if (open) {
                return false;
            }
        }
        return true;
    }

    /** Whether the route of this output has dead-lettered the record instead. */
    private boolean isAccountedFor(SourceRecord record, int output) {
        return outputs.get(output).kind() != Output.Kind.LETTER
                && record.isLetterOf(outputs.get(output).route());
    }

    /**
     * Where a copy of the record belongs: by its key, as Kafka's producers choose, and as a dead letter on the partition
     * of the same number.
     */
    private OutputLog logOf(SourceRecord record, int output) {
        List<OutputLog> of = logs.get(output);
        boolean letter = outputs.get(output).kind() == Output.Kind.LETTER;
        return of.get(letter ? record.partition % of.size() : record.partitionOf(of.size()));
    }

    void copy(Copy copy) {
        Long key = SourceRecord.key(copy.sourcePartition(), copy.sourceOffset());
        SourceRecord record = window.containsKey(key) ? window.get(key) : incomplete.get(key);
        StageCount count = counts.get(copy.log().output());
        if (record == null) {
            late(copy, count);
        } else if (outputs.get(copy.log().output()).kind() == Output.Kind.LETTER) {
            letter(copy, record, count);
        } else if ((record.expected & 1L << copy.log().output()) == 0) {
            count.count(
                    Fault.MISROUTED,
                    1,
                    () -> Example.copy(copy, record, "stands at %s but belongs on " + topics(record)));
        } else {
            place(copy, record, count);
        }
    }

    private boolean isChosen(int output) {
        return outputs.get(output).kind() == Output.Kind.CHOSEN;
    }

    private void place(Copy copy, SourceRecord record, StageCount count) {
        int output = copy.log().output();
        if (record.print(outputs.get(output).slot()) != copy.print()) {
            count.count(Fault.ALTERED, 1, () -> Example.copy(copy, record, "stands at %s with another content"));
        } else if (record.isFoundOn(output)) {
            count.count(Fault.DOUBLED, 1, () -> Example.copy(copy, record, "stands again at %s"));
        } else {
            record.findOn(output);
            count.records(isChosen(output) ? 1 : 0);
            if (record.ordered) {
                order(copy, record, count);
            }
        }
    }

    private void order(Copy copy, SourceRecord record, StageCount count) {
        int output = copy.log().output();
        long highest = record.rig.highestOn(output);
        if (record.seq > highest) {
            record.rig.reach(output, record.seq);
        } else if (copy.log().mayHaveExpired(record.partition, record.offset)) {
            count.count(
                    Fault.UNVERIFIABLE,
                    1,
                    () -> Example.copy(
                            copy, record, "stands at %s behind seq " + highest + "; an earlier copy may have expired"));
        } else {
            count.count(Fault.REORDERED, 1, () -> Example.copy(copy, record, "stands at %s behind seq " + highest));
        }
    }

    /** A dead letter accounts for its record whatever its reason; that a message is none is a wrong reason. */
    private void letter(Copy copy, SourceRecord record, StageCount count) {
        boolean digest = copy.content() == Copy.Content.DIGEST;
        if (!record.isMessage()
                && copy.route() == outputs.get(copy.log().output()).route()) {
            long expected = record.print(digest ? SourceRecord.DIGEST : 0);
            foundLetter(copy, record, count, expected == copy.print());
        } else if (record.isLetterOf(copy.route())) {
            count.count(Fault.DOUBLED, 1, () -> Example.copy(copy, record, "stands again at %s"));
        } else {
            record.addLetterOf(copy.route());
            count.records(1);
            judgeLetter(copy, record, count, digest);
        }
    }

    private void foundLetter(Copy copy, SourceRecord record, StageCount count, boolean same) {
        int output = copy.log().output();
        if (!same) {
            count.count(Fault.ALTERED, 1, () -> Example.copy(copy, record, "stands at %s with another content"));
        } else if (record.isFoundOn(output)) {
            count.count(Fault.DOUBLED, 1, () -> Example.copy(copy, record, "stands again at %s"));
        } else {
            record.findOn(output);
        }
    }

    private void judgeLetter(Copy copy, SourceRecord record, StageCount count, boolean digest) {
        if (copy.refused() && record.isMessage()) {
            count.count(
                    Fault.MISROUTED,
                    1,
                    () -> Example.copy(
                            copy, record, "stands at %s as no message, but is one and belongs on " + topics(record)));
        } else if (digest) {
            count.count(
                    Fault.UNVERIFIABLE,
                    1,
                    () -> Example.copy(copy, record, "stands at %s; its value is kept elsewhere and was not compared"));
        } else if (record.print(0) != copy.print()) {
            count.count(Fault.ALTERED, 1, () -> Example.copy(copy, record, "stands at %s with another content"));
        }
    }

    /** The record's copies were all accounted for long ago, or it expired before it could be read. */
    private void late(Copy copy, StageCount count) {
        long topics = settled.get(copy.sourcePartition(), copy.sourceOffset());
        boolean exact = outputs.get(copy.log().output()).kind() == Output.Kind.WHOLE
                || outputs.get(copy.log().output()).kind() == Output.Kind.SLICE;
        if ((topics & 1L << copy.log().output()) != 0) {
            count.count(
                    Fault.DOUBLED, 1, () -> Example.copyOnly(copy, "stands again at %s, long after the first time"));
        } else if (topics != 0 && exact) {
            count.count(Fault.MISROUTED, 1, () -> Example.copyOnly(copy, "stands at %s and does not belong there"));
            return;
        }
        count.count(
                Fault.UNVERIFIABLE,
                1,
                () -> Example.copyOnly(
                        copy, "stands at %s; its source has expired or lies too far back to be compared"));
    }

    /** Nothing more comes: what is missing now is lost, or may have expired. */
    void finish() {
        Map<Long, SourceRecord> left = new TreeMap<>(incomplete);
        left.putAll(window);
        left.values().forEach(this::settle);
        window.clear();
        incomplete.clear();
    }

    private void settle(SourceRecord record) {
        long missing = record.missing();
        for (int i = 0; missing != 0 && i < outputs.size(); i++) {
            if ((missing & 1L << i) != 0) {
                settle(record, i);
            }
        }
    }

    private void settle(SourceRecord record, int output) {
        StageCount count = counts.get(output);
        if (isChosen(output)) {
            count.notChosen();
        } else if (isAccountedFor(record, output)) {
            count.records(-1);
        } else if (logOf(record, output).mayHaveExpired(record.partition, record.offset)) {
            count.count(
                    Fault.UNVERIFIABLE,
                    1,
                    () -> Example.missing(record, outputs.get(output).topic(), "may have stood on %s and expired"));
        } else {
            count.count(
                    Fault.LOST,
                    1,
                    () -> Example.missing(record, outputs.get(output).topic(), "is not on %s"));
        }
    }

    private String topics(SourceRecord record) {
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            if ((record.expected & 1L << i) != 0 && outputs.get(i).slot() == 0 && !isChosen(i)) {
                topics.add(outputs.get(i).topic());
            }
        }
        return topics.isEmpty() ? "no such topic" : String.join(", ", topics);
    }
}
