package routes.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the records of the source belonged whose copies have all been accounted for: two bytes each, so that a copy that
 * comes again much later is known for what it is. Messages of rigs with the same sensors share their few sets of topics.
 */
final class Settled {
    private static final int BLOCK = 4096;
    private static final int MOST_SETS = 0xffff;
    private static final short UNKNOWN = 0;

    private final Map<Long, short[]> blocks = new HashMap<>();
    private final Map<Long, Short> numbers = new HashMap<>();
    private final List<Long> sets = new ArrayList<>(List.of(0L));

    /** @param topics one bit per output */
    void put(int partition, long offset, long topics) {
        short[] block = blocks.computeIfAbsent(block(partition, offset), key -> new short[BLOCK]);
        block[(int) (offset % BLOCK)] = numberOf(topics);
    }

    /** @return 0 if it is not known */
    long get(int partition, long offset) {
        short[] block = blocks.get(block(partition, offset));
        return block == null ? 0 : sets.get(block[(int) (offset % BLOCK)] & 0xffff);
    }

    private short numberOf(long topics) {
        Short number = numbers.get(topics);
        if (number != null) {
            return number;
        }
        if (sets.size() > MOST_SETS) {
            return UNKNOWN;
        }
        short added = (short) sets.size();
        sets.add(topics);
        numbers.put(topics, added);
        return added;
    }

    private static long block(int partition, long offset) {
        return SourceRecord.key(partition, offset / BLOCK);
    }
}
