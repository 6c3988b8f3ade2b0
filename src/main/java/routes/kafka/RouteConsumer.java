package routes.kafka;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.Metadata;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of a route. It hands over what a poll returned at once, and commits apart from the batches: the end of a
 * batch owes a commit ({@link #owe}), {@link #poll} makes it when it is due by the {@link CommitPolicy}, before a
 * partition is revoked, and when the consumer ends. While a commit that is due cannot be made, no further record is handed
 * over. What is lost after a crash is therefore read again, at most {@link CommitPolicy#maxRecords} or one poll.
 *
 * <p>For its polling thread; {@link #owe} for any thread while that one waits for the batch, {@link #oweLater} for any.
 */
final class RouteConsumer extends KafkaConsumer<Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(RouteConsumer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Camel's readiness check looks for a field of this name in the consumer's own class, and is green without it. */
    private final Object delegate;

    private final Metadata metadata;
    private final CommitPolicy policy;
    private final ConsumerTroubles troubles;
    private final ReadLogs logs;
    private final Map<TopicPartition, OffsetAndMetadata> owed = new HashMap<>();
    private final Map<TopicPartition, Long> oweLater = new ConcurrentHashMap<>();
    private long owedSinceNanos;
    private int uncommitted;
    private Cluster seen;
    /** Polled, but to be handed over only after a commit. */
    private ConsumerRecords<Object, Object> held = ConsumerRecords.empty();

    private boolean handedOver;

    /** @param settings of a Kafka consumer with the classic group protocol */
    RouteConsumer(Properties settings, CommitPolicy policy, ConsumerTroubles troubles) {
        super(settings);
        this.delegate = field(KafkaConsumer.class, "delegate", this);
        this.metadata = (Metadata) field(delegate.getClass(), "metadata", delegate);
        this.policy = policy;
        this.troubles = troubles;
        this.logs = new ReadLogs(this, topic -> metadata.fetch().topicId(topic), troubles);
    }

    /** Kafka's consumer tells neither its network client nor the topic ids of its metadata in any other way. */
    private static Object field(Class<?> declaring, String name, Object owner) {
        try {
            Field field = declaring.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this version of kafka-clients has no field " + declaring.getName() + "." + name
                            + "; rig-streams is built for "
                            + KafkaConsumer.class.getPackage().getImplementationVersion(),
                    e);
        }
    }

    /**
     * All up to these offsets is done with. Partitions that the consumer no longer has are left to their new owner.
     *
     * @param next by partition the offset to go on from
     */
    void owe(Map<TopicPartition, Long> next) {
        Set<TopicPartition> mine = assignment();
        if (owed.isEmpty()) {
            owedSinceNanos = System.nanoTime();
        }
        next.forEach((partition, offset) -> {
            if (mine.contains(partition)) {
                owed.put(partition, logs.commitOf(partition, offset));
            }
        });
    }

    /** As {@link #owe}, but from any thread at any time: the next poll owes it, if the partition was not away meanwhile. */
    void oweLater(Map<TopicPartition, Long> next) {
        oweLater.putAll(next);
    }

    private void oweWhatOthersHaveDone() {
        if (!oweLater.isEmpty()) {
            Map<TopicPartition, Long> taken = new HashMap<>(oweLater);
            taken.forEach(oweLater::remove);
            taken.entrySet().removeIf(done -> !logs.hasPassed(done.getKey(), done.getValue()));
            owe(taken);
        }
    }

    /** Which log a record of the batch in hand is of. */
    LogId log(TopicPartition partition, long offset) {
        String cluster = metadata.fetch().clusterResource().clusterId();
        return logs.of(cluster == null ? "" : cluster, partition, offset);
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        if (handedOver) {
            // Camel keeps what a poll returned until the next one returns: now it handles it.
            handedOver = false;
            return ConsumerRecords.empty();
        }
        oweWhatOthersHaveDone();
        if (millisUntilDue() <= 0 && !commit()) {
            return pause(timeout);
        }
        if (held.isEmpty()) {
            held = looked(super.poll(untilDue(timeout)));
        }
        if (exceeds(held.count()) && !commit()) {
            return pause(timeout);
        }
        ConsumerRecords<Object, Object> records = held;
        held = ConsumerRecords.empty();
        uncommitted += records.count();
        handedOver = !records.isEmpty();
        return records;
    }

    private boolean exceeds(int more) {
        return policy.maxRecords() > 0 && more > 0 && !owed.isEmpty() && uncommitted + more > policy.maxRecords();
    }

    private long millisUntilDue() {
        if (owed.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long nanos = owedSinceNanos + policy.interval().toNanos() - System.nanoTime();
        return nanos <= 0 ? 0 : nanos / 1_000_000 + 1;
    }

    private Duration untilDue(Duration timeout) {
        return Duration.ofMillis(Math.min(timeout.toMillis(), millisUntilDue()));
    }

    /** Not {@code super.poll}, which would fetch further records. */
    private static ConsumerRecords<Object, Object> pause(Duration timeout) {
        try {
            TimeUnit.MILLISECONDS.sleep(timeout.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return ConsumerRecords.empty();
    }

    /** What was polled, without what is read again from the start because its topic was created again. */
    private ConsumerRecords<Object, Object> looked(ConsumerRecords<Object, Object> polled) {
        ConsumerRecords<Object, Object> records = polled;
        Cluster now = metadata.fetch();
        if (now != seen) {
            seen = now;
            Set<TopicPartition> again = logs.createdAgain();
            if (!again.isEmpty()) {
                owed.keySet().removeAll(again);
                records = without(again, polled);
            }
        }
        logs.polled(records).forEach(owed::remove);
        return records;
    }

    private static ConsumerRecords<Object, Object> without(
            Set<TopicPartition> left, ConsumerRecords<Object, Object> records) {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> kept = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            if (!left.contains(partition)) {
                kept.put(partition, records.records(partition));
            }
        }
        return new ConsumerRecords<>(kept);
    }

    /** Commits what is owed, waiting a few seconds at most; what cannot be committed now stays owed. */
    void settle() {
        commit();
    }

    /** @return false if records that were not yet handed over have to wait for it */
    private boolean commit() {
        owed.keySet().retainAll(assignment());
        if (owed.isEmpty()) {
            return true;
        }
        try {
            commitSync(Map.copyOf(owed), PATIENCE);
            owed.clear();
            uncommitted = 0;
            troubles.commits(this);
        } catch (RebalanceInProgressException notBeforeItsEnd) {
            LOG.debug("a commit waits for the end of a rebalance", notBeforeItsEnd);
            owedSinceNanos = System.nanoTime();
        } catch (CommitFailedException othersHaveThePartitions) {
            // The next poll joins the group again, and reads on from its commits.
            LOG.debug("the group has given the partitions away", othersHaveThePartitions);
            owed.clear();
            held = ConsumerRecords.empty();
        } catch (WakeupException | InterruptException | FencedInstanceIdException end) {
            throw end;
        } catch (KafkaException refused) {
            troubles.refusesCommits(this, groupMetadata().groupId(), refused);
            return false;
        }
        return true;
    }

    /** A consumer that is told to stop has been woken up for it, which ends the first call of whatever kind. */
    private void commitAtEnd() {
        try {
            commit();
        } catch (WakeupException toldToStop) {
            commit();
        } finally {
            owed.clear();
            held = ConsumerRecords.empty();
            troubles.commits(this);
        }
    }

    @Override
    public void unsubscribe() {
        try {
            commitAtEnd();
        } finally {
            super.unsubscribe();
        }
    }

    @Override
    public void close() {
        try {
            commitAtEnd();
        } finally {
            super.close();
        }
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Settling(listener));
    }

    @Override
    public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Settling(listener));
    }

    private final class Settling implements ConsumerRebalanceListener {
        private final ConsumerRebalanceListener listener;

        Settling(ConsumerRebalanceListener listener) {
            this.listener = listener;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit();
            leave(partitions);
            listener.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            leave(partitions);
            listener.onPartitionsLost(partitions);
        }

        private void leave(Collection<TopicPartition> partitions) {
            owed.keySet().removeAll(partitions);
            logs.forget(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            logs.assigned(partitions);
            listener.onPartitionsAssigned(partitions);
        }
    }
}
