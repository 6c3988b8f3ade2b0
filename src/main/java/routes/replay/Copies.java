package routes.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads of a record on an output which record of the source it says it was made from, and takes the fingerprint of what
 * it holds. Copies of records before or after the range are passed over.
 */
final class Copies {
    private static final Pattern SOURCE = Pattern.compile("(.+)/([0-9]{1,9})/([0-9]{1,12})");
    private static final String CONNECT = "__connect.errors.";
    /** A letter with another reason holds what may well be a message. */
    private static final Set<String> NO_MESSAGE = Set.of(
            "empty",
            "invalid-utf8",
            "not-json",
            "not-an-object",
            "missing-field",
            "wrong-type",
            "out-of-range",
            "number-range",
            "duplicate-key",
            "too-deep",
            "key-mismatch");

    private final List<Output> outputs;
    private final AuditRange range;
    private final MessageCheck check;
    private final List<StageCount> counts;

    Copies(AuditFlow flow, AuditRange range, List<StageCount> counts) {
        this.outputs = flow.outputs();
        this.range = range;
        this.check = flow.newMessageCheck();
        this.counts = counts;
    }

    /** The copy, or empty if the record is none of the range. */
    Optional<Copy> read(Lane lane, ConsumerRecord<byte[], byte[]> record) {
        boolean letter = outputs.get(lane.output()).kind() == Output.Kind.LETTER;
        Matcher source = SOURCE.matcher(letter ? letterSource(record) : text(record, "source"));
        if (!source.matches()) {
            unverifiable(lane, record, "does not say which record it was made from");
            return Optional.empty();
        }
        if (!source.group(1).equals(AuditFlow.SOURCE)) {
            if (!letter) {
                unverifiable(lane, record, "was made from " + source.group() + ", which is not of this flow");
            }
            return Optional.empty();
        }
        int partition = Integer.parseInt(source.group(2));
        long offset = Long.parseLong(source.group(3));
        if (partition >= range.partitions() || offset >= range.existing()[partition]) {
            unverifiable(lane, record, "says it was made from " + source.group() + ", which does not exist");
            return Optional.empty();
        }
        lane.saw(partition, offset);
        return letter ? letter(lane, record, partition, offset) : copy(lane, record, partition, offset);
    }

    private static String letterSource(ConsumerRecord<byte[], byte[]> record) {
        return text(record, CONNECT + "topic") + "/" + text(record, CONNECT + "partition") + "/"
                + text(record, CONNECT + "offset");
    }

    private Optional<Copy> copy(Lane lane, ConsumerRecord<byte[], byte[]> record, int partition, long offset) {
        Output output = outputs.get(lane.output());
        if (!range.contains(output.route(), partition, offset)) {
            return Optional.empty();
        }
        long print = output.kind() == Output.Kind.SLICE
                ? slicePrint(record, output.slot() - 1)
                : Fingerprint.of(record.key(), record.value());
        return Optional.of(
                new Copy(lane, record.offset(), partition, offset, print, Copy.Content.WHOLE, output.route(), false));
    }

    /** 0, which no slice has, if it is no slice of this subsystem. */
    private long slicePrint(ConsumerRecord<byte[], byte[]> record, int subsystem) {
        CheckedMessage slice = check.check(record.key(), record.value());
        return slice == null ? 0 : slice.asSliceOf(subsystem);
    }

    private Optional<Copy> letter(Lane lane, ConsumerRecord<byte[], byte[]> record, int partition, long offset) {
        int route = AuditFlow.ROUTES.indexOf(text(record, CONNECT + "task.id"));
        if (route < 0 || !range.contains(route, partition, offset)) {
            return Optional.empty(); // of a route of the user's own, or not yet to be looked at
        }
        String digest = text(record, "dlq.stored-sha256");
        boolean stored = digest.matches("[0-9a-f]{64}");
        // Of a key that did not fit the letter has the beginning only: its value is judged, which is null unless
        // stored.
        boolean valueAlone = stored || !text(record, "dlq.stored-key-sha256").isEmpty();
        return Optional.of(new Copy(
                lane,
                record.offset(),
                partition,
                offset,
                stored
                        ? Long.parseUnsignedLong(digest.substring(0, 16), 16)
                        : valueAlone ? 0 : Fingerprint.of(record.key(), record.value()),
                valueAlone ? Copy.Content.DIGEST : Copy.Content.WHOLE,
                route,
                NO_MESSAGE.contains(text(record, "dlq.reason"))));
    }

    private void unverifiable(Lane lane, ConsumerRecord<byte[], byte[]> record, String sentence) {
        String position = record.topic() + "/" + record.partition() + "/" + record.offset();
        counts.get(lane.output())
                .count(Fault.UNVERIFIABLE, 1, () -> new Found(null, null, null, position, position + " " + sentence));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        Header found = record.headers().lastHeader(header);
        return found == null || found.value() == null ? "" : new String(found.value(), UTF_8);
    }
}
