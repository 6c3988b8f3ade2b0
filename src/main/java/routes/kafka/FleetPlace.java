package routes.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
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
 * <p>A process that lost the place gets it back if nobody else had it meanwhile; otherwise it is lost for good, because
 * the rigs are further than this process knows.
 */
public final class FleetPlace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetPlace.class);
    /** What a process that was killed gets beyond the session time-out, to be let in when it comes back. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Map<String, Object> client;
    private final TopicPartition place;
    private final String rigs;
    private final String group;
    private final String name;
    private final Duration session;
    private final PlaceKeeper keeper;
    private final Thread thread;

    private FleetPlace(Map<String, Object> client, String topic, String fleet, int instance, Duration session) {
        this.client = Map.copyOf(client);
        this.place = new TopicPartition(topic, 0);
        this.rigs = "the rigs of instance " + instance + " of the fleet " + fleet;
        this.group = "rig-streams.fleet." + fleet + "." + instance;
        this.name = "rig-streams-" + host() + "-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 4);
        this.session = session;
        this.keeper = new PlaceKeeper(
                new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                place,
                name,
                session,
                session.plus(GRACE),
                this::others);
        this.thread = new Thread(keeper, "fleet-place");
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
        for (int second = 0; !isTaken(); second++) {
            if (second == 2) {
                LOG.info(
                        "{} wait for their place, up to {} s: a process that was killed keeps it for {} s",
                        rigs,
                        session.plus(GRACE).toSeconds(),
                        session.toSeconds());
            }
            if (!keeper.isAnswered()) {
                patience.nothingMoved("the consumer group " + group);
            } else if (System.nanoTime() - deadline > 0) {
                throw refused();
            }
        }
    }

    /** Waits a second for it. */
    private boolean isTaken() {
        try {
            keeper.taken().get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException e) {
            throw TopicFailure.of(e.getCause(), String.valueOf(client.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)));
        } catch (InterruptedException e) {
            throw TopicFailure.interrupted(e);
        }
    }

    private ConfigurationException refused() {
        return new ConfigurationException(others().map(other -> "another process runs " + rigs + ": " + other
                        + "; stop that process, give each process an instance of its own (rigs.instance of"
                        + " rigs.instances), or run this one without rigs (rigs.count=0)")
                .orElse("the consumer group " + group + " does not give this process the topic " + place.topic()
                        + "; check that the topic exists and that this user may read it"));
    }

    /** Whether this process may send what its rigs say, now. */
    public boolean isHeld() {
        return keeper.isHeld();
    }

    /** Has {@code owner} told, with the reason, once this process can hold the place no more. */
    public void onLost(Consumer<String> owner) {
        keeper.lost()
                .thenAccept(reason -> owner.accept("this process stops, because it must not send what " + rigs
                        + " say, as others may: " + reason));
    }

    /** Who else is in the group, for people; empty if nobody is, or nobody answers. */
    private Optional<String> others() {
        try (Admin admin = Admin.create(Patience.with(client))) {
            String others = Patience.of(client)
                    .answer(admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group))
                    .members()
                    .stream()
                    .filter(member -> !member.clientId().equals(name))
                    .map(member -> member.clientId() + " at " + member.host().replace("/", ""))
                    .collect(Collectors.joining(", "));
            return Optional.of(others).filter(found -> !found.isEmpty());
        } catch (ConfigurationException noAnswer) {
            LOG.warn("the group {} cannot be asked: {}", group, noAnswer.getMessage());
            return Optional.empty();
        }
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
        keeper.stop();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
