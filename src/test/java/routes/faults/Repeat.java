package routes.faults;

import java.time.Instant;
import java.util.List;

/**
 * A copy beyond the first.
 *
 * @param before when the broker took the copy before this one, milliseconds since 1970 UTC
 * @param at when it took this one
 */
record Repeat(long before, long at) {
    /**
     * Which fault is to blame: the one that first struck after the copy before this one, since whoever sent that did not
     * live to commit it. If none struck between the two, the last one before both.
     *
     * @param faults when each began, ascending
     * @return its place in the list; -1 if none had struck
     */
    int blame(List<Instant> faults) {
        int last = -1;
        for (int i = 0; i < faults.size(); i++) {
            long fault = faults.get(i).toEpochMilli();
            if (fault <= at) {
                last = i;
                if (fault > before) {
                    return i;
                }
            }
        }
        return last;
    }
}
