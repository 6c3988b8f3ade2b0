package routes.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import routes.kafka.TopicCatalogue;

/** What a cluster holds and how far its consumers are, seen from outside while it works and while it does not. */
final class Evidence implements AutoCloseable {
    static final String TELEMETRY = "rig.telemetry";
    static final String ACTIVITY = "rig.activity.";
    static final List<String> GROUPS =
            List.of("rig-streams.route-telemetry", "rig-streams.slice-telemetry", "rig-streams.flag-telemetry");

    private static final Duration ANSWER = Duration.ofSeconds(4);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final Admin admin;
    private final Duration patience;
    private final Supplier<String> circumstances;

    /**
     * @param patience how long whatever is awaited may take
     * @param circumstances told with what did not come to pass
     */
    Evidence(String bootstrap, Duration patience, Supplier<String> circumstances) {
        // That a broker which is broken on purpose cannot be reached is nothing to warn of.
        Configurator.setLevel("org.apache.kafka.clients.NetworkClient", Level.ERROR);
        this.admin = Admin.create(Map.of(
                "bootstrap.servers",
                bootstrap,
                "request.timeout.ms",
                2_000,
                "default.api.timeout.ms",
                (int) ANSWER.toMillis(),
                "reconnect.backoff.max.ms",
                200));
        this.patience = patience;
        this.circumstances = circumstances;
    }

    /** How many records the topics hold whose names begin so; empty if the broker does not say. */
    OptionalLong records(String prefix) {
        return offsets(prefix).values().stream().mapToLong(end -> end.offset()).reduce(Long::sum);
    }

    /** The end of each partition of a topic; empty if the broker does not say. */
    Map<Integer, Long> ends(String topic) {
        Map<Integer, Long> ends = new HashMap<>();
        offsets(topic).forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(String prefix) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions(prefix).forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        return answer(admin.listOffsets(asked).all()).orElse(Map.of());
    }

    private static List<TopicPartition> partitions(String prefix) {
        return TopicCatalogue.builtIn().topics().stream()
                .filter(topic -> topic.name().startsWith(prefix))
                .flatMap(topic -> IntStream.range(0, topic.partitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .toList();
    }

    private static <T> Optional<T> answer(KafkaFuture<T> future) {
        try {
            return Optional.of(future.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether the broker answers a question. */
    boolean answers() {
        return records(TELEMETRY).isPresent();
    }

    /** What a group has committed of {@code rig.telemetry}, by partition; empty if the broker does not say. */
    Optional<Map<Integer, Long>> committed(String group) {
        return answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .map(Evidence::byPartition);
    }

    private static Map<Integer, Long> byPartition(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<Integer, Long> committed = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            if (partition.topic().equals(TELEMETRY) && offset != null) {
                committed.put(partition.partition(), offset.offset());
            }
        });
        return committed;
    }

    /** How many records of {@code rig.telemetry} a group has yet to commit; empty if the broker does not say. */
    OptionalLong lag(String group) {
        OptionalLong held = records(TELEMETRY);
        Optional<Map<Integer, Long>> committed = committed(group);
        if (held.isEmpty() || committed.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(held.getAsLong()
                - committed.get().values().stream().mapToLong(offset -> offset).sum());
    }

    /** How many members the group of {@code route-telemetry} has, 0 if the broker does not say. */
    int members() {
        return members(GROUPS.get(0));
    }

    /** How many members a group has, 0 if the broker does not say. */
    int members(String group) {
        return answer(admin.describeConsumerGroups(List.of(group)).all())
                .map(groups -> groups.get(group).members().size())
                .orElse(0);
    }

    /** Waits until the topics hold that many more than now, the broker answering or not. */
    void awaitMore(String prefix, long more) {
        await("the broker says what " + prefix + " holds", () -> records(prefix).isPresent());
        awaitRecords(prefix, records(prefix).orElseThrow() + more);
    }

    void awaitRecords(String prefix, long atLeast) {
        await(prefix + " holds " + atLeast + " records", () -> records(prefix).orElse(0) >= atLeast);
    }

    /** Waits until each group has committed all that stands in {@code rig.telemetry} now. */
    void awaitCaughtUp() {
        Map<Integer, Long> ends = new HashMap<>();
        await("the broker says what " + TELEMETRY + " holds", () -> {
            ends.putAll(ends(TELEMETRY));
            return !ends.isEmpty();
        });
        for (String group : GROUPS) {
            await(group + " has committed " + ends, () -> committed(group)
                    .filter(offsets -> ends.entrySet().stream()
                            .allMatch(end -> offsets.getOrDefault(end.getKey(), 0L) >= end.getValue()))
                    .isPresent());
        }
    }

    /** @param what is to come to pass */
    void await(String what, Callable<Boolean> cameToPass) {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(GLANCE)
                    .until(cameToPass);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + patience + ": " + what + "\n" + circumstances.get(), e);
        }
    }

    /** Polls something that takes its time. */
    static void until(Duration patience, String what, Callable<Boolean> done) {
        Awaitility.await(what)
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(done);
    }

    /** Lets a fault last; no time if that is negative. */
    static void last(Duration time) {
        if (time.isNegative()) {
            return;
        }
        long until = System.nanoTime() + time.toNanos();
        Awaitility.await()
                .atMost(time.plusSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> System.nanoTime() >= until);
    }

    @Override
    public void close() {
        admin.close(ANSWER);
    }
}
