package routes.rig;

import java.util.List;
import java.util.stream.IntStream;

/** Which of the rigs 1…count an instance runs, when several instances share them. */
public final class RigNumbers {
    private RigNumbers() {}

    /**
     * The numbers of the rigs that belong to an instance: rig n to instance {@code (n − 1) mod instances + 1}. Over all
     * instances every number from 1 to {@code count} occurs exactly once.
     *
     * @param count all rigs together, ≥ 0
     * @param instance from 1 to {@code instances}
     * @param instances ≥ 1
     * @return ascending; empty if there are fewer rigs than instances before this one
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static List<Integer> of(int count, int instance, int instances) {
        if (count < 0 || instance < 1 || instance > instances) {
            throw new IllegalArgumentException("count " + count + ", instance " + instance + " of " + instances
                    + ": expected a count of at least 0 and an instance from 1 to the number of instances");
        }
        return IntStream.rangeClosed(1, count)
                .filter(n -> (n - 1) % instances + 1 == instance)
                .boxed()
                .toList();
    }
}
