package routes.dashboard;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.GroupLag;

/** How far consumer groups are behind, as far as the cluster says; connects to it when first asked. */
final class GroupLags implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupLags.class);
    /** A cluster that did not answer is not asked again at once: a list of routes asks once for each of them. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Map<String, Object> client;
    private GroupLag lag;
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
            if (lag == null) {
                lag = new GroupLag(client);
            }
            return lag.records(group, topic);
        } catch (TimeoutException e) {
            LOG.debug("the lag of {} on {} is not known", group, topic, e);
            silentSince = System.nanoTime();
            return null;
        } catch (ExecutionException e) {
            LOG.debug("the lag of {} on {} is not known", group, topic, e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public synchronized void close() {
        if (lag != null) {
            lag.close();
        }
    }
}
