package routes.rigs;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.GroupPlace;
import routes.kafka.KafkaCluster;
import routes.kafka.Patience;
import routes.settings.ConfigurationException;

/**
 * Lets one process at a time run the rigs of an instance: the one that has the {@linkplain GroupPlace place} in the consumer
 * group of the fleet and instance, which is the checkpoint topic's first partition. What a process had handed to its Kafka
 * client before it was halted still leaves when it wakes: one message of each rig at most.
 *
 * <p>A process that lost the place gets it back if nobody else had it meanwhile; otherwise it is lost for good, because
 * the rigs are further than this process knows.
 */
public final class FleetPlace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetPlace.class);
    /** What a process that was killed gets beyond the session time-out, to be let in when it comes back. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final KafkaCluster cluster;
    private final String topic;
    private final String rigs;
    private final String group;
    private final Duration session;
    private final GroupPlace place;

    private FleetPlace(KafkaCluster cluster, String topic, String fleet, int instance, Duration session) {
        this.cluster = cluster;
        this.topic = topic;
        this.rigs = "the rigs of instance " + instance + " of the fleet " + fleet;
        this.group = "rig-streams.fleet." + fleet + "." + instance;
        this.session = session;
        this.place = new GroupPlace(
                cluster, group, new TopicPartition(topic, 0), "rig-streams", session, session.plus(GRACE));
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
        FleetPlace taken = new FleetPlace(new KafkaCluster(client), topic, fleet, instance, session);
        try {
            taken.await();
            return taken;
        } catch (RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    private void await() {
        long deadline = System.nanoTime() + session.plus(GRACE).toNanos();
        Patience patience = cluster.patience();
        for (int second = 0; !place.isTakenWithin(Duration.ofSeconds(1)); second++) {
            if (second == 2) {
                LOG.info(
                        "{} wait for their place, up to {} s: a process that was killed keeps it for {} s",
                        rigs,
                        session.plus(GRACE).toSeconds(),
                        session.toSeconds());
            }
            if (!place.isAnswered()) {
                patience.nothingMoved("the consumer group " + group);
            } else if (System.nanoTime() - deadline > 0) {
                throw refused();
            }
        }
    }

    private ConfigurationException refused() {
        return new ConfigurationException(place.others()
                .map(other -> "another process runs " + rigs + ": " + other
                        + "; stop that process, give each process an instance of its own (rigs.instance of"
                        + " rigs.instances), or run this one without rigs (rigs.count=0)")
                .orElse("the consumer group " + group + " does not give this process the topic " + topic
                        + "; check that the topic exists and that this user may read it"));
    }

    /** Whether this process may send what its rigs say, now. */
    public boolean isHeld() {
        return place.isHeld();
    }

    /** Has {@code owner} told, with the reason, once this process can hold the place no more. */
    public void onLost(Consumer<String> owner) {
        place.lost()
                .thenAccept(reason -> owner.accept("this process stops, because it must not send what " + rigs
                        + " say, as others may: " + reason));
    }

    /** Free at once for the next. */
    @Override
    public void close() {
        place.close();
        cluster.close();
    }
}
