package routes.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import routes.faults.StormFault.Claim;

/** Who of the faults has what for itself. */
final class StormClaims {
    private final Map<Claim, ReadWriteLock> locks = new EnumMap<>(Claim.class);

    StormClaims() {
        for (Claim claim : Claim.values()) {
            locks.put(claim, new ReentrantReadWriteLock(true));
        }
    }

    /**
     * Does it with all that a fault needs.
     *
     * @throws IllegalStateException if that was not to be had in time
     */
    <T> T with(StormFault fault, Duration patience, Callable<T> work) throws Exception {
        List<Lock> needed = new ArrayList<>();
        locks.forEach((claim, lock) -> {
            if (fault.needsAlone(claim)) {
                needed.add(lock.writeLock());
            } else if (fault.needsSteady(claim)) {
                needed.add(lock.readLock());
            }
        });
        return with(needed, patience, work);
    }

    /** As above: with one thing that no fault may disturb meanwhile. */
    <T> T steady(Claim claim, Duration patience, Callable<T> work) throws Exception {
        return with(List.of(locks.get(claim).readLock()), patience, work);
    }

    private static <T> T with(List<Lock> needed, Duration patience, Callable<T> work) throws Exception {
        long until = System.nanoTime() + patience.toNanos();
        List<Lock> taken = new ArrayList<>();
        try {
            for (Lock lock : needed) {
                if (!lock.tryLock(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw new IllegalStateException("its turn did not come within " + patience);
                }
                taken.add(lock);
            }
            return work.call();
        } finally {
            taken.forEach(Lock::unlock);
        }
    }
}
