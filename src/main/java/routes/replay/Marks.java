package routes.replay;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import routes.kafka.Records;

/**
 * The headers that a record gets when it is played back, behind its own: the mark of the replay, its former position, its
 * former time, and the id of its topic, whose offsets begin anew when the topic is made again. They tell what an
 * interrupted replay has done.
 *
 * @param topic where the records were
 * @param topicId empty if it is not known, as of what comes from an archive
 * @param mark of the replay
 */
record Marks(String topic, String topicId, String mark) {
    /** {@code topic/partition/offset} of the original. */
    static final String SOURCE = Records.REPLAY_HEADER + ".source";
    /** The original's timestamp, ISO 8601 in UTC. */
    static final String TIME = Records.REPLAY_HEADER + ".time";

    /** The id of the original's topic, where it is known. */
    static final String TOPIC_ID = Records.REPLAY_HEADER + ".topic-id";

    private static final Pattern POSITION = Pattern.compile("([^/]+)/(\\d{1,9})/(\\d{1,18})");

    /** A source position. */
    record Source(int partition, long offset) {}

    ProducerRecord<byte[], byte[]> replayed(Original original, String into, int partition) {
        List<Header> headers = new ArrayList<>(original.headers());
        headers.add(header(Records.REPLAY_HEADER, mark));
        headers.add(header(SOURCE, topic + "/" + original.partition() + "/" + original.offset()));
        if (!topicId.isEmpty()) {
            headers.add(header(TOPIC_ID, topicId));
        }
        headers.add(header(TIME, Instant.ofEpochMilli(original.timestamp()).toString()));
        return new ProducerRecord<>(into, partition, null, original.key(), original.value(), headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the record came from, if this replay sent it. */
    Optional<Source> sourceIn(Headers headers) {
        if (!mark.equals(text(headers.lastHeader(Records.REPLAY_HEADER)))
                || !isOfThisTopic(text(headers.lastHeader(TOPIC_ID)))) {
            return Optional.empty();
        }
        Matcher source = POSITION.matcher(text(headers.lastHeader(SOURCE)));
        return source.matches() && source.group(1).equals(topic)
                ? Optional.of(new Source(Integer.parseInt(source.group(2)), Long.parseLong(source.group(3))))
                : Optional.empty();
    }

    /** Version 0.1 did not say of which topic a record was. */
    private boolean isOfThisTopic(String id) {
        return id.isEmpty() || topicId.isEmpty() || id.equals(topicId);
    }

    private static String text(Header header) {
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
