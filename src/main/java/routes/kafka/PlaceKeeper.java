package routes.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one partition in a consumer group: polls, and has the coordinator confirm again and again that this member has it.
 * Each commit names its member; so one that lost the partition learns whether another had it meanwhile. Runs in a thread
 * of its own until it is told to stop, or has lost the partition to another.
 */
final class PlaceKeeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PlaceKeeper.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition place;
    private final String name;
    private final Duration session;
    private final Duration patience;
    private final Supplier<Optional<String>> others;
    private final CompletableFuture<Void> taken = new CompletableFuture<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();

    private volatile boolean stopped;
    private volatile boolean answered;
    private volatile Confirmed confirmed = Confirmed.NEVER;
    private boolean assigned;
    /** Whether the commit names this member, and nobody can have had the partition since. */
    private boolean named;

    private long withoutSince;
    private long askedAt;

    /**
     * Until when the coordinator's word counts. By two clocks: one goes on while the process is halted, the other while
     * the machine sleeps.
     */
    private record Confirmed(long untilNanos, long untilMillis) {
        static final Confirmed NEVER = new Confirmed(0, 0);

        boolean counts() {
            return this != NEVER && System.nanoTime() - untilNanos < 0 && System.currentTimeMillis() < untilMillis;
        }
    }

    /**
     * @param consumer of the group; closed at the end
     * @param name of the member
     * @param session after which the group takes the partition from a member that says nothing
     * @param patience how long another member may have the partition before it is lost
     * @param others says which other members the group has
     */
    PlaceKeeper(
            Consumer<byte[], byte[]> consumer,
            TopicPartition place,
            String name,
            Duration session,
            Duration patience,
            Supplier<Optional<String>> others) {
        this.consumer = consumer;
        this.place = place;
        this.name = name;
        this.session = session;
        this.patience = patience;
        this.others = others;
    }

    /** Done once this member had the partition for the first time; fails if that cannot be. */
    CompletableFuture<Void> taken() {
        return taken;
    }

    /** Done with the reason once the partition is lost for good. */
    CompletableFuture<String> lost() {
        return lost;
    }

    /** Whether the group has ever said who has the partition. */
    boolean isAnswered() {
        return answered;
    }

    /** Whether nobody else can have the partition, now. */
    boolean isHeld() {
        return confirmed.counts();
    }

    void stop() {
        stopped = true;
        confirmed = Confirmed.NEVER;
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(List.of(place.topic()), new Listener());
            while (!stopped && !lost.isDone()) {
                consumer.poll(POLL);
                keep();
            }
        } catch (RuntimeException e) {
            if (!taken.completeExceptionally(e)) {
                lose("it cannot be asked any more who runs them (" + e.getMessage() + ")");
            }
        } finally {
            confirmed = Confirmed.NEVER;
            consumer.close(Duration.ofSeconds(5));
        }
    }

    private void keep() {
        if (assigned) {
            if (!confirmed.counts() || passed(askedAt, session.dividedBy(5))) {
                askedAt = System.nanoTime();
                ask();
            }
        } else if (taken.isDone() && passed(withoutSince, patience)) {
            withoutSince = System.nanoTime();
            others.get()
                    .ifPresentOrElse(
                            other -> lose("another process runs them: " + other),
                            () -> LOG.warn("the group gives nobody the topic {}: its rigs are silent", place.topic()));
        }
    }

    private static boolean passed(long sinceNanos, Duration time) {
        return System.nanoTime() - sinceNanos > time.toNanos();
    }

    /** A commit is refused to whoever is no member of the group's present generation. */
    private void ask() {
        long nanos = System.nanoTime();
        long millis = System.currentTimeMillis();
        Duration timeout = session.dividedBy(2);
        try {
            if (!named && taken.isDone() && isNamedByAnother(timeout)) {
                return;
            }
            OffsetAndMetadata reached = new OffsetAndMetadata(consumer.position(place, timeout), name);
            consumer.commitSync(Map.of(place, reached), timeout);
            named = true;
            // Shorter than the session: the coordinator counts from the last heartbeat, which may be a fifth older.
            Duration lease = session.multipliedBy(3).dividedBy(5);
            confirmed = new Confirmed(nanos + lease.toNanos(), millis + lease.toMillis());
            taken.complete(null);
        } catch (RebalanceInProgressException | RetriableException asksAgain) {
            LOG.debug("{} is not confirmed", place, asksAgain);
        } catch (CommitFailedException notAMember) {
            forget();
        }
    }

    private boolean isNamedByAnother(Duration timeout) {
        OffsetAndMetadata last = consumer.committed(Set.of(place), timeout).get(place);
        boolean another = last != null && !last.metadata().equals(name);
        if (another) {
            lose("another process, " + last.metadata() + ", ran them while this one was halted");
        }
        return another;
    }

    private void forget() {
        confirmed = Confirmed.NEVER;
        named = false;
        withoutSince = System.nanoTime();
    }

    private void lose(String reason) {
        confirmed = Confirmed.NEVER;
        if (!stopped) {
            lost.complete(reason);
        }
    }

    private final class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            answered = true;
            if (added.contains(place)) {
                assigned = true;
            } else if (!assigned) {
                withoutSince = System.nanoTime();
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> gone) {
            if (gone.contains(place)) {
                assigned = false;
                forget();
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> gone) {
            onPartitionsRevoked(gone);
        }
    }
}
