package routes.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import routes.audit.Audit.Limits;
import routes.audit.AuditFlow.Output;
import routes.audit.MessageCheck.Message;
import routes.audit.StageCount.Example;
import routes.kafka.Records;

/**
 * Makes of each record of the source what its copies are compared with, and counts the stage from the rigs to the
 * source: per fleet and rig, numbers without a gap, first occurrences in order, and one content for each number. A rig
 * begins where the range begins. Between partitions there is no order: a rig that stands in several cannot be judged
 * here, but on the outputs, where its copies meet again. Records that are no message, redriven or replayed say nothing
 * about their rig.
 */
final class Sources {
    private final AuditFlow flow;
    private final AuditRange range;
    private final List<RouteProgress> progress;
    private final MessageCheck check;
    private final Limits limits;
    private final StageCount count = new StageCount("rigs", AuditFlow.SOURCE);
    private final Map<RigKey, RigProgress> rigs = new HashMap<>();
    private int gaps;

    private record RigKey(String fleet, String rig) {}

    /** @param progress of the routes, told of each record */
    Sources(AuditFlow flow, AuditRange range, List<RouteProgress> progress, Limits limits) {
        this.flow = flow;
        this.range = range;
        this.progress = progress;
        this.check = flow.newMessageCheck();
        this.limits = limits;
    }

    SourceRecord read(ConsumerRecord<byte[], byte[]> record) {
        progress.forEach(route -> route.read(record));
        Message message = check.check(record.key(), record.value());
        long expected = expected(record, flow.belongsOn(message));
        if (message == null) {
            return new SourceRecord(
                    record.partition(), record.offset(), record.key(), null, -1, false, expected, digests(record));
        }
        RigProgress rig = rig(record, message.rig());
        long[] prints = prints(record, message);
        boolean ordered = !isSentAgain(record) && isNext(record, rig, message.seq(), prints[0]);
        return new SourceRecord(
                record.partition(), record.offset(), record.key(), rig, message.seq(), ordered, expected, prints);
    }

    /** Only what the routes have committed has to be there. */
    private long expected(ConsumerRecord<byte[], byte[]> record, long topics) {
        long expected = 0;
        List<Output> outputs = flow.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            boolean committed = range.contains(outputs.get(i).route(), record.partition(), record.offset());
            expected |= committed ? topics & 1L << i : 0;
        }
        return expected;
    }

    private RigProgress rig(ConsumerRecord<byte[], byte[]> record, String name) {
        Header mark = record.headers().lastHeader(AuditFlow.FLEET_HEADER);
        String fleet = mark == null || mark.value() == null ? "" : new String(mark.value(), StandardCharsets.UTF_8);
        RigProgress rig = rigs.computeIfAbsent(
                new RigKey(fleet, name),
                key -> new RigProgress(name, flow.outputs().size()));
        if (rigs.size() > limits.rigs()) {
            throw new AuditException("the messages are of more than " + limits.rigs()
                    + " rigs, which is more than fits into memory; give more memory with java -Xmx");
        }
        return rig;
    }

    private static boolean isSentAgain(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(Records.REDRIVE_HEADER) != null
                || record.headers().lastHeader(Records.REPLAY_HEADER) != null;
    }

    private boolean isNext(ConsumerRecord<byte[], byte[]> record, RigProgress rig, long seq, long print) {
        count.records(1);
        RigSequence.Place place = rig.add(record.partition(), seq);
        switch (place) {
            case LATE -> fault(Fault.REORDERED, record, rig, seq, "stands behind a later message of its rig");
            case AGAIN -> again(record, rig, seq, print);
            case BEFORE_THE_FIRST ->
                fault(Fault.UNVERIFIABLE, record, rig, seq, "stands behind the rig's first message of the range");
            case AFTER_A_GAP -> countGap();
            case NEXT -> {}
        }
        if (place != RigSequence.Place.AGAIN) {
            rig.remember(seq, print);
        }
        return place == RigSequence.Place.NEXT || place == RigSequence.Place.AFTER_A_GAP;
    }

    /** A rig says the same under the same number, unless two processes run it. */
    private void again(ConsumerRecord<byte[], byte[]> record, RigProgress rig, long seq, long print) {
        fault(Fault.DOUBLED, record, rig, seq, "stands there again");
        OptionalLong first = rig.print(seq);
        if (first.isEmpty()) {
            fault(Fault.UNVERIFIABLE, record, rig, seq, "stands too far behind the first one to be compared with it");
        } else if (first.getAsLong() != print) {
            fault(
                    Fault.ALTERED,
                    record,
                    rig,
                    seq,
                    "stands there again with another content, as if two processes ran this rig");
        }
    }

    private void countGap() {
        if (++gaps > limits.missing()) {
            throw new AuditException("the numbers of the rigs have more than " + limits.missing()
                    + " gaps, which is more than fits into memory; look at a shorter time with --since");
        }
    }

    private void fault(Fault fault, ConsumerRecord<byte[], byte[]> record, RigProgress rig, long seq, String sentence) {
        String position = record.topic() + "/" + record.partition() + "/" + record.offset();
        count.count(
                fault,
                1,
                () -> new Example(
                        rig.name(),
                        seq,
                        null,
                        position,
                        rig.name() + " seq " + seq + " at " + position + " " + sentence));
    }

    private long[] prints(ConsumerRecord<byte[], byte[]> record, Message message) {
        long[] prints = new long[flow.slots()];
        prints[0] = Fingerprint.of(record.key(), record.value());
        System.arraycopy(message.slices(), 0, prints, 1, message.slices().length);
        return prints;
    }

    private static long[] digests(ConsumerRecord<byte[], byte[]> record) {
        long[] prints = new long[SourceRecord.DIGEST + 1];
        prints[0] = Fingerprint.of(record.key(), record.value());
        prints[SourceRecord.DIGEST] = record.value() == null ? 0 : digest(record.value());
        return prints;
    }

    private static long digest(byte[] value) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(value))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Records of the partition expired before they were read: its rigs begin anew. */
    void interrupt(int partition) {
        rigs.values().forEach(rig -> rig.interrupt(partition));
    }

    /** The stage from the rigs, once all records have been read. */
    StageCount finish() {
        rigs.values().forEach(rig -> {
            rig.missing().forEach((first, last) -> lost(rig, first, last));
            if (!rig.isInOnePartition()) {
                inSeveral(rig);
            }
        });
        return count;
    }

    private void inSeveral(RigProgress rig) {
        count.count(
                Fault.UNVERIFIABLE,
                1,
                () -> new Example(
                        rig.name(),
                        null,
                        null,
                        null,
                        rig.name() + " stands in the partitions " + rig.partitions()
                                + ", between which there is no order; its copies are judged where they stand together"));
    }

    private void lost(RigProgress rig, long first, long last) {
        String which = first == last ? "seq " + first : "seq " + first + " to " + last;
        count.count(
                Fault.LOST,
                last - first + 1,
                () -> new Example(rig.name(), first, null, null, rig.name() + " " + which + " never came"));
    }
}
