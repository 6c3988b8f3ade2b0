package routes.dashboard;

import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.KafkaCluster;
import routes.kafka.TopicLog;
import routes.settings.ConfigurationException;
import routes.settings.UnreachableException;

/** How far consumer groups are behind, as far as the cluster says; connects to it when first asked. */
final class GroupLags implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupLags.class);
    /** A cluster that did not answer is not asked again at once: a list of routes asks once for each of them. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Map<String, Object> client;
    private KafkaCluster cluster;
    private long silentSince = System.nanoTime() - PAUSE_NANOS;

    /** @param client Kafka client settings, {@code bootstrap.servers} among them */
    GroupLags(Map<String, Object> client) {
        this.client = client;
    }

    /** @return null if the cluster does not answer or has no such topic */
    synchronized Long of(String group, String topic) {
        if (System.nanoTime() - silentSince < PAUSE_NANOS) {
            return null;
        }
        try {
            if (cluster == null) {
                cluster = new KafkaCluster(client, WAIT);
            }
            return TopicLog.lag(cluster, group, topic);
        } catch (ConfigurationException e) {
            LOG.debug("the lag of {} on {} is not known", group, topic, e);
            silentSince = e instanceof UnreachableException ? System.nanoTime() : silentSince;
            return null;
        }
    }

    @Override
    public synchronized void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
