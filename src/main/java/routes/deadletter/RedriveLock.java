package routes.deadletter;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import routes.kafka.GroupPlace;
import routes.kafka.KafkaCluster;

/**
 * Lets one redrive run at a time, on whatever machine: the one that has the {@linkplain GroupPlace place} in the consumer
 * group {@value #GROUP}, which is the ledger's only partition. A process that was halted and replaced meanwhile stops.
 */
final class RedriveLock implements AutoCloseable {
    static final String GROUP = "rig-streams.redrive";

    /** How long a process that died without a word holds it. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final KafkaCluster cluster;
    private final GroupPlace place;

    private RedriveLock(KafkaCluster cluster) {
        this.cluster = cluster;
        this.place =
                new GroupPlace(cluster, GROUP, new TopicPartition(RedriveLedger.TOPIC, 0), "redrive", SESSION, SESSION);
    }

    /** @throws LetterException if another one holds it; names that one */
    static RedriveLock take(KafkaCluster cluster) {
        refuse(GroupPlace.members(cluster, GROUP, ""));
        RedriveLock lock = new RedriveLock(cluster);
        try {
            lock.await();
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void await() {
        while (!place.isTakenWithin(LOOK)) {
            if (place.isAnothers()) { // it came at the same moment
                refuse(place.others());
                throw new LetterException("another redrive has begun at the same moment; try again when it is done");
            }
            checkAnswered();
        }
    }

    private static void refuse(Optional<String> others) {
        if (others.isPresent()) {
            throw new LetterException("another redrive is under way: " + others.get() + "; one runs at a time. If its"
                    + " process has died, its place is free again after " + SESSION.toSeconds() + " s");
        }
    }

    private void checkAnswered() {
        Duration waited = place.unconfirmed();
        Duration longest = cluster.longestWait();
        // A group takes some seconds to say who is in it, however short the answers may take.
        if (waited.compareTo(longest.compareTo(SESSION) > 0 ? longest : SESSION) > 0) {
            throw cluster.failure(
                    new TimeoutException("waited " + waited.toSeconds() + " s for the consumer group " + GROUP));
        }
    }

    KafkaCluster cluster() {
        return cluster;
    }

    /** What the ledger calls this run. */
    String name() {
        return place.name().substring("redrive-".length());
    }

    /**
     * To be called before each batch.
     *
     * @throws LetterException if it is held no more
     */
    void hold() {
        while (!place.isHeld()) {
            if (place.lost().isDone()) {
                throw new LetterException("this redrive was halted for so long that its place was given away; it stops."
                        + " What it has sent is noted; run it again to go on");
            }
            checkAnswered();
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Free at once for the next. */
    @Override
    public void close() {
        place.close();
    }
}
