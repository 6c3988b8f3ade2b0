package routes.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What a storm does and when: a pure function of its seed and length. */
final class StormDraw {
    private static final int LEAST_GAP_MILLIS = 500;
    private static final int MOST_GAP_MILLIS = 6_500;

    private StormDraw() {}

    /**
     * One fault.
     *
     * @param at milliseconds from the storm's begin
     * @param lasts milliseconds
     * @param what one of the fault's options
     * @param dice the seed of whatever else the fault has to choose
     */
    record Strike(int number, long at, StormFault fault, long lasts, String what, long dice) {
        Random random() {
            return new Random(dice);
        }

        Duration time() {
            return Duration.ofMillis(lasts);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%3d %7.1f s %s %s lasts %d ms dice %d", number, at / 1e3, fault, what, lasts, dice);
        }
    }

    /** Faults come from a deck that is shuffled whenever it is empty, so that none is left out for long. */
    static List<Strike> of(long seed, Duration length) {
        Random random = new Random(seed);
        List<Strike> strikes = new ArrayList<>();
        List<StormFault> deck = new ArrayList<>();
        long at = LEAST_GAP_MILLIS;
        while (at < length.toMillis()) {
            if (deck.isEmpty()) {
                deck.addAll(deck());
                Collections.shuffle(deck, random);
            }
            StormFault fault = deck.remove(deck.size() - 1);
            long lasts = fault.least() + random.nextInt(fault.most() - fault.least() + 1);
            String what = fault.options().get(random.nextInt(fault.options().size()));
            strikes.add(new Strike(strikes.size() + 1, at, fault, lasts, what, random.nextLong()));
            at += LEAST_GAP_MILLIS + random.nextInt(MOST_GAP_MILLIS - LEAST_GAP_MILLIS);
        }
        return strikes;
    }

    private static List<StormFault> deck() {
        List<StormFault> deck = new ArrayList<>();
        for (StormFault fault : StormFault.values()) {
            deck.addAll(Collections.nCopies(fault.cards(), fault));
        }
        return deck;
    }
}
