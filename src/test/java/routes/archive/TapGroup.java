package routes.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import routes.kafka.LogId;

/** A topic and the consumer group that archives it, its members driven step by step. */
final class TapGroup {
    final Map<TopicPartition, List<CapturedRecord>> log =
            new TreeMap<>(java.util.Comparator.comparing(TopicPartition::toString));
    final Map<TopicPartition, Long> logStart = new HashMap<>();
    final Map<TopicPartition, Long> commits = new HashMap<>();
    final Map<TopicPartition, Member> owners = new HashMap<>();
    final FaultyStore store;
    String cluster = "cluster-1";
    private String topicId = "topic-1";
    private final Map<Integer, Integer> epochs = new HashMap<>();
    private final Map<TopicPartition, Integer> commitEpochs = new HashMap<>();

    private final List<Member> members = new ArrayList<>();
    private final Path folder;
    private long nowMillis = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

    TapGroup(Path folder) {
        this.folder = folder;
        this.store = new FaultyStore(new LocalStore(folder.resolve("capture")));
    }

    final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(nowMillis);
        }
    };

    void pass(Duration time) {
        nowMillis += time.toMillis();
    }

    void append(int partition, String value) {
        List<CapturedRecord> records =
                log.computeIfAbsent(new TopicPartition("t", partition), any -> new ArrayList<>());
        LogId id = new LogId(cluster, topicId, epochs.getOrDefault(partition, 0));
        records.add(Captured.record(id, partition, records.size(), nowMillis, value));
    }

    /** The broker loses all from this offset on, as in a power failure, and tells consumers so when they ask. */
    void loseEnd(TopicPartition partition, int offset) {
        List<CapturedRecord> records = log.getOrDefault(partition, List.of());
        if (offset < records.size()) {
            records.subList(offset, records.size()).clear();
        }
        epochs.merge(partition.partition(), 1, Integer::sum);
        members.forEach(
                member -> member.positions.computeIfPresent(partition, (any, position) -> Math.min(position, offset)));
    }

    /** Deletes the topic and creates it again. */
    void makeAgain(String id) {
        topicId = id;
        log.values().forEach(List::clear);
        epochs.clear();
        commits.clear();
        commitEpochs.clear();
        members.forEach(Member::reconnect);
    }

    /** The commit, or where the log was cut off before it, as the leader epoch of the commit tells. */
    private long valid(TopicPartition partition) {
        long commit = commits.getOrDefault(partition, 0L);
        List<CapturedRecord> records = log.getOrDefault(partition, List.of());
        int epoch = commitEpochs.getOrDefault(partition, Integer.MAX_VALUE);
        long end = records.stream()
                .filter(record -> record.log().leaderEpoch() <= epoch)
                .count();
        return Math.min(commit, end);
    }

    List<CapturedRecord> archived(TopicPartition partition) throws IOException {
        return Captured.readAll(store, "ns/" + partition.topic() + "/" + partition.partition() + "/");
    }

    Member member(TapSettings settings) throws IOException {
        Member member = new Member(settings);
        members.add(member);
        return member;
    }

    static TapSettings settings(Duration window, long maxBytes) {
        return new TapSettings("ns", window, maxBytes, false);
    }

    final class Member {
        Tap tap;
        private SimpleMeterRegistry meters;
        private MockConsumer<byte[], byte[]> consumer;
        private final Map<TopicPartition, Long> positions = new HashMap<>();
        private final Map<TopicPartition, Map<Long, Integer>> read = new HashMap<>();

        Member(TapSettings settings) throws IOException {
            restart(settings);
        }

        /** As after a kill: nothing of the former process is closed, finished or committed. */
        void restart(TapSettings settings) throws IOException {
            meters = new SimpleMeterRegistry();
            tap = new Tap(store, settings, BufferFolder.open(folder.resolve("buffers")), new TapMeters(meters), clock);
            reconnect();
        }

        /** How many records of the archive were found to be lost by the log, since the restart. */
        double lost() {
            return meters.find("rig.archive.truncated").counters().stream()
                    .mapToDouble(Counter::count)
                    .sum();
        }

        MockConsumer<byte[], byte[]> consumer() {
            return consumer;
        }

        void reconnect() {
            consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
            positions.clear();
            rebalanced();
        }

        /** Learns what the group has assigned to it; keeps reading what it had. */
        void rebalanced() {
            Set<TopicPartition> mine = new HashSet<>();
            owners.forEach((partition, owner) -> {
                if (owner == this) {
                    mine.add(partition);
                }
            });
            consumer.assign(mine);
            positions.keySet().retainAll(mine);
            for (TopicPartition partition : mine) {
                long start = logStart.getOrDefault(partition, 0L);
                positions.computeIfAbsent(partition, any -> Math.max(start, valid(partition)));
            }
        }

        /** Reads up to {@code most} records of each partition it believes to have and hands them on, uncommitted. */
        void take(int most) throws IOException {
            Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>();
            commits.forEach((partition, offset) -> known.put(partition, new OffsetAndMetadata(offset)));
            consumer.commitSync(known);
            List<CapturedRecord> batch = new ArrayList<>();
            positions.replaceAll((partition, position) -> {
                List<CapturedRecord> records = log.getOrDefault(partition, List.of());
                int from = (int) Math.min(position, records.size());
                int to = Math.min(records.size(), from + most);
                batch.addAll(records.subList(from, to));
                records.subList(from, to).forEach(record -> read.computeIfAbsent(partition, any -> new HashMap<>())
                        .put(record.offset(), record.log().leaderEpoch()));
                return (long) to;
            });
            tap.take(consumer, batch);
        }

        /** Commits, unless the group has given a partition to somebody else. */
        void commit() throws IOException {
            Map<TopicPartition, Long> stands = tap.committable();
            for (TopicPartition partition : consumer.assignment()) {
                if (owners.get(partition) != this) {
                    throw new IOException("the group has rebalanced");
                }
            }
            commits.putAll(stands);
            stands.forEach((partition, offset) -> commitEpochs.put(
                    partition, read.getOrDefault(partition, Map.of()).getOrDefault(offset - 1, Integer.MAX_VALUE)));
            tap.committed(stands);
        }

        /** A whole batch; after a failure the consumer connects again. @return whether it went well */
        boolean batch(int most) {
            try {
                take(most);
                commit();
                return true;
            } catch (IOException e) {
                reconnect();
                return false;
            }
        }
    }

    /** Fails, on demand, before or after a file has been put. */
    static final class FaultyStore implements ArchiveStore {
        private final ArchiveStore store;
        boolean down;
        boolean failAfterPut;
        volatile String runsOutOfMemoryFor = "";
        volatile boolean ranOutOfMemory;

        FaultyStore(ArchiveStore store) {
            this.store = store;
        }

        @Override
        public List<String> children(String folder) throws IOException {
            return store.children(folder);
        }

        @Override
        public java.io.InputStream open(String path) throws IOException {
            return store.open(path);
        }

        @Override
        public long size(String path) throws IOException {
            return store.size(path);
        }

        @Override
        public boolean createIfAbsent(String path, Path content) throws IOException {
            requireUp();
            if (!runsOutOfMemoryFor.isEmpty() && path.startsWith(runsOutOfMemoryFor)) {
                ranOutOfMemory = true;
                throw new OutOfMemoryError("as of a file that is too large");
            }
            boolean created = store.createIfAbsent(path, content);
            if (failAfterPut) {
                failAfterPut = false;
                throw new IOException("failed after the file was put");
            }
            return created;
        }

        @Override
        public void probe() throws IOException {
            requireUp();
            store.probe();
        }

        private void requireUp() throws IOException {
            if (down) {
                throw new IOException("the store is down");
            }
        }

        @Override
        public Removed removed() throws IOException {
            return store.removed();
        }

        @Override
        public String description() {
            return store.description();
        }
    }
}
