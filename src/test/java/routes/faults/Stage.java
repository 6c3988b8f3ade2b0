package routes.faults;

import java.util.List;

/**
 * What became of the records on their way from one topic to others.
 *
 * @param records that had to arrive
 * @param lost of them did not
 * @param reordered first copies that came after one of the same rig that had to come after them
 * @param unverifiable can no longer be compared, because they have expired
 * @param repeats the copies beyond the first, one by one
 * @param problems what was found, some of it in words
 */
record Stage(
        String from,
        String to,
        long records,
        long lost,
        long reordered,
        long unverifiable,
        List<Repeat> repeats,
        List<String> problems) {
    /** How many copies beyond the first there are. */
    long doubled() {
        return repeats.size();
    }
}
