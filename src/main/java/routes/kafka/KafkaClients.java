package routes.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;

/**
 * The Kafka clients of all routes. Endpoints with the same client settings share one producer, whose batches then fill
 * sooner; it stays open while one of their routes uses it. Every client's own meters are bound to the registry.
 */
public final class KafkaClients implements KafkaClientFactory, AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final MeterRegistry meters;
    private final CommitPolicy commits;
    private final ConsumerTroubles troubles;
    private final Map<Properties, SharedProducer> producers = new HashMap<>();
    private final Map<Thread, BoundConsumer> consumers = new HashMap<>();
    private int producersCreated;
    private int consumersCreated;

    public KafkaClients(MeterRegistry meters, CommitPolicy commits, ConsumerTroubles troubles) {
        this.meters = meters;
        this.commits = commits;
        this.troubles = troubles;
    }

    @Override
    public synchronized Producer<?, ?> getProducer(Properties settings) {
        SharedProducer producer = producers.get(settings);
        if (producer == null) {
            closeUnused();
            producer = newProducer(settings);
            producers.put((Properties) settings.clone(), producer);
        }
        producer.lend();
        return producer;
    }

    /** An edit of an endpoint's options asks for a producer with others, and leaves the former one to nobody. */
    private void closeUnused() {
        producers.values().removeIf(producer -> producer.closeIfUnused(CLOSE_TIMEOUT));
    }

    private SharedProducer newProducer(Properties settings) {
        Properties named = (Properties) settings.clone();
        named.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, "rig-streams-producer-" + ++producersCreated);
        return new SharedProducer(named, meters);
    }

    /** Called by a polling thread for itself, again after each failed batch. */
    @Override
    public synchronized Consumer<?, ?> getConsumer(Properties settings) {
        Properties named = (Properties) settings.clone();
        named.put(
                CommonClientConfigs.CLIENT_ID_CONFIG,
                settings.get(ConsumerConfig.GROUP_ID_CONFIG) + "-" + ++consumersCreated);
        RouteConsumer consumer = new RouteConsumer(named, commits, troubles);
        forgetEndedConsumers();
        KafkaClientMetrics bound = new KafkaClientMetrics(consumer);
        bound.bindTo(meters);
        consumers.put(Thread.currentThread(), new BoundConsumer(consumer, bound));
        return consumer;
    }

    /** A polling thread has one consumer at a time: its former one, and those of threads that ended, are closed. */
    private void forgetEndedConsumers() {
        consumers.entrySet().removeIf(entry -> {
            boolean ended =
                    entry.getKey() == Thread.currentThread() || !entry.getKey().isAlive();
            if (ended) {
                entry.getValue().meters().close();
            }
            return ended;
        });
    }

    /** Records that all consumers of this process together have yet to read, as of their last fetches. */
    public synchronized long consumerLag() {
        return consumers.values().stream()
                .flatMap(bound -> bound.consumer().metrics().values().stream())
                .filter(KafkaClients::isPartitionLag)
                .mapToLong(KafkaClients::lag)
                .sum();
    }

    private static boolean isPartitionLag(Metric metric) {
        return metric.metricName().name().equals("records-lag")
                && metric.metricName().tags().containsKey("partition");
    }

    private static long lag(Metric metric) {
        double records = (Double) metric.metricValue();
        return Double.isNaN(records) ? 0 : (long) records;
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return configuration.getBrokers();
    }

    /** Waits up to 5 seconds for each producer's unsent records, then closes it. */
    @Override
    public synchronized void close() {
        producers.values().forEach(producer -> producer.closeForGood(CLOSE_TIMEOUT));
        consumers.values().forEach(bound -> bound.meters().close());
    }

    private record BoundConsumer(Consumer<?, ?> consumer, KafkaClientMetrics meters) {}
}
