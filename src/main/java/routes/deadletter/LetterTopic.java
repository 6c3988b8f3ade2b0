package routes.deadletter;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import routes.deadletter.TopicReader.Range;

/**
 * The letters of a dead-letter topic, up to the ends that its partitions had when this was opened: what comes later is
 * not seen. Reads without a consumer group and changes nothing.
 *
 * <p>Every method throws {@link org.apache.kafka.common.KafkaException} when Kafka does not answer.
 */
public final class LetterTopic implements AutoCloseable {
    private final TopicReader reader;

    private LetterTopic(TopicReader reader) {
        this.reader = reader;
    }

    /**
     * @param client settings of a Kafka client
     * @throws LetterException if there is no such topic
     */
    public static LetterTopic open(Map<String, Object> client, String topic) {
        return new LetterTopic(TopicReader.open(client, topic)
                .orElseThrow(() -> new LetterException("there is no topic " + topic + " in Kafka at "
                        + client.get("bootstrap.servers") + "; `topics create` creates those of the catalogue")));
    }

    public String name() {
        return reader.topic();
    }

    /** Whether it holds no letter at all. */
    public boolean isEmpty() {
        return reader.ranges().values().stream().allMatch(Range::isEmpty);
    }

    /**
     * Hands over the letters, partition by partition, oldest first.
     *
     * @param since letters that are older may be left out
     * @param taker false ends the reading
     */
    public void read(Optional<Instant> since, Predicate<Letter> taker) {
        reader.read(since, record -> taker.test(new Letter(record)));
    }

    /** @throws LetterException if there is none, or not any more */
    public Letter at(LetterId id) {
        Range range = reader.ranges().get(id.partition());
        if (range == null) {
            throw new LetterException("there is no letter " + id + ": " + name() + " has the partitions 0 to "
                    + (reader.ranges().size() - 1));
        }
        if (id.offset() >= range.end()) {
            throw new LetterException("there is no letter " + id + ": partition " + id.partition() + " of " + name()
                    + (range.isEmpty() ? " is empty, its next offset is " : " ends before offset ") + range.end());
        }
        AtomicReference<Letter> found = new AtomicReference<>();
        reader.read(id.partition(), id.offset(), id.offset() + 1, record -> {
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
        Range range = reader.ranges().get(id.partition());
        return range != null && id.offset() < range.begin();
    }

    @Override
    public void close() {
        reader.close();
    }
}
