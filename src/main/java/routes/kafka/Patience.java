package routes.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long somebody who asks Kafka waits: as long as the client's settings say, which is {@code kafka.wait}. Nobody waits
 * without a limit, and a long wait says every 10 s what it waits for. For one wait after the other.
 */
public final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final int MILLIS = 15_000;
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);
    /** The client itself ends the wait, with a reason; this is for one that does not. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final Duration longest;
    private long movedAt = System.nanoTime();
    private long saidAt = movedAt;

    private Patience(String bootstrapServers, Duration longest) {
        this.bootstrapServers = bootstrapServers;
        this.longest = longest;
    }

    /** @param client settings of a Kafka client, with at least {@code bootstrap.servers} */
    public static Patience of(Map<String, Object> client) {
        return new Patience(
                String.valueOf(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)),
                Duration.ofMillis(Long.parseLong(with(client)
                        .get(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG)
                        .toString())));
    }

    /** @return the settings of a client, with time limits for those that lack them */
    public static Map<String, Object> with(Map<String, Object> client) {
        Map<String, Object> patient = new HashMap<>(client);
        String apiTimeout = CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG;
        String requestTimeout = CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG;
        int all = millis(patient, apiTimeout, MILLIS);
        int request = millis(patient, requestTimeout, Math.min(all, MILLIS));
        patient.put(requestTimeout, request);
        patient.put(apiTimeout, Math.max(request, all)); // Kafka refuses one that is less
        return patient;
    }

    private static int millis(Map<String, Object> client, String key, int otherwise) {
        Object value = client.get(key);
        return value == null ? otherwise : Integer.parseInt(value.toString());
    }

    /**
     * The answer to one question.
     *
     * @throws routes.settings.UnreachableException if none comes in time
     * @throws routes.settings.ConfigurationException if the cluster refuses
     */
    public <T> T answer(KafkaFuture<T> asked) {
        try {
            return outcome(asked);
        } catch (ExecutionException e) {
            throw TopicFailure.of(e.getCause(), bootstrapServers);
        }
    }

    /**
     * As {@link #answer}, for who expects a refusal.
     *
     * @throws ExecutionException with what the cluster or its client said
     */
    public <T> T outcome(KafkaFuture<T> asked) throws ExecutionException {
        moved();
        while (true) {
            try {
                return asked.get(BETWEEN_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException noAnswerYet) {
                nothingMoved("an answer", GRACE);
            } catch (InterruptedException e) {
                throw TopicFailure.interrupted(e);
            }
        }
    }

    /** Something came: the wait begins anew. */
    void moved() {
        movedAt = System.nanoTime();
        saidAt = movedAt;
    }

    /**
     * To be called at least every few seconds while nothing comes.
     *
     * @param what is waited for
     * @throws routes.settings.UnreachableException if that has been so for too long
     */
    public void nothingMoved(String what) {
        nothingMoved(what, Duration.ZERO);
    }

    private void nothingMoved(String what, Duration grace) {
        long now = System.nanoTime();
        Duration waited = Duration.ofNanos(now - movedAt);
        if (waited.compareTo(longest.plus(grace)) > 0) {
            throw TopicFailure.of(
                    new org.apache.kafka.common.errors.TimeoutException(
                            "waited " + waited.toSeconds() + " s for " + what),
                    bootstrapServers);
        }
        if (now - saidAt > BETWEEN_WORDS.toNanos() * 9 / 10) {
            saidAt = now;
            LOG.warn(
                    "waiting for Kafka at {} for {} s: {}; giving up after {} s (kafka.wait)",
                    bootstrapServers,
                    waited.toSeconds(),
                    what,
                    longest.toSeconds());
        }
    }
}
