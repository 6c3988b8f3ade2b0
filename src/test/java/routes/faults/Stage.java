package routes.faults;

import java.util.List;

/**
 * What became of the records on their way from one topic to others.
 *
 * @param records that had to arrive
 * @param lost of them did not
 * @param doubled copies beyond the first
 * @param reordered first copies that came after one of the same rig that had to come after them
 * @param unverifiable can no longer be compared, because they have expired
 * @param doubledAt when the broker took each copy beyond the first, milliseconds since 1970 UTC
 * @param problems what was found, some of it in words
 */
record Stage(
        String from,
        String to,
        long records,
        long lost,
        long doubled,
        long reordered,
        long unverifiable,
        List<Long> doubledAt,
        List<String> problems) {}
