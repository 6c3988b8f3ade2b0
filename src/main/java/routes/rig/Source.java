package routes.rig;

import java.util.Optional;
import routes.telemetry.Telemetry;

/**
 * Where a rig's messages come from, as a pure function of their number: asked twice, or out of order, it gives the
 * same. It knows no clock: it says how much time lies between two messages, the {@link Fleet} says when they are sent.
 */
public interface Source {
    /** The rig's id. */
    String rig();

    /**
     * The rig's message number {@code seq}, from 0.
     *
     * @return empty if the source has ended before it
     */
    Optional<Telemetry> at(long seq);

    /** Milliseconds from message 0 to message {@code seq}; never decreasing in {@code seq}. */
    long elapsedMillis(long seq);

    /** When message {@code seq} was really measured, as its record says it; empty if there is no such record. */
    default Optional<String> recordedTime(long seq) {
        return Optional.empty();
    }
}
