package routes.rig;

import java.util.Optional;
import java.util.OptionalLong;
import routes.rig.Fleet.Encoder;
import routes.rig.Fleet.Outgoing;
import routes.rig.Fleet.Position;
import routes.rig.Fleet.RigStatus;
import routes.telemetry.Telemetry;

/** One rig's place in its sequence of messages. Its lock is its own, so that rigs do not wait for each other. */
final class FleetRig {
    /** How many times faster than real time a rig catches up. */
    static final int CATCH_UP = 10;

    private static final long FIRST_BACK_OFF_MILLIS = 100;
    private static final long LAST_BACK_OFF_MILLIS = 5_000;

    private final Source source;
    private final FleetSchedule schedule;
    private final long phase;

    private Optional<Position> last;
    /** The message that is next; or, while there is one, the unacknowledged message's. */
    private long seq;

    private long time;
    /** Whence {@link #time} was reckoned: the time of the message before, or itself after a start or a jump. */
    private long anchor;
    /** Not to be offered before: {@link #time}, or later for the sake of {@link #CATCH_UP}. */
    private long dueAt;

    private Outgoing message;
    /** A rig that has never spoken begins when it is first asked, not when the fleet is made. */
    private boolean begun;

    private boolean inFlight;
    private boolean ended;
    private long backOff = FIRST_BACK_OFF_MILLIS;
    private long failedAt;
    private long pause;

    private long sent;
    private long resent;
    private long jumps;

    FleetRig(Source source, FleetSchedule schedule, long phase, Optional<Position> last) {
        this.source = source;
        this.schedule = schedule;
        this.phase = phase;
        this.last = last;
        last.ifPresent(position -> follow(position.seq(), position.timeMillis(), Long.MIN_VALUE));
        begun = last.isPresent();
    }

    String id() {
        return source.rig();
    }

    /** Does nothing if the rig has spoken before or has begun already. */
    synchronized void begin(long now) {
        if (!begun) {
            begun = true;
            speakNextAfter(now);
        }
    }

    synchronized Optional<Outgoing> due(long now, Encoder encoder) {
        if (inFlight || ended || isPaused(now)) {
            return Optional.empty();
        }
        begin(now);
        if (message != null) {
            return offer(message.attempt() + 1, message.late(), message.value(), now);
        }
        if (isOutOfReach(now)) {
            jumps++;
            speakNextAfter(now);
        }
        return now < dueAt ? Optional.empty() : make(now, encoder);
    }

    synchronized void acknowledged(Outgoing outgoing, int partition, long offset) {
        if (!inFlight || message != outgoing) {
            return;
        }
        last = Optional.of(new Position(seq, time, partition, offset));
        message = null;
        inFlight = false;
        pause = 0;
        backOff = FIRST_BACK_OFF_MILLIS;
        follow(seq, time, outgoing.offeredMillis());
    }

    synchronized void failed(Outgoing outgoing, long now) {
        if (inFlight && message == outgoing) {
            inFlight = false;
            pauseFrom(now);
        }
    }

    private Optional<Outgoing> make(long now, Encoder encoder) {
        try {
            Optional<Telemetry> telemetry = source.at(seq);
            ended = telemetry.isEmpty();
            boolean late = schedule.isLate(time, now);
            return telemetry.flatMap(t -> offer(1, late, encoder.encode(t, time, late), now));
        } catch (RuntimeException e) {
            pauseFrom(now);
            throw e;
        }
    }

    private Optional<Outgoing> offer(int attempt, boolean late, byte[] value, long now) {
        message = new Outgoing(id(), seq, time, late, value, attempt, now, source.recordedTime(seq));
        inFlight = true;
        if (attempt == 1) {
            sent++;
        } else {
            resent++;
        }
        return Optional.of(message);
    }

    /** Goes on to the message after {@code previous}, which was intended for one instant and offered at another. */
    private void follow(long previous, long previousTime, long previousOffered) {
        seq = previous + 1;
        long gap = source.elapsedMillis(seq) - source.elapsedMillis(previous);
        anchor = previousTime;
        time = previousTime + gap;
        dueAt = Math.max(time, previousOffered + (gap + CATCH_UP - 1) / CATCH_UP);
    }

    private void speakNextAfter(long now) {
        time = schedule.next(now, phase);
        anchor = time;
        dueAt = time;
    }

    /** Too far behind, or so far ahead of a clock that was set back that the rig would be silent for long. */
    private boolean isOutOfReach(long now) {
        return schedule.isBeyondBacklog(time, now) || schedule.isBeyondBacklog(now, anchor);
    }

    private void pauseFrom(long now) {
        failedAt = now;
        pause = backOff;
        backOff = Math.min(2 * backOff, LAST_BACK_OFF_MILLIS);
    }

    /** A clock that was set back ends the pause. */
    private boolean isPaused(long now) {
        long waited = now - failedAt;
        return 0 <= waited && waited < pause;
    }

    synchronized Optional<Position> last() {
        return last;
    }

    synchronized long lagMillis(long now) {
        return ended || !begun ? 0 : Math.max(0, now - time);
    }

    synchronized boolean inFlight() {
        return inFlight;
    }

    synchronized boolean ended() {
        return ended;
    }

    synchronized RigStatus status(long now) {
        OptionalLong since = inFlight ? OptionalLong.of(message.offeredMillis()) : OptionalLong.empty();
        int attempts = message == null ? 0 : message.attempt();
        return new RigStatus(id(), last, lagMillis(now), since, attempts, ended);
    }

    synchronized long sent() {
        return sent;
    }

    synchronized long resent() {
        return resent;
    }

    synchronized long jumps() {
        return jumps;
    }
}
