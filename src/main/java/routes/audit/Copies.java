package routes.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import routes.audit.AuditFlow.Output;
import routes.audit.MessageCheck.Message;
import routes.audit.StageCount.Example;

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
    Optional<Copy> read(OutputLog log, ConsumerRecord<byte[], byte[]> record) {
        boolean letter = outputs.get(log.output()).kind() == Output.Kind.LETTER;
        Matcher source = SOURCE.matcher(letter ? letterSource(record) : text(record, "source"));
        if (!source.matches()) {
            unverifiable(log, record, "does not say which record it was made from");
            return Optional.empty();
        }
        if (!source.group(1).equals(AuditFlow.SOURCE)) {
            if (!letter) {
                unverifiable(log, record, "was made from " + source.group() + ", which is not of this flow");
            }
            return Optional.empty();
        }
        int partition = Integer.parseInt(source.group(2));
        long offset = Long.parseLong(source.group(3));
        if (partition >= range.partitions() || offset >= range.existing()[partition]) {
            unverifiable(log, record, "says it was made from " + source.group() + ", which does not exist");
            return Optional.empty();
        }
        log.saw(partition, offset);
        return letter ? letter(log, record, partition, offset) : copy(log, record, partition, offset);
    }

    private static String letterSource(ConsumerRecord<byte[], byte[]> record) {
        return text(record, CONNECT + "topic") + "/" + text(record, CONNECT + "partition") + "/"
                + text(record, CONNECT + "offset");
    }

    private Optional<Copy> copy(OutputLog log, ConsumerRecord<byte[], byte[]> record, int partition, long offset) {
        Output output = outputs.get(log.output());
        if (!range.contains(output.route(), partition, offset)) {
            return Optional.empty();
        }
        long print = output.kind() == Output.Kind.SLICE
                ? slicePrint(record, output.slot() - 1)
                : Fingerprint.of(record.key(), record.value());
        return Optional.of(
                new Copy(log, record.offset(), partition, offset, print, Copy.Content.WHOLE, output.route(), false));
    }

    /** 0, which no slice has, if it is no slice of this subsystem. */
    private long slicePrint(ConsumerRecord<byte[], byte[]> record, int subsystem) {
        Message slice = check.check(record.key(), record.value());
        return slice == null ? 0 : slice.asSliceOf(subsystem);
    }

    private Optional<Copy> letter(OutputLog log, ConsumerRecord<byte[], byte[]> record, int partition, long offset) {
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
                log,
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

    private void unverifiable(OutputLog log, ConsumerRecord<byte[], byte[]> record, String sentence) {
        String position = record.topic() + "/" + record.partition() + "/" + record.offset();
        counts.get(log.output())
                .count(Fault.UNVERIFIABLE, 1, () -> new Example(null, null, null, position, position + " " + sentence));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        Header found = record.headers().lastHeader(header);
        return found == null || found.value() == null ? "" : new String(found.value(), UTF_8);
    }

    /**
     * A record that says it was made from one of the source, within the range of its route.
     *
     * @param print fingerprint of what it holds
     * @param content how that may be compared
     * @param route of a dead letter: the route that sent it; otherwise that of the topic
     * @param refused of a dead letter: whether its reason is that the record is no message
     */
    record Copy(
            OutputLog log,
            long offset,
            int sourcePartition,
            long sourceOffset,
            long print,
            Content content,
            int route,
            boolean refused) {
        /** What {@link #print} is of. */
        enum Content {
            /** Of all that the record has. */
            WHOLE,
            /** The first 64 bits of the SHA-256 of a value that is kept elsewhere. */
            DIGEST
        }

        String source() {
            return AuditFlow.SOURCE + "/" + sourcePartition + "/" + sourceOffset;
        }

        String position() {
            return log.partition().topic() + "/" + log.partition().partition() + "/" + offset;
        }
    }
}
