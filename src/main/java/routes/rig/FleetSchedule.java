package routes.rig;

/**
 * When the rigs of a fleet speak.
 *
 * @param periodMillis what the rigs are spread over, ≥ 1
 * @param backlogMaxMillis how far behind a rig may be before its time jumps, ≥ the period
 */
record FleetSchedule(long periodMillis, long backlogMaxMillis) {
    FleetSchedule {
        if (periodMillis < 1 || backlogMaxMillis < periodMillis) {
            throw new IllegalArgumentException("period " + periodMillis + " ms, longest backlog " + backlogMaxMillis
                    + " ms: expected a period of at least 1 ms and a backlog not shorter than it");
        }
    }

    /** Where in the period rig {@code i} of {@code n} (from 0) speaks, in milliseconds. */
    long phase(int i, int n) {
        return i * periodMillis / n;
    }

    /** The first instant after {@code now} that is a whole number of periods since 1970 UTC plus the phase. */
    long next(long now, long phase) {
        return (Math.floorDiv(now - phase, periodMillis) + 1) * periodMillis + phase;
    }

    boolean isLate(long time, long now) {
        return now - time > periodMillis;
    }

    boolean isBeyondBacklog(long time, long now) {
        return now - time > backlogMaxMillis;
    }
}
