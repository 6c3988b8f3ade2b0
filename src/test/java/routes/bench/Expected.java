package routes.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What must come of each record of the input: for every one the number of its copies and the sum of their fingerprints.
 * Compared record by record, so that nothing lost, doubled, changed or sent elsewhere passes.
 */
final class Expected {
    /** Which copies of a message there are. */
    interface Copies {
        void of(ConsumerRecord<byte[], byte[]> record, Copy copy);
    }

    interface Copy {
        void is(String topic, byte[] value);
    }

    private final Copies copies;
    private final Fingerprint fingerprint = new Fingerprint();
    private final List<List<Sum>> byPartition = new ArrayList<>();
    private final Map<String, Long> perTopic = new HashMap<>();
    private long total;

    private record Sum(int copies, long fingerprints) {}

    Expected(int partitions, Copies copies) {
        this.copies = copies;
        for (int i = 0; i < partitions; i++) {
            byPartition.add(new ArrayList<>());
        }
    }

    /** Records of a partition come in the order of their offsets, from 0. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        Headers headers =
                new RecordHeaders(record.headers()).add(Fingerprint.source(record.partition(), record.offset()));
        int[] count = new int[1];
        long[] sum = new long[1];
        copies.of(record, (topic, value) -> {
            count[0]++;
            sum[0] += fingerprint.of(topic, record.key(), value, headers);
            perTopic.merge(topic, 1L, Long::sum);
        });
        List<Sum> partition = byPartition.get(record.partition());
        if (partition.size() != record.offset()) {
            throw new BenchFailedException("the input has offset " + record.offset() + " where " + partition.size()
                    + " was expected, partition " + record.partition());
        }
        partition.add(new Sum(count[0], sum[0]));
        total += count[0];
    }

    /** How many copies come of the whole input. */
    long total() {
        return total;
    }

    /** How many copies come of a partition's records from {@code offset} on. */
    long copiesFrom(int partition, long offset) {
        return byPartition.get(partition).stream()
                .skip(offset)
                .mapToLong(Sum::copies)
                .sum();
    }

    /** How many copies come of the whole input on each topic. */
    Map<String, Long> perTopic() {
        return Map.copyOf(perTopic);
    }

    /** The check of what one round has sent. */
    final class Check {
        private final long[] from;
        private final int[][] found = new int[byPartition.size()][];
        private final long[][] sums = new long[byPartition.size()][];
        private final Map<String, Long> lastSource = new HashMap<>();

        /** @param from where the round began, for each partition of the input */
        Check(long[] from) {
            this.from = from;
            for (int p = 0; p < found.length; p++) {
                found[p] = new int[byPartition.get(p).size()];
                sums[p] = new long[byPartition.get(p).size()];
            }
        }

        /** Records of an output partition come in the order of their offsets. */
        void add(ConsumerRecord<byte[], byte[]> copy) {
            Header header = copy.headers().lastHeader(Rule.SOURCE_HEADER);
            if (header == null) {
                throw new BenchFailedException(copy.topic() + " has a record without the header source");
            }
            String[] source = new String(header.value(), UTF_8).split("/");
            int partition = Integer.parseInt(source[1]);
            long offset = Long.parseLong(source[2]);
            found[partition][(int) offset]++;
            sums[partition][(int) offset] += fingerprint.of(copy.topic(), copy.key(), copy.value(), copy.headers());
            inOrder(copy, offset);
        }

        private void inOrder(ConsumerRecord<byte[], byte[]> copy, long offset) {
            String rig = copy.topic() + " " + new String(copy.key(), UTF_8);
            Long last = lastSource.put(rig, offset);
            if (last != null && last >= offset) {
                throw new BenchFailedException(rig + ": made from offset " + offset + " comes after " + last);
            }
        }

        /** @throws BenchFailedException if anything was lost, doubled, changed or sent elsewhere */
        void complete() {
            for (int p = 0; p < found.length; p++) {
                for (int offset = 0; offset < found[p].length; offset++) {
                    Sum expected = offset < from[p]
                            ? new Sum(0, 0)
                            : byPartition.get(p).get(offset);
                    Sum sent = new Sum(found[p][offset], sums[p][offset]);
                    if (!sent.equals(expected)) {
                        throw new BenchFailedException(
                                "of " + Rule.IN + "/" + p + "/" + offset + " came " + sent + ", expected " + expected);
                    }
                }
            }
        }
    }
}
