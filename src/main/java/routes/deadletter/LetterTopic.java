package routes.deadletter;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import routes.kafka.KafkaCluster;
import routes.kafka.LogReader;
import routes.kafka.LogReader.Expiry;
import routes.kafka.OffsetRange;
import routes.kafka.TopicLog;

/**
 * The letters of a dead-letter topic, up to the ends that its partitions had when this was opened: what comes later is
 * not seen. Reads without a consumer group and changes nothing.
 */
public final class LetterTopic implements AutoCloseable {
    private final TopicLog log;
    private final LogReader reader;

    private LetterTopic(KafkaCluster cluster, TopicLog log) {
        this.log = log;
        this.reader = new LogReader(cluster, Expiry.PASSED_OVER);
    }

    /** @throws LetterException if there is no such topic */
    public static LetterTopic open(KafkaCluster cluster, String topic) {
        return new LetterTopic(
                cluster,
                TopicLog.of(cluster, topic)
                        .orElseThrow(() -> new LetterException("there is no topic " + topic + " in Kafka at "
                                + cluster.bootstrapServers() + "; `topics create` creates those of the catalogue")));
    }

    public String name() {
        return log.name();
    }

    /** Whether it holds no letter at all. */
    public boolean isEmpty() {
        return log.ranges().values().stream().allMatch(OffsetRange::isEmpty);
    }

    /**
     * Hands over the letters, partition by partition, oldest first.
     *
     * @param since letters that are older may be left out
     * @param taker false ends the reading
     */
    public void read(Optional<Instant> since, Predicate<Letter> taker) {
        SortedMap<Integer, Long> starts = since.map(log::since).orElse(new TreeMap<>());
        log.ranges().entrySet().stream()
                .allMatch(range -> read(
                        range.getKey(),
                        range.getValue().since(starts.getOrDefault(range.getKey(), 0L)),
                        record -> taker.test(new Letter(record))));
    }

    private boolean read(int partition, OffsetRange range, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        return reader.from(log.partitions(Map.of(partition, range))).read(taker);
    }

    /** @throws LetterException if there is none, or not any more */
    public Letter at(LetterId id) {
        OffsetRange range = log.ranges().get(id.partition());
        if (range == null) {
            throw new LetterException("there is no letter " + id + ": " + name() + " has the partitions 0 to "
                    + (log.ranges().size() - 1));
        }
        if (id.offset() >= range.end()) {
            throw new LetterException("there is no letter " + id + ": partition " + id.partition() + " of " + name()
                    + (range.isEmpty() ? " is empty, its next offset is " : " ends before offset ") + range.end());
        }
        AtomicReference<Letter> found = new AtomicReference<>();
        read(id.partition(), new OffsetRange(id.offset(), id.offset() + 1), record -> {
            found.set(new Letter(record));
            return false;
        });
        return Optional.ofNullable(found.get())
                .orElseThrow(() -> new LetterException(
                        id.offset() < range.begin()
                                ? "letter " + id + " has expired: partition " + id.partition() + " of " + name()
                                        + " begins at offset " + range.begin()
                                : "there is no letter " + id + ": " + name() + " has no record there any more"));
    }

    /** Whether the letter, if there ever was one, has expired. */
    boolean hasExpired(LetterId id) {
        OffsetRange range = log.ranges().get(id.partition());
        return range != null && id.offset() < range.begin();
    }

    @Override
    public void close() {
        reader.close();
    }
}
