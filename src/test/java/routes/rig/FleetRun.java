package routes.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import routes.rig.Fleet.Outgoing;
import routes.rig.Fleet.Position;
import routes.telemetry.ChannelNames;
import routes.telemetry.Telemetry;

/** A fleet of plain rigs, one message a second each, with a clock that its test moves. */
final class FleetRun {
    static final Instant START = Instant.parse("2026-11-20T10:00:00.250Z");
    static final Duration PERIOD = Duration.ofSeconds(1);
    static final Duration BACKLOG = Duration.ofMinutes(15);
    static final Fleet.Encoder TEXT = (telemetry, time, late) -> (telemetry.rig()
                    + ' '
                    + telemetry.seq()
                    + ' '
                    + Instant.ofEpochMilli(time)
                    + (late ? " late " : " ")
                    + telemetry.unscaled()[0])
            .getBytes(UTF_8);

    private static final ChannelNames CHANNELS = new ChannelNames(List.of("DBTM"));

    final SettableClock clock;
    final Fleet fleet;

    private long offset;

    FleetRun(int rigs, Instant now, Map<String, Position> positions) {
        this(rigs(rigs, Long.MAX_VALUE), now, positions);
    }

    FleetRun(List<Source> rigs, Instant now, Map<String, Position> positions) {
        this.clock = new SettableClock(now);
        this.fleet = new Fleet(rigs, PERIOD, BACKLOG, positions, TEXT, clock);
        fleet.begin();
    }

    /** Moves the clock to the next moment, in steps of 10 ms, at which something is due; at most two periods on. */
    List<Outgoing> next() {
        for (int i = 0; i < 200; i++) {
            List<Outgoing> due = after(10);
            if (!due.isEmpty()) {
                return due;
            }
        }
        return List.of();
    }

    List<Outgoing> after(long millis) {
        clock.advance(millis);
        return fleet.due();
    }

    void acknowledge(List<Outgoing> messages) {
        messages.forEach(message -> fleet.acknowledged(message, 0, offset++));
    }

    static List<Source> rigs(int count, long length) {
        return IntStream.rangeClosed(1, count)
                .<Source>mapToObj(n -> new Metronome(String.format("RIG-%03d", n), length))
                .toList();
    }

    static String text(Outgoing message) {
        return new String(message.value(), UTF_8);
    }

    /** One message a period, whose only value depends on its number. */
    record Metronome(String rig, long length) implements Source {
        @Override
        public Optional<Telemetry> at(long seq) {
            long[] value = {Math.floorMod(seq * 7919 + rig.hashCode(), 10_007L)};
            return seq < length
                    ? Optional.of(new Telemetry(rig, rig + "-W1", seq, 2, CHANNELS, value, new byte[1]))
                    : Optional.empty();
        }

        @Override
        public long elapsedMillis(long seq) {
            return seq * PERIOD.toMillis();
        }
    }
}
