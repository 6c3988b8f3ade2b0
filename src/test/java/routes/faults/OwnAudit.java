package routes.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import routes.faults.StageCheck.Copy;
import routes.kafka.TopicCatalogue;

/**
 * The tests' own audit of a cluster that may be working: reads all topics and compares them in memory. What the groups
 * have committed is asked first, the ends of the topics after that: what is committed must stand before those ends.
 */
final class OwnAudit {
    private static final String FLAGGED = "rig.flagged";
    private static final String DEAD_LETTERS = "rig.dead-letters";
    private static final String CHANNELS = "rig.channels.";
    /** Only floaters have its channels. */
    private static final String OF_FLOATERS = CHANNELS + "vessel";

    private static final Duration READ_ALL = Duration.ofMinutes(10);

    private final String bootstrap;
    private final Map<String, Map<Integer, Long>> committed = new HashMap<>();
    private final Telemetry telemetry = new Telemetry();
    private final Map<String, StageCheck> checks = new TreeMap<>();
    private final List<Long> routedAt = new ArrayList<>();

    private OwnAudit(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    static Findings of(String bootstrap, Evidence evidence) {
        OwnAudit audit = new OwnAudit(bootstrap);
        Evidence.GROUPS.forEach(group -> evidence.await(group + " says what it has committed", () -> {
            Optional<Map<Integer, Long>> offsets = evidence.committed(group);
            offsets.ifPresent(found -> audit.committed.put(group, found));
            return offsets.isPresent();
        }));
        return audit.run();
    }

    private Findings run() {
        read(List.of(Evidence.TELEMETRY), record -> telemetry.take(Source.of(record)));
        List<String> routed = TopicCatalogue.builtIn().topics().stream()
                .map(topic -> topic.name())
                .filter(OwnAudit::isRouted)
                .toList();
        prepare(routed);
        read(routed, this::take);
        List<Stage> stages = new ArrayList<>(List.of(telemetry.stage()));
        checks.values().forEach(check -> stages.add(check.stage()));
        return new Findings(
                stages,
                telemetry,
                routedAt.stream().mapToLong(at -> at).sorted().toArray());
    }

    static boolean isRouted(String topic) {
        return topic.startsWith(Evidence.ACTIVITY)
                || topic.startsWith(CHANNELS)
                || topic.equals(FLAGGED)
                || topic.equals(DEAD_LETTERS);
    }

    private void prepare(List<String> topics) {
        topics.stream()
                .filter(topic -> topic.startsWith(CHANNELS))
                .forEach(topic -> check(
                        topic,
                        1,
                        source ->
                                topic.equals(OF_FLOATERS) || !source.isGood() ? Optional.empty() : Optional.of(topic)));
        check(Evidence.ACTIVITY, 0, Source::activityTopic);
        check(FLAGGED, 2, source -> source.flagged() ? Optional.of(FLAGGED) : Optional.empty());
        check(DEAD_LETTERS, 0, source -> source.isGood() ? Optional.empty() : Optional.of(DEAD_LETTERS));
    }

    private void check(String to, int group, Function<Source, Optional<String>> destination) {
        checks.put(to, new StageCheck(to, telemetry, committed.get(Evidence.GROUPS.get(group)), destination));
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(DEAD_LETTERS)) {
            takeLetter(record);
        } else if (record.topic().startsWith(Evidence.ACTIVITY)) {
            routedAt.add(record.timestamp());
            takeWhole(Evidence.ACTIVITY, record);
        } else if (record.topic().equals(FLAGGED)) {
            takeWhole(FLAGGED, record);
        } else {
            checks.get(record.topic()).take(copy(record));
        }
    }

    private void takeWhole(String to, ConsumerRecord<byte[], byte[]> record) {
        StageCheck check = checks.get(to);
        Copy copy = copy(record);
        check.take(copy)
                .filter(source -> source.checksum() != Source.checksum(record.value()))
                .ifPresent(source -> check.problem(copy + " has other bytes than " + source));
    }

    private void takeLetter(ConsumerRecord<byte[], byte[]> letter) {
        StageCheck check = checks.get(DEAD_LETTERS);
        Copy copy = new Copy(
                letter.topic(),
                Integer.parseInt(header(letter, "__connect.errors.partition")),
                Long.parseLong(header(letter, "__connect.errors.offset")),
                letter.timestamp());
        check.take(copy).ifPresent(source -> {
            if (!source.kind().equals(header(letter, "dlq.reason"))) {
                check.problem(copy + " has the reason " + header(letter, "dlq.reason") + ", expected " + source.kind());
            }
            if (source.checksum() != Source.checksum(letter.value())) {
                check.problem(copy + " has other bytes than " + source);
            }
        });
    }

    private static Copy copy(ConsumerRecord<byte[], byte[]> record) {
        String[] source = header(record, "source").split("/");
        return new Copy(record.topic(), Integer.parseInt(source[1]), Long.parseLong(source[2]), record.timestamp());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Source.header(record, name)
                .orElseThrow(() -> new AssertionError(
                        record.topic() + "/" + record.partition() + "/" + record.offset() + " has no header " + name));
    }

    private void read(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        read(bootstrap, topics, taker);
    }

    /** All there is now, in the order of each partition. */
    static void read(String bootstrap, Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "max.poll.records", 5_000, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await()
                    .atMost(READ_ALL)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                            if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                                taker.accept(record);
                            }
                        });
                        ends.keySet().stream()
                                .filter(partition -> consumer.position(partition) >= ends.get(partition))
                                .forEach(partition -> consumer.pause(List.of(partition)));
                        return consumer.paused().size() == partitions.size();
                    });
        }
    }
}
