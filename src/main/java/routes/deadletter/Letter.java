package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A dead letter as it stands in its topic: one that {@link DeadLetters} made, or one of Kafka Connect, which has the
 * headers {@code __connect.errors.*} only. Whatever a letter does not say, or not in the expected form, is empty.
 */
public final class Letter {
    /** The dead-letter topic of this application. */
    public static final String TOPIC = "rig.dead-letters";
    /** The reason of a letter that gives none, as one of Kafka Connect. */
    public static final String UNKNOWN_REASON = "unknown";

    static final String CONNECT = "__connect.errors.";
    static final String ORIGINAL_TOPIC = "x-original-topic";
    static final String OURS = "dlq.";
    static final String FIRST_FAILED_AT = "dlq.first-failed-at";
    static final String REDRIVE_COUNT = "dlq.redrive-count";
    private static final String STORED_ONE_BY_ONE = "dlq.stored-headers";

    private final ConsumerRecord<byte[], byte[]> record;

    Letter(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
    }

    /** A part of a record. One that does not fit into its letter is kept whole, in a file of its own. */
    public enum Part {
        VALUE("", ".bin"),
        HEADERS("headers-", ".headers"),
        KEY("key-", ".key");

        private final String header;
        private final String extension;

        Part(String header, String extension) {
            this.header = OURS + "stored-" + header;
            this.extension = extension;
        }

        /** As people call it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The letter's header that says this about the part. */
        String header(String what) {
            return header + what;
        }

        /** What the name of its file ends in. */
        String extension() {
            return extension;
        }
    }

    /**
     * A part that did not fit into its letter.
     *
     * @param path the file that has it, as the application that wrote it saw it
     * @param sha256 of the whole part, in hexadecimal
     * @param bytes its size; −1 if the letter does not say
     */
    public record Stored(Part part, String path, String sha256, long bytes) {}

    public LetterId id() {
        return new LetterId(record.partition(), record.offset());
    }

    /** The dead-letter topic it stands in. */
    public String topic() {
        return record.topic();
    }

    /** When it came into the dead-letter topic. */
    public Instant time() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** May be null; of a {@linkplain #stored() stored} key only the beginning. */
    public byte[] key() {
        return record.key();
    }

    /** May be null; of a {@linkplain #stored() stored} value only the beginning. */
    public byte[] value() {
        return record.value();
    }

    public Headers headers() {
        return record.headers();
    }

    public Optional<String> originalTopic() {
        return Stream.of(CONNECT + "topic", ORIGINAL_TOPIC)
                .flatMap(name -> text(name).stream())
                .findFirst();
    }

    public OptionalInt originalPartition() {
        OptionalLong partition = number(CONNECT + "partition");
        return partition.isPresent() && partition.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) partition.getAsLong())
                : OptionalInt.empty();
    }

    public OptionalLong originalOffset() {
        return number(CONNECT + "offset");
    }

    /** Its reason code, {@value #UNKNOWN_REASON} if it gives none. */
    public String reason() {
        return text("dlq.reason").orElse(UNKNOWN_REASON);
    }

    /** How often a step failed on the record before it was given up. */
    public OptionalLong attempts() {
        return number("dlq.attempts");
    }

    /** How often the record had been redriven before this letter was made of it. */
    public long redriveCount() {
        return number(REDRIVE_COUNT).orElse(0);
    }

    /** What of the record is kept outside the letter. */
    public List<Stored> stored() {
        return Stream.of(Part.values()).flatMap(part -> stored(part).stream()).toList();
    }

    Optional<Stored> stored(Part part) {
        return text(part.header("path"))
                .map(path -> new Stored(
                        part,
                        path,
                        text(part.header("sha256")).orElse(""),
                        number(part.header("bytes")).orElse(-1)));
    }

    /** The names of the headers that an earlier version kept outside, each beside the value. */
    List<String> storedOneByOne() {
        return text(STORED_ONE_BY_ONE).map(names -> List.of(names.split(","))).orElse(List.of());
    }

    /** Size of the original value; 0 if there is none. */
    public long bytes() {
        long kept = record.value() == null ? 0 : record.value().length;
        return stored(Part.VALUE).map(value -> Math.max(value.bytes(), kept)).orElse(kept);
    }

    /**
     * All headers of the record as they were, if the letter has them itself.
     *
     * @throws IllegalArgumentException with the end of a sentence, if they cannot be read
     */
    public Optional<List<Header>> originalHeaders() {
        Header header = record.headers().lastHeader(OriginalHeaders.HEADER);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(OriginalHeaders.read(header.value()));
    }

    /** The last header of that name, as text. */
    Optional<String> text(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    private OptionalLong number(String name) {
        return text(name)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** Where the record stood, as the header {@code source} of a record made from it says; empty if that is not known. */
    String origin() {
        return originalTopic().isEmpty()
                        || originalPartition().isEmpty()
                        || originalOffset().isEmpty()
                ? ""
                : originalTopic().get() + "/" + originalPartition().getAsInt() + "/"
                        + originalOffset().getAsLong();
    }

    /** Where it stands, as the header {@code source} of a record made from it says. */
    String place() {
        return topic() + "/" + id().partition() + "/" + id().offset();
    }
}
