package routes.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.settings.ConfigurationException;

/**
 * A place that one process at a time has, on whatever machine: one partition in a consumer group. A thread of its own polls,
 * and has the group's coordinator confirm again and again that this member has it; when its process dies, Kafka takes the
 * partition away after the session time-out, and the next one gets it.
 *
 * <p><b>How it is fenced.</b> A process that was halted, and replaced meanwhile, does not know that when it wakes. So the
 * place counts as held only for a time after it was confirmed, which is shorter than the session time-out: {@link #isHeld}
 * says no before anyone else can hold it. Each commit names its member; so one that lost the partition learns whether
 * another had it meanwhile. If so, the place is lost for good.
 */
public final class GroupPlace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupPlace.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaCluster cluster;
    private final String group;
    private final TopicPartition place;
    private final String name;
    private final Duration session;
    private final Duration patience;
    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final CompletableFuture<Void> taken = new CompletableFuture<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();

    private volatile boolean stopped;
    private volatile boolean answered;
    private volatile boolean assigned;
    private volatile Confirmed confirmed = Confirmed.NEVER;
    private volatile long confirmedAt = System.nanoTime();
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
     * Goes for the place, without waiting for it.
     *
     * @param name what this member is called; others are told it with the process's host, number and four letters
     * @param session after which the group takes the partition from a member that says nothing
     * @param patience how long another member may have the partition before it is lost
     */
    public GroupPlace(
            KafkaCluster cluster,
            String group,
            TopicPartition place,
            String name,
            Duration session,
            Duration patience) {
        this.cluster = cluster;
        this.group = group;
        this.place = place;
        this.name = name + "-" + host() + "-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 4);
        this.session = session;
        this.patience = patience;
        this.consumer = cluster.consumer(settings());
        this.thread = new Thread(this::run, group);
        thread.setDaemon(true);
        thread.start();
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.CLIENT_ID_CONFIG,
                name,
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName(),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                (int) session.toMillis(),
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) session.toMillis() / 5,
                // One request that is not answered must not cost the place.
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) session.toMillis() / 2,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "latest");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "unnamed-host";
        }
    }

    /** What others are told. */
    public String name() {
        return name;
    }

    /**
     * Waits for it.
     *
     * @return whether this member has had it
     * @throws routes.settings.ConfigurationException if that cannot be
     */
    public boolean isTakenWithin(Duration time) {
        try {
            taken.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException e) {
            throw cluster.failure(e.getCause());
        } catch (InterruptedException e) {
            throw TopicFailure.interrupted(e);
        }
    }

    /** Done with the reason once the partition is lost for good. */
    public CompletableFuture<String> lost() {
        return lost;
    }

    /** Whether the group has ever said who has the partition. */
    public boolean isAnswered() {
        return answered;
    }

    /** Whether another member has it, as far as the group has said. */
    public boolean isAnothers() {
        return answered && !assigned;
    }

    /** Whether nobody else can have the partition, now. */
    public boolean isHeld() {
        return confirmed.counts();
    }

    /** How long the group has not said that this member has it. */
    public Duration unconfirmed() {
        return Duration.ofNanos(System.nanoTime() - confirmedAt);
    }

    /** Who else is in the group, for people; empty if nobody is. */
    public Optional<String> others() {
        return members(cluster, group, name);
    }

    /** Who is in a group but for one of that name, for people; empty if nobody is. */
    public static Optional<String> members(KafkaCluster cluster, String group, String but) {
        String others = cluster.members(group).stream()
                .filter(member -> !member.clientId().equals(but))
                .map(member -> member.clientId() + " at " + member.host().replace("/", ""))
                .distinct()
                .collect(Collectors.joining(", "));
        return Optional.of(others).filter(found -> !found.isEmpty());
    }

    private Optional<String> othersIfAnyAnswer() {
        try {
            return others();
        } catch (ConfigurationException noAnswer) {
            LOG.warn("the group {} cannot be asked: {}", group, noAnswer.getMessage());
            return Optional.empty();
        }
    }

    /** Free at once for the next. */
    @Override
    public void close() {
        stopped = true;
        confirmed = Confirmed.NEVER;
        try {
            // A group that does not answer is not told either; the thread ends by itself.
            thread.join(unconfirmed().compareTo(session) > 0 ? 1_000 : 10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            consumer.subscribe(List.of(place.topic()), new Listener());
            while (!stopped && !lost.isDone()) {
                consumer.poll(POLL);
                keep();
            }
        } catch (RuntimeException e) {
            if (!taken.completeExceptionally(e)) {
                lose("it cannot be asked any more who has the place (" + e.getMessage() + ")");
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
            othersIfAnyAnswer()
                    .ifPresentOrElse(
                            other -> lose("another process has the place now: " + other),
                            () -> LOG.warn("the group {} gives nobody the topic {}", group, place.topic()));
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
            confirmedAt = nanos;
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
            lose("another process, " + last.metadata() + ", had the place while this one was halted");
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
    }
}
