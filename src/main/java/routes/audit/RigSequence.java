package routes.audit;

import java.util.Map;
import java.util.TreeMap;

/** The numbers of one rig's messages as they come: which are missing, and which come late or again. */
final class RigSequence {
    /** What a number is in the sequence. */
    enum Place {
        /** The first of all, or one more than the highest. */
        NEXT,
        /** Higher than that: some are missing between. */
        AFTER_A_GAP,
        /** One that was missing, after higher ones. */
        LATE,
        /** One that has been there. */
        AGAIN,
        /** Lower than the first: whether it has been there before the range cannot be known. */
        BEFORE_THE_FIRST
    }

    /** Missing numbers, first to last of each run. */
    private final TreeMap<Long, Long> missing = new TreeMap<>();

    private boolean begun;
    private long first;
    private long highest;
    /** Of all numbers, also of those before an interruption. */
    private long least = Long.MAX_VALUE;

    private long greatest = Long.MIN_VALUE;

    Place add(long seq) {
        Place place = place(seq);
        if (place != Place.BEFORE_THE_FIRST) {
            least = Math.min(least, seq);
            greatest = Math.max(greatest, seq);
        }
        return place;
    }

    private Place place(long seq) {
        if (!begun) {
            begun = true;
            first = seq;
            highest = seq;
            return Place.NEXT;
        }
        if (seq <= highest) {
            return seq < first ? Place.BEFORE_THE_FIRST : fill(seq) ? Place.LATE : Place.AGAIN;
        }
        boolean gap = seq - highest > 1;
        if (gap) {
            missing.put(highest + 1, seq - 1);
        }
        highest = seq;
        return gap ? Place.AFTER_A_GAP : Place.NEXT;
    }

    private boolean fill(long seq) {
        Map.Entry<Long, Long> run = missing.floorEntry(seq);
        if (run == null || run.getValue() < seq) {
            return false;
        }
        missing.remove(run.getKey());
        if (run.getKey() < seq) {
            missing.put(run.getKey(), seq - 1);
        }
        if (seq < run.getValue()) {
            missing.put(seq + 1, run.getValue());
        }
        return true;
    }

    /** Runs of numbers that have not come, first to last of each. */
    Map<Long, Long> missing() {
        return missing;
    }

    /** Whether the number has come, or may have come before an interruption. */
    boolean has(long seq) {
        Map.Entry<Long, Long> run = missing.floorEntry(seq);
        return seq >= least && seq <= greatest && (run == null || run.getValue() < seq);
    }

    /** Runs of numbers that have come, or may have, first to last of each. */
    Map<Long, Long> came() {
        TreeMap<Long, Long> came = new TreeMap<>();
        long from = least;
        for (Map.Entry<Long, Long> run : missing.entrySet()) {
            if (run.getKey() > from) {
                came.put(from, run.getKey() - 1);
            }
            from = run.getValue() + 1;
        }
        if (from <= greatest) {
            came.put(from, greatest);
        }
        return came;
    }

    /** Begins again with whatever comes next; what is missing so far stays missing. */
    void interrupt() {
        begun = false;
    }
}
