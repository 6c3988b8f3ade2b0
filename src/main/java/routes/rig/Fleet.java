package routes.rig;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.telemetry.Telemetry;

/**
 * Says which message of which rig is to be sent when, and remembers how far each rig has come.
 *
 * <p>What it promises of every rig:
 *
 * <ul>
 *   <li>At most one message is unacknowledged. What comes after it is not even made before it is acknowledged, so
 *       nothing can be left out and nothing can overtake.
 *   <li>A send that failed, or whose outcome is not known, is followed by the same bytes again, after 100 ms, then
 *       twice as long each time up to 5 s.
 *   <li>{@code time} is the instant at which the message was meant to be taken, not the one at which it was sent: the
 *       time of the message before plus what the {@link Source} says lies between them. The rigs of a fleet are spread
 *       evenly over one period.
 *   <li>A rig that is behind catches up in the order of {@code seq}, at most {@value FleetRig#CATCH_UP} times as fast
 *       as real time. If its next message is more than {@code backlogMax} behind, {@code time} jumps to the rig's next
 *       regular instant; {@code seq} does not. The same happens when the clock has been set back by more than that,
 *       since the rig would be silent until the clock is there again.
 *   <li>A message is {@code late} if it was first offered more than one period after {@code time}.
 * </ul>
 *
 * <p>Safe for use by several threads. An acknowledgement waits for nothing but, at most, a look at the same rig.
 */
public final class Fleet {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private final Map<String, FleetRig> rigs = new LinkedHashMap<>();
    private final Encoder encoder;
    private final Clock clock;

    /**
     * @param sources one per rig
     * @param period what the rigs are spread over, and beyond which a message is late; at least 1 ms
     * @param backlogMax how far behind a rig may be before its time jumps; not shorter than the period
     * @param positions where the rigs stand, as {@link #positions()} gave it or a recovery found it; a rig that is not
     *     in it starts with message 0. Rigs of other fleets in it are ignored
     * @throws IllegalArgumentException if two sources have the same rig id or a duration is too short
     */
    public Fleet(
            List<? extends Source> sources,
            Duration period,
            Duration backlogMax,
            Map<String, Position> positions,
            Encoder encoder,
            Clock clock) {
        FleetSchedule schedule = new FleetSchedule(period.toMillis(), backlogMax.toMillis());
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            long phase = schedule.phase(i, sources.size());
            Optional<Position> last = Optional.ofNullable(positions.get(source.rig()));
            if (rigs.put(source.rig(), new FleetRig(source, schedule, phase, last)) != null) {
                throw new IllegalArgumentException("rig " + source.rig() + " has two sources, expected one");
            }
        }
        this.encoder = encoder;
        this.clock = clock;
    }

    /** Makes the bytes of a message. Called by one thread at a time: whichever calls {@link Fleet#due()}. */
    public interface Encoder {
        /**
         * @param timeMillis the intended instant of measurement, milliseconds since 1970 UTC
         * @return bytes that are never changed afterwards
         */
        byte[] encode(Telemetry telemetry, long timeMillis, boolean late);
    }

    /**
     * A message to be sent now. Whoever took it tells its outcome with {@link #acknowledged} or {@link #failed},
     * handing in this very object; until then its rig sends nothing else.
     *
     * @param timeMillis the intended instant, milliseconds since 1970 UTC
     * @param value the same bytes in every attempt; not to be changed
     * @param attempt from 1
     * @param offeredMillis when it was offered in this attempt
     * @param recordedTime as {@link Source#recordedTime} gives it
     */
    public record Outgoing(
            String rig,
            long seq,
            long timeMillis,
            boolean late,
            byte[] value,
            int attempt,
            long offeredMillis,
            Optional<String> recordedTime) {}

    /**
     * A rig's last acknowledged message and where it lies.
     *
     * @param timeMillis the message's {@code time}, milliseconds since 1970 UTC
     */
    public record Position(long seq, long timeMillis, int partition, long offset) {}

    /**
     * How a rig is doing.
     *
     * @param last empty before the first acknowledgement
     * @param lagMillis how far its next or unacknowledged message is behind the clock, 0 if it is not overdue
     * @param inFlightSinceMillis when the unacknowledged message was last offered; empty if none is being sent
     * @param attempts how often the message that is next was offered so far
     * @param ended whether the source has no more messages
     */
    public record RigStatus(
            String rig,
            Optional<Position> last,
            long lagMillis,
            OptionalLong inFlightSinceMillis,
            int attempts,
            boolean ended) {}

    /** Rigs that have never spoken begin now; without this call they do when {@link #due} is first called. */
    public synchronized void begin() {
        long now = clock.millis();
        rigs.values().forEach(rig -> rig.begin(now));
    }

    /**
     * The messages that are due and not being sent: at most one per rig. Cheap if there are none.
     *
     * <p>If a message cannot be made, which is a fault of its source or the encoder, its rig stays where it is and is
     * tried again like a failed send; the fault is logged and the other rigs go on.
     */
    public synchronized List<Outgoing> due() {
        long now = clock.millis();
        List<Outgoing> due = new ArrayList<>();
        for (FleetRig rig : rigs.values()) {
            try {
                rig.due(now, encoder).ifPresent(due::add);
            } catch (RuntimeException e) {
                LOG.error("rig {}: its next message cannot be made; the rig waits and tries again", rig.id(), e);
            }
        }
        return due;
    }

    /**
     * The message stands in the log. Ignored unless it is the rig's unacknowledged message in its current attempt.
     *
     * @throws IllegalArgumentException if the fleet has no such rig
     */
    public void acknowledged(Outgoing message, int partition, long offset) {
        rig(message).acknowledged(message, partition, offset);
    }

    /**
     * The message may or may not stand in the log: it will be offered again. Ignored unless it is the rig's
     * unacknowledged message in its current attempt.
     *
     * @throws IllegalArgumentException if the fleet has no such rig
     */
    public void failed(Outgoing message) {
        rig(message).failed(message, clock.millis());
    }

    /** How far the furthest-behind rig is behind the clock, in milliseconds; 0 if no message is overdue. */
    public long lagMillis() {
        long now = clock.millis();
        return rigs.values().stream().mapToLong(rig -> rig.lagMillis(now)).max().orElse(0);
    }

    /** How many messages are offered and neither acknowledged nor failed: 0 once a stopping fleet is drained. */
    public long inFlight() {
        return sum(rig -> rig.inFlight() ? 1 : 0);
    }

    /** Whether every source has ended and its last message is acknowledged. */
    public boolean ended() {
        return rigs.values().stream().allMatch(FleetRig::ended);
    }

    /** The last acknowledged message of every rig that has one: what a checkpoint keeps. */
    public Map<String, Position> positions() {
        Map<String, Position> positions = new LinkedHashMap<>();
        rigs.values().forEach(rig -> rig.last().ifPresent(last -> positions.put(rig.id(), last)));
        return positions;
    }

    /** The rigs in the order of the sources. */
    public List<RigStatus> status() {
        long now = clock.millis();
        return rigs.values().stream().map(rig -> rig.status(now)).toList();
    }

    /** The ids of the rigs. */
    public Set<String> ids() {
        return new HashSet<>(rigs.keySet());
    }

    /** How many messages were offered for the first time. */
    public long sent() {
        return sum(FleetRig::sent);
    }

    /** How many times a message was offered again. */
    public long resent() {
        return sum(FleetRig::resent);
    }

    /** How many times a rig's time jumped. */
    public long jumps() {
        return sum(FleetRig::jumps);
    }

    private long sum(ToLongFunction<FleetRig> count) {
        return rigs.values().stream().mapToLong(count).sum();
    }

    private FleetRig rig(Outgoing message) {
        FleetRig rig = rigs.get(message.rig());
        if (rig == null) {
            throw new IllegalArgumentException("rig " + message.rig() + " is not of this fleet of " + rigs.size());
        }
        return rig;
    }
}
