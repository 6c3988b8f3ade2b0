package routes.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.settings.ConfigurationException;

/**
 * Lets one process at a time run the rigs of an instance, on whatever machine. The one that has the checkpoint topic's
 * first partition in the consumer group of the fleet and instance holds the place; when its process dies, Kafka takes
 * the place away after the session time-out, and the next one gets it.
 *
 * <p><b>How it is fenced.</b> A process that was halted, and replaced meanwhile, does not know that when it wakes. So the
 * place counts as held only for a time after the group's coordinator has confirmed it, which is shorter than the session
 * time-out: {@link #isHeld} says no before anyone else can hold it. What the process had handed to its Kafka client
 * before it was halted still leaves when it wakes: one message of each rig at most.
 *
 * <p>The group's commit names the process that has the place. One that lost it gets it back if nobody else had it
 * meanwhile; otherwise it is lost for good, because the rigs are further than this process knows.
 */
public final class FleetPlace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetPlace.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** What a process that was killed gets beyond the session time-out, to be let in when it comes back. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Object> client;
    private final TopicPartition place;
    private final String rigs;
    private final String group;
    private final String name;
    private final Duration session;
    private final CompletableFuture<Void> taken = new CompletableFuture<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final Thread thread = new Thread(this::keep, "fleet-place");

    private volatile boolean closing;
    private volatile boolean answered;
    private volatile Confirmed confirmed = Confirmed.NEVER;
    private boolean assigned;
    /** Whether the commit names this process, and nobody can have had the place since. */
    private boolean named;

    private long assignedNothingAt;
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

    private FleetPlace(Map<String, Object> client, String topic, String fleet, int instance, Duration session) {
        this.client = Map.copyOf(client);
        this.place = new TopicPartition(topic, 0);
        this.rigs = "the rigs of instance " + instance + " of the fleet " + fleet;
        this.group = "rig-streams.fleet." + fleet + "." + instance;
        this.name = "rig-streams-" + host() + "-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 4);
        this.session = session;
        this.consumer = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = Patience.with(client);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) session.toMillis());
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) session.toMillis() / 5);
        // One request that is not answered must not cost the place.
        settings.computeIfPresent(
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (key, millis) -> Math.min((int) millis, (int) session.toMillis() / 2));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        return settings;
    }

    /**
     * Takes the place; waits while another process has it, for the session time-out and 5 s, so that a process that comes
     * back after it was killed is let in.
     *
     * @param client settings of a Kafka client
     * @param topic the checkpoint topic, {@code rig.fleet}
     * @param session how long a process that died without a word keeps the place
     * @throws ConfigurationException if another process has the place and keeps it
     * @throws routes.settings.UnreachableException if Kafka does not answer
     */
    public static FleetPlace take(
            Map<String, Object> client, String topic, String fleet, int instance, Duration session) {
        FleetPlace taken = new FleetPlace(client, topic, fleet, instance, session);
        try {
            taken.thread.setDaemon(true);
            taken.thread.start();
            taken.await();
            return taken;
        } catch (RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    private void await() {
        long deadline = System.nanoTime() + session.plus(GRACE).toNanos();
        Patience patience = Patience.of(client);
        for (int second = 0; ; second++) {
            if (second == 2) {
                LOG.info(
                        "{} wait for their place, up to {} s: a process that was killed keeps it for {} s",
                        rigs,
                        session.plus(GRACE).toSeconds(),
                        session.toSeconds());
            }
            try {
                taken.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException notYet) {
                if (!answered) {
                    patience.nothingMoved("the consumer group " + group);
                } else if (System.nanoTime() - deadline > 0) {
                    throw refused(others());
                }
            } catch (ExecutionException e) {
                throw TopicFailure.of(e.getCause(), bootstrapServers());
            } catch (InterruptedException e) {
                throw TopicFailure.interrupted(e);
            }
        }
    }

    private ConfigurationException refused(String others) {
        return new ConfigurationException(
                others.isEmpty()
                        ? "the consumer group " + group + " does not give this process the topic " + place.topic()
                                + "; check that the topic exists and that this user may read it"
                        : runElsewhere(others)
                                + "; stop that process, give each process an instance of its own (rigs.instance of"
                                + " rigs.instances), or run this one without rigs (rigs.count=0)");
    }

    private String runElsewhere(String others) {
        return "another process runs " + rigs + ": " + others;
    }

    /** Whether this process may send what its rigs say, now. */
    public boolean isHeld() {
        return confirmed.counts();
    }

    /** Has {@code owner} told, with the reason, once this process can hold the place no more. */
    public void onLost(Consumer<String> owner) {
        lost.thenAccept(owner);
    }

    private void keep() {
        try {
            consumer.subscribe(List.of(place.topic()), new Listener());
            while (!closing && !lost.isDone()) {
                consumer.poll(POLL);
                if (assigned) {
                    askIfDue();
                } else if (taken.isDone() && waitedFor(assignedNothingAt, session.plus(GRACE))) {
                    assignedNothingAt = System.nanoTime();
                    loseIfAnotherHasIt();
                }
            }
        } catch (RuntimeException e) {
            fail(e);
        } finally {
            confirmed = Confirmed.NEVER;
            consumer.close(Duration.ofSeconds(5));
        }
    }

    private void loseIfAnotherHasIt() {
        String others = others();
        if (others.isEmpty()) {
            LOG.warn("{} are silent: the group {} gives nobody the topic {}", rigs, group, place.topic());
        } else {
            lose(runElsewhere(others));
        }
    }

    private void fail(RuntimeException e) {
        if (!taken.completeExceptionally(e) && !closing) {
            lose("whether this process may run " + rigs + " cannot be asked any more: " + e.getMessage());
        }
    }

    private static boolean waitedFor(long sinceNanos, Duration time) {
        return System.nanoTime() - sinceNanos > time.toNanos();
    }

    private void askIfDue() {
        if (!confirmed.counts() || waitedFor(askedAt, session.dividedBy(5))) {
            askedAt = System.nanoTime();
            ask();
        }
    }

    /** A commit is refused to whoever is no member of the group's present generation. */
    private void ask() {
        long nanos = System.nanoTime();
        long millis = System.currentTimeMillis();
        try {
            if (!named && taken.isDone() && isNamedByAnother()) {
                return;
            }
            Duration timeout = session.dividedBy(2);
            OffsetAndMetadata reached = new OffsetAndMetadata(consumer.position(place, timeout), name);
            consumer.commitSync(Map.of(place, reached), timeout);
            named = true;
            // Shorter than the session: the coordinator counts from the last heartbeat, which may be a fifth older.
            Duration lease = session.multipliedBy(3).dividedBy(5);
            confirmed = new Confirmed(nanos + lease.toNanos(), millis + lease.toMillis());
            taken.complete(null);
        } catch (RebalanceInProgressException | RetriableException asksAgain) {
            LOG.debug("the place of {} is not confirmed", rigs, asksAgain);
        } catch (CommitFailedException notAMember) {
            forget();
        }
    }

    private boolean isNamedByAnother() {
        OffsetAndMetadata last =
                consumer.committed(Set.of(place), session.dividedBy(2)).get(place);
        boolean another = last != null && !last.metadata().equals(name);
        if (another) {
            lose(rigs + " were run by another process, " + last.metadata() + ", while this one was halted");
        }
        return another;
    }

    private void forget() {
        confirmed = Confirmed.NEVER;
        named = false;
        assignedNothingAt = System.nanoTime();
    }

    private void lose(String reason) {
        confirmed = Confirmed.NEVER;
        lost.complete(reason + "; this process stops, because both would send the same messages");
    }

    /** Who else is in the group, for people; empty if nobody is, or nobody answers. */
    private String others() {
        try (Admin admin = Admin.create(Patience.with(client))) {
            return Patience.of(client)
                    .answer(admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group))
                    .members()
                    .stream()
                    .filter(member -> !member.clientId().equals(name))
                    .map(member -> member.clientId() + " at " + member.host().replace("/", ""))
                    .collect(Collectors.joining(", "));
        } catch (ConfigurationException noAnswer) {
            LOG.warn("the group {} cannot be asked: {}", group, noAnswer.getMessage());
            return "";
        }
    }

    private String bootstrapServers() {
        return String.valueOf(client.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "unnamed-host";
        }
    }

    /** Free at once for the next. */
    @Override
    public void close() {
        closing = true;
        confirmed = Confirmed.NEVER;
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            answered = true;
            if (added.contains(place)) {
                assigned = true;
            } else if (!assigned) {
                assignedNothingAt = System.nanoTime();
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
