package routes.dashboard;

import java.util.List;
import routes.kafka.GroupRewind;

/**
 * What a rewind did to a route that reads a topic.
 *
 * @param group the consumer group with which it reads
 * @param again how many records it reads again, once it is started; an upper bound, as offsets may be missing
 * @param leftOut how many it never reads
 */
public record Rewound(String id, String group, List<GroupRewind.Move> partitions, long again, long leftOut) {
    static Rewound of(String id, String group, List<GroupRewind.Move> moves) {
        long again = moves.stream()
                .mapToLong(move -> Math.max(0, move.was() - move.next()))
                .sum();
        long leftOut = moves.stream()
                .mapToLong(move -> Math.max(0, move.next() - move.was()))
                .sum();
        return new Rewound(id, group, moves, again, leftOut);
    }
}
