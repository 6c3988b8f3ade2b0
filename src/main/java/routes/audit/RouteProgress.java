package routes.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import routes.audit.StageCount.Example;

/**
 * How far the group of one route has come in each partition of the source: a partition that stands still does not hide
 * behind the others, and what expired before it was read is lost.
 */
final class RouteProgress {
    /** By how much a partition may be behind the others; their batches take turns, and after an outage they catch up. */
    private static final Duration MAY_DIFFER = Duration.ofMinutes(1);

    private static final long NONE = -1;

    private final int route;
    /** What the group has committed; −1 where it has not. */
    private final long[] position;

    private final long[] begin;
    private final AuditRange range;
    /** When the first record that is not committed was appended; −1 if there is none. */
    private final long[] firstOpen;

    private long lastCommitted = NONE;

    /**
     * @param position by partition, what the group has committed; −1 where it has not
     * @param begin by partition, where the log began before that was asked
     */
    RouteProgress(int route, long[] position, long[] begin, AuditRange range) {
        this.route = route;
        this.position = position;
        this.begin = begin;
        this.range = range;
        this.firstOpen = new long[position.length];
        Arrays.fill(firstOpen, NONE);
    }

    /** A record of the source, in the order of its partition. */
    void read(ConsumerRecord<?, ?> record) {
        int p = record.partition();
        if (record.offset() < range.committed()[route][p]) {
            lastCommitted = Math.max(lastCommitted, record.timestamp());
        } else if (firstOpen[p] == NONE) {
            firstOpen[p] = record.timestamp();
        }
    }

    /** Where the group is behind, and where records expired before it had read them. */
    List<AuditReport.Behind> behind() {
        List<AuditReport.Behind> behind = new ArrayList<>();
        for (int p = 0; p < position.length; p++) {
            long lag = range.to()[p] - Math.max(position[p], begin[p]);
            if (lag > 0 || expired(p) > 0) {
                behind.add(new AuditReport.Behind(AuditFlow.group(route), p, Math.max(0, lag), expired(p)));
            }
        }
        return behind;
    }

    /** A group without a commit begins at the oldest record: what expired before that, it never had to read. */
    private long expired(int p) {
        return position[p] == NONE ? 0 : Math.max(0, begin[p] - position[p]);
    }

    /** The stage that is lost for certain; null if nothing is. */
    StageCount lost() {
        StageCount count = new StageCount(AuditFlow.SOURCE, AuditFlow.group(route));
        for (int p = 0; p < position.length; p++) {
            long expired = expired(p);
            if (expired > 0) {
                String what = "offsets " + position[p] + " to " + (begin[p] - 1) + " of " + name(p);
                String first = name(p) + "/" + position[p];
                count.records(expired);
                count.count(
                        Fault.LOST,
                        expired,
                        () -> new Example(
                                null,
                                null,
                                first,
                                null,
                                what + " expired before " + AuditFlow.group(route) + " had read them"));
            }
        }
        return count.records() == 0 ? null : count;
    }

    /** A sentence for each partition of which too little could be examined. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (range.recordsOf(route) == 0) {
            problems.add(AuditFlow.group(route) + " has committed nothing in the range: the topics of the route "
                    + AuditFlow.ROUTES.get(route) + " were not examined; check that it runs");
            return problems;
        }
        for (int p = 0; p < position.length; p++) {
            long open = range.to()[p] - range.committed()[route][p];
            if (open > 0 && position[p] < range.from()[p] && position[p] <= begin[p]) {
                problems.add(AuditFlow.group(route) + " has committed none of the " + open + " records of " + name(p)
                        + " in the range, which were not examined; check whether the route is stuck there");
            } else if (open > 0 && lastCommitted - firstOpen[p] > MAY_DIFFER.toMillis()) {
                problems.add(AuditFlow.group(route) + " stands at offset " + range.committed()[route][p] + " of "
                        + name(p) + ", " + (lastCommitted - firstOpen[p]) / 1_000
                        + " s behind the other partitions; check whether the route is stuck there, or look again"
                        + " when it has caught up");
            }
        }
        return problems;
    }

    private static String name(int partition) {
        return AuditFlow.SOURCE + "/" + partition;
    }
}
