package routes.audit;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far the messages of one rig have come: in the source, where all should stand in one partition, and on each output.
 */
final class RigProgress {
    /** How many numbers back the content of a message is known; to be at hand when another one has the same number. */
    private static final int REMEMBERED = 256;

    private final String name;
    private final Map<Integer, RigSequence> sequences = new TreeMap<>();
    private final long[] highest;
    private long[] numbers = new long[8];
    private long[] prints = new long[8];

    RigProgress(String name, int outputs) {
        this.name = name;
        this.highest = new long[outputs];
        Arrays.fill(highest, -1);
        Arrays.fill(numbers, -1);
    }

    String name() {
        return name;
    }

    /** The partitions in which its messages stand. */
    Iterable<Integer> partitions() {
        return sequences.keySet();
    }

    boolean isInOnePartition() {
        return sequences.size() < 2;
    }

    /** What a number is among those that came before it: an order there is within a partition only. */
    RigSequence.Place add(int partition, long seq) {
        boolean elsewhere = sequences.entrySet().stream()
                .anyMatch(
                        other -> other.getKey() != partition && other.getValue().has(seq));
        RigSequence.Place place =
                sequences.computeIfAbsent(partition, any -> new RigSequence()).add(seq);
        return elsewhere ? RigSequence.Place.AGAIN : place;
    }

    /** Records of a partition expired before they were read: the rig begins anew there. */
    void interrupt(int partition) {
        if (sequences.containsKey(partition)) {
            sequences.get(partition).interrupt();
        }
    }

    /** Runs of numbers that have come in no partition, first to last of each. */
    Map<Long, Long> missing() {
        TreeMap<Long, Long> came = new TreeMap<>();
        sequences.values().forEach(sequence -> sequence.came().forEach((from, to) -> came.merge(from, to, Math::max)));
        long reached = came.isEmpty() ? 0 : came.firstKey() - 1;
        TreeMap<Long, Long> missing = new TreeMap<>();
        for (Map.Entry<Long, Long> run : came.entrySet()) {
            if (run.getKey() > reached + 1) {
                missing.put(reached + 1, run.getKey() - 1);
            }
            reached = Math.max(reached, run.getValue());
        }
        return missing;
    }

    void remember(long seq, long print) {
        if (numbers.length < REMEMBERED && numbers[at(seq)] >= 0) {
            grow();
        }
        numbers[at(seq)] = seq;
        prints[at(seq)] = print;
    }

    private void grow() {
        long[] oldNumbers = numbers;
        long[] oldPrints = prints;
        numbers = new long[oldNumbers.length * 2];
        prints = new long[numbers.length];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] >= 0) {
                numbers[at(oldNumbers[i])] = oldNumbers[i];
                prints[at(oldNumbers[i])] = oldPrints[i];
            }
        }
    }

    /** The content of the message of this number; empty if that was too long ago. */
    OptionalLong print(long seq) {
        return numbers[at(seq)] == seq ? OptionalLong.of(prints[at(seq)]) : OptionalLong.empty();
    }

    private int at(long seq) {
        return Math.floorMod(seq, numbers.length);
    }

    /** The highest number seen so far on the output; −1 for none. */
    long highestOn(int output) {
        return highest[output];
    }

    void reach(int output, long seq) {
        highest[output] = seq;
    }
}
