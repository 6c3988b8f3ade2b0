package routes.kafka;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells one bad record, or one bad key, from a step whose database or service is down. A step that passes other records is
 * not down: what fails there is given up. A step that has passed none since the last ones were given up is suspected.
 *
 * <p>A record of a key whose earlier record was given up at a step has one attempt there, until one of them passes: or
 * the redeliveries of one failing key would hold up all others.
 */
final class FailingSteps {
    /** More are not remembered: their records are redelivered like those of any other key. */
    private static final int MOST_KEYS = 10_000;

    private final int givenUpMax;
    private final Map<String, Integer> givenUpSincePassed = new HashMap<>();
    private final Set<StepAndKey> failing = new HashSet<>();
    private boolean oneOfThisBatch;
    private volatile boolean anyFails;

    /** @param givenUpMax how many records in a row may be given up at a step that passes none */
    FailingSteps(int givenUpMax) {
        this.givenUpMax = givenUpMax;
    }

    synchronized void batchOpened() {
        oneOfThisBatch = false;
    }

    void passed(String step, ByteBuffer key) {
        if (anyFails) {
            forget(step, key);
        }
    }

    private synchronized void forget(String step, ByteBuffer key) {
        givenUpSincePassed.remove(step);
        failing.remove(new StepAndKey(step, key));
        anyFails = !givenUpSincePassed.isEmpty() || !failing.isEmpty();
    }

    /** Whether a record of this key was given up at this step, and none has passed it since. */
    boolean isFailing(String step, ByteBuffer key) {
        if (!anyFails) {
            return false;
        }
        synchronized (this) {
            return failing.contains(new StepAndKey(step, key));
        }
    }

    /**
     * Whether a record that failed at this step may be dead-lettered. If not, the step is suspected to be down, and the
     * batch is to be read again.
     *
     * @param again whether the batch has failed before: one record of each further attempt may go, or a batch of bad
     *     records alone would be read for ever
     */
    synchronized boolean mayGiveUp(String step, ByteBuffer key, boolean again) {
        int before = givenUpSincePassed.getOrDefault(step, 0);
        if (before >= givenUpMax && (!again || oneOfThisBatch)) {
            return false;
        }
        anyFails = true;
        oneOfThisBatch = true;
        givenUpSincePassed.put(step, before + 1);
        if (failing.size() < MOST_KEYS) {
            failing.add(new StepAndKey(step, key));
        }
        return true;
    }

    /** @param key null for a record without one */
    private record StepAndKey(String step, ByteBuffer key) {}
}
