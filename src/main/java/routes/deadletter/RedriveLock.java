package routes.deadletter;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Lets one redrive run at a time, on whatever machine. The one who has the ledger's only partition in the consumer group
 * {@value #GROUP} holds it; when its process dies, Kafka takes the partition away after the session time-out, and
 * the next may go on. {@link #hold} has the group's coordinator confirm it, so that a process that was halted and
 * replaced meanwhile stops. For one thread.
 */
final class RedriveLock implements AutoCloseable {
    static final String GROUP = "rig-streams.redrive";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** How long a process that died without a word holds it. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(100);
    /** Longer than a batch takes at worst: its letters and then its entries, each within the client's own time limit. */
    private static final int MAX_POLL_INTERVAL_MILLIS = 600_000;

    private static final TopicPartition LEDGER = new TopicPartition(RedriveLedger.TOPIC, 0);

    private final Consumer<byte[], byte[]> consumer;
    private boolean assigned;
    private boolean held;
    private long ledgerEnd;

    private RedriveLock(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * @param client settings of a Kafka client
     * @param name who is to be named to others that try
     * @throws LetterException if another one holds it; names that one
     */
    static RedriveLock take(Map<String, Object> client, Admin admin, String name) {
        refuseIfOthers(admin, name);
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MILLIS);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        RedriveLock lock = new RedriveLock(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        try {
            lock.join(admin, name);
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void join(Admin admin, String name) {
        consumer.subscribe(List.of(RedriveLedger.TOPIC), new Listener());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!assigned) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "group " + GROUP + " gave no answer within " + PATIENCE.toSeconds() + " s to " + name);
            }
            consumer.poll(POLL);
        }
        if (!held) { // another one came at the same moment and was given the partition
            refuseIfOthers(admin, name);
            throw new LetterException("another redrive has begun at the same moment; try again when it is done");
        }
        ledgerEnd = consumer.position(LEDGER);
        hold();
    }

    private static void refuseIfOthers(Admin admin, String name) {
        String others = members(admin).entrySet().stream()
                .filter(member -> !member.getKey().equals(name))
                .map(member -> member.getKey() + " at " + member.getValue())
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            throw new LetterException("another redrive is under way: " + others + "; one runs at a time. If its process"
                    + " has died, its place is free again after " + SESSION.toSeconds() + " s");
        }
    }

    /** Of the group: name to address. */
    private static Map<String, String> members(Admin admin) {
        try {
            return admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP).members().stream()
                    .collect(Collectors.toMap(
                            member -> member.clientId(),
                            member -> member.host().replace("/", ""),
                            (one, another) -> one));
        } catch (ExecutionException e) {
            throw new KafkaException("group " + GROUP + " cannot be asked about: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * To be called before each batch, and at least every few minutes.
     *
     * @throws LetterException if it is held no more
     */
    void hold() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!confirmed()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("group " + GROUP + " has not settled within " + PATIENCE.toSeconds() + " s");
            }
            consumer.poll(POLL);
        }
    }

    /** A commit is refused to whoever is no member of the group's present generation. */
    private boolean confirmed() {
        try {
            consumer.poll(Duration.ZERO);
            if (!held) {
                throw lost(null);
            }
            consumer.commitSync(Map.of(LEDGER, new OffsetAndMetadata(ledgerEnd)));
            return true;
        } catch (RebalanceInProgressException anotherComesOrGoes) {
            return false;
        } catch (CommitFailedException e) {
            throw lost(e);
        }
    }

    private static LetterException lost(Throwable cause) {
        return new LetterException(
                "this redrive was halted for so long that its place was given away; it stops. What it has sent is noted;"
                        + " run it again to go on",
                cause);
    }

    /** How far the ledger reaches by what this run has written, so that the group shows no lag. */
    void ledgerReaches(long offset) {
        ledgerEnd = Math.max(ledgerEnd, offset);
    }

    /** Free at once for the next. */
    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(5));
    }

    private final class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            assigned = true;
            held |= added.contains(LEDGER);
            consumer.pause(added);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> taken) {
            held &= !taken.contains(LEDGER);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> taken) {
            held = false;
        }
    }
}
