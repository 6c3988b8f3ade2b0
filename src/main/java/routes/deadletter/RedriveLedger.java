package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import routes.kafka.KafkaCluster;
import routes.kafka.LogReader;
import routes.kafka.LogReader.Expiry;
import routes.kafka.TopicLog;

/**
 * Which letters of a dead-letter topic have been redriven, as the compacted topic {@value #TOPIC} said when this was
 * read. Its keys are the letters' places, as in {@code rig.dead-letters/3/17}, its values for example
 * {@code {"letter":"2026-11-20T10:00:00Z","time":"2026-11-20T11:00:00Z","run":"host-4711","target":"rig.telemetry/3/99"}}:
 * when the letter was written, when, by which run and to where it was sent. An entry counts only for a letter that was
 * written at that time: if the dead-letter topic is made anew, its offsets begin again.
 */
public final class RedriveLedger {
    /** The topic; it has one partition. */
    public static final String TOPIC = "rig.redrives";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<LetterId, Long> redriven = new HashMap<>();

    private RedriveLedger() {}

    /**
     * What is noted of one letter.
     *
     * @param letter when the letter was written
     * @param time when it was sent again
     * @param run which run did it
     * @param target where it stands now, as {@code topic/partition/offset}
     */
    public record Entry(Instant letter, Instant time, String run, String target) {}

    /** Reads what the ledger says of a dead-letter topic's letters; a ledger that does not exist says nothing. */
    public static RedriveLedger read(KafkaCluster cluster, String letterTopic) {
        RedriveLedger ledger = new RedriveLedger();
        each(cluster, letterTopic, (id, record) -> entry(record)
                .ifPresentOrElse(
                        entry -> ledger.redriven.put(id, entry.letter().toEpochMilli()),
                        () -> ledger.redriven.remove(id)));
        return ledger;
    }

    /** What it says of one letter. */
    public static Optional<Entry> find(KafkaCluster cluster, Letter letter) {
        List<Entry> found = new ArrayList<>();
        each(cluster, letter.topic(), (id, record) -> {
            if (id.equals(letter.id())) {
                found.clear();
                entry(record)
                        .filter(entry -> entry.letter().equals(letter.time()))
                        .ifPresent(found::add);
            }
        });
        return found.stream().findFirst();
    }

    private interface Taker {
        void take(LetterId id, ConsumerRecord<byte[], byte[]> record);
    }

    private static void each(KafkaCluster cluster, String letterTopic, Taker taker) {
        Optional<TopicLog> log = TopicLog.of(cluster, TOPIC);
        if (log.isEmpty()) {
            return;
        }
        try (LogReader reader = new LogReader(cluster, Expiry.PASSED_OVER)) {
            reader.from(log.get().partitions(log.get().ranges())).read(record -> {
                id(record, letterTopic).ifPresent(id -> taker.take(id, record));
                return true;
            });
        }
    }

    private static Optional<LetterId> id(ConsumerRecord<byte[], byte[]> record, String letterTopic) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        String prefix = letterTopic + "/";
        if (!key.startsWith(prefix) || !key.substring(prefix.length()).matches("\\d{1,9}/\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(LetterId.parse(key.substring(prefix.length()).replace('/', ':')));
    }

    /** Empty for a tombstone, and for what is no entry: a letter is rather sent twice than not at all. */
    private static Optional<Entry> entry(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(record.value());
            return Optional.of(new Entry(
                    Instant.parse(json.path("letter").asText()),
                    Instant.parse(json.path("time").asText()),
                    json.path("run").asText(),
                    json.path("target").asText()));
        } catch (IOException | DateTimeException notOne) {
            return Optional.empty();
        }
    }

    /** Whether the letter has been sent again. */
    public boolean has(Letter letter) {
        Long written = redriven.get(letter.id());
        return written != null && written == letter.time().toEpochMilli();
    }

    /** Those that have expired from the dead-letter topic: nobody will ask for them again. */
    List<LetterId> expired(LetterTopic letters) {
        return redriven.keySet().stream().filter(letters::hasExpired).toList();
    }

    /** The entry to be written once the letter's record has been acknowledged. */
    static ProducerRecord<byte[], byte[]> entry(Letter letter, RecordMetadata target, Instant now, String run) {
        String value = JSON.createObjectNode()
                .put("letter", letter.time().toString())
                .put("time", now.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("run", run)
                .put("target", target.topic() + "/" + target.partition() + "/" + target.offset())
                .toString();
        return new ProducerRecord<>(TOPIC, letter.place().getBytes(UTF_8), value.getBytes(UTF_8));
    }

    /** What makes the ledger forget a letter. */
    static ProducerRecord<byte[], byte[]> forgetting(String letterTopic, LetterId id) {
        String key = letterTopic + "/" + id.partition() + "/" + id.offset();
        return new ProducerRecord<>(TOPIC, key.getBytes(UTF_8), null);
    }
}
