package routes.rig;

import java.time.Duration;
import java.util.Optional;
import routes.telemetry.Telemetry;

/**
 * A simulated rig: message {@code seq} is a pure function of the fleet's seed, the rig's number and {@code seq}. It
 * never ends; when a well is finished the next one begins ({@code RIG-007-W1}, {@code RIG-007-W2}, …).
 */
public final class Rig implements Source {
    private final String id;
    private final long periodMillis;
    private final RigModel model;
    private final Instruments instruments;

    Rig(int number, RigProfile profile, Duration period, Instruments instruments) {
        this.id = id(number);
        this.periodMillis = period.toMillis();
        this.model = new RigModel(profile);
        this.instruments = instruments;
    }

    /** {@code RIG-001} for 1; four digits and more where three do not do. */
    public static String id(int number) {
        return String.format("RIG-%03d", number);
    }

    @Override
    public String rig() {
        return id;
    }

    /**
     * The same for the same {@code seq}, in any order and in the same time.
     *
     * @return never empty
     * @throws IllegalArgumentException if {@code seq} is negative
     */
    @Override
    public Optional<Telemetry> at(long seq) {
        if (seq < 0) {
            throw new IllegalArgumentException("seq " + seq + ": expected 0 or more");
        }
        return Optional.of(instruments.read(model, id, seq, elapsedMillis(seq) / 1000));
    }

    @Override
    public long elapsedMillis(long seq) {
        return Math.multiplyExact(seq, periodMillis);
    }
}
