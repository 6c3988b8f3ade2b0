package routes.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Sets from where a consumer group goes on, while nobody reads with it. */
public final class GroupRewind {
    /** A consumer that has just been closed may leave its group a moment later. */
    private static final Duration LEAVES = Duration.ofSeconds(10);

    private final KafkaCluster cluster;
    private final String group;
    private final Map<TopicPartition, OffsetAndMetadata> before;
    private final Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
    private final List<Move> moves = new ArrayList<>();

    /**
     * What became of one partition.
     *
     * @param was the offset that the group would have read next; of one that it never read, the first that there is
     * @param next the offset that it reads next now
     */
    public record Move(String topic, int partition, long was, long next) {}

    private GroupRewind(KafkaCluster cluster, String group) {
        this.cluster = cluster;
        this.group = group;
        this.before = cluster.committed(group);
    }

    /**
     * @param topics that the group reads
     * @throws IllegalArgumentException with a sentence, if there is no such place in the topics
     * @throws IllegalStateException with a sentence, if somebody still reads with the group
     */
    public static List<Move> move(KafkaCluster cluster, String group, Collection<String> topics, RewindPoint to) {
        GroupRewind rewind = new GroupRewind(cluster, group);
        topics.stream()
                .sorted()
                .flatMap(topic -> TopicLog.of(cluster, topic).stream())
                .forEach(log -> rewind.look(log, to));
        if (rewind.commits.isEmpty()) {
            throw new IllegalArgumentException(to.text() + " is in none of the topics " + String.join(", ", topics)
                    + "; expected a partition that there is");
        }
        rewind.commit();
        return rewind.moves;
    }

    private void look(TopicLog log, RewindPoint to) {
        SortedMap<Integer, Long> since = to.time().map(log::since).orElse(null);
        // With the newest epoch a log that loses its end later is noticed, wherever in it the group stands.
        SortedMap<Integer, ListOffsetsResultInfo> newest = log.offsets(OffsetSpec.latest());
        log.ranges().forEach((number, range) -> {
            TopicPartition partition = new TopicPartition(log.name(), number);
            to.in(partition, range, since == null ? 0 : since.get(number)).ifPresent(next -> {
                commits.put(
                        partition,
                        new OffsetAndMetadata(next, newest.get(number).leaderEpoch(), ReadLogs.metadata(log.id())));
                OffsetAndMetadata last = before.get(partition);
                moves.add(new Move(log.name(), number, last == null ? range.begin() : last.offset(), next));
            });
        });
    }

    private void commit() {
        long until = System.nanoTime() + LEAVES.toNanos();
        while (!cluster.commit(group, commits)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("somebody still reads with the group " + group
                        + "; expected nobody: stop the route in every instance that has it");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
