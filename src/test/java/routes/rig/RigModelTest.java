package routes.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a driller takes for granted, over whole wells of several rigs (seed 1). */
class RigModelTest {
    private static final int RIGS = 8;
    private static final long TWELVE_DAYS = 12 * 86_400;

    @Test
    void theBitIsNeverBelowTheHole() {
        everyMinute(state -> assertThat(state.bit()).isBetween(0.0, state.hole()));
    }

    @Test
    void theHoleNeverShrinksWithinAWell() {
        pairs(60, (before, now) -> {
            if (before.now().well() == now.now().well()) {
                assertThat(now.hole()).isGreaterThanOrEqualTo(before.hole());
            } else {
                assertThat(now.hole()).isLessThan(before.hole());
            }
        });
    }

    @Test
    void theBlockStaysInTheDerrick() {
        everyMinute(state -> assertThat(state.position().block()).isBetween(0.3, 28.7));
    }

    @Test
    void blockAndBitMoveTogetherWhileTheStringHangsOnTheBlock() {
        int[] moved = {0};
        seconds((before, now) -> {
            boolean hangs = !before.inSlips() && !now.inSlips() && before.bit() > 0 && now.bit() > 0;
            if (hangs && before.now().place() == now.now().place()) {
                double block = now.position().block() - before.position().block();
                assertThat(now.bit() - before.bit()).isEqualTo(-block, within(1e-9));
                moved[0] += block == 0 ? 0 : 1;
            }
        });

        assertThat(moved[0]).isGreaterThan(10_000);
    }

    @Test
    void nothingJumps() {
        seconds((before, now) -> {
            if (before.now().well() == now.now().well() && now.bit() > 0) {
                assertThat(now.bit()).isEqualTo(before.bit(), within(0.6));
                assertThat(now.position().block()).isEqualTo(before.position().block(), within(1.1));
                assertThat(now.pits().drainBack()).isEqualTo(before.pits().drainBack(), within(0.1));
                assertThat(now.gas().total()).isEqualTo(before.gas().total(), within(0.25));
            }
        });
    }

    @Test
    void inSlipsTheHookCarriesTheBlockAlone() {
        int[] seen = {0};
        everyMinute(state -> {
            if (state.inSlips()) {
                assertThat(state.loads().hookload()).isEqualTo(state.rig().blockWeight(), within(0.81));
                assertThat(state.rig().blockWeight()).isEqualTo(33, within(1.6));
                seen[0]++;
            }
        });

        assertThat(seen[0]).isGreaterThan(1000);
    }

    @Test
    void theHookCarriesTheStringWhenItIsPickedUp() {
        everyMinute(state -> {
            if (!state.inSlips() && state.bit() > 2000 && !state.casing()) {
                assertThat(state.loads().hookload()).isBetween(45.0, 150.0);
            }
        });
    }

    @Test
    void withThePumpsOffNothingFlowsAndThePressureIsThatOfTheSensor() {
        everyMinute(state -> {
            if (!state.pumpDuty().on() && state.pumpDuty().since() > MudPumps.STOP) {
                assertThat(state.pumps().strokeFlow()).isZero();
                assertThat(state.hydraulics().standpipe()).isEqualTo(Hydraulics.OFFSET, within(10.0));
            }
        });
    }

    @Test
    void standpipePressureRisesWithFlow() {
        RigModel model = new RigModel(RigProfile.of(1, 3));
        long start = find(model, 0, state -> state.activity() == Activity.CONNECTION);
        start = find(model, start, state -> state.pumpDuty().on());

        List<Double> pressures = new ArrayList<>();
        for (long second = start; second < start + 45; second += 5) {
            pressures.add(model.at(second).hydraulics().standpipe());
        }

        assertThat(pressures).isSorted().last().satisfies(last -> assertThat(last)
                .isBetween(12_000.0, 30_000.0));
    }

    @Test
    void theRotaryTurnsTheBitDrillsOnlyOnBottom() {
        everyMinute(state -> {
            if (!state.now().motion().rotary().on()
                    && state.now().motion().rotary().since() > 10) {
                assertThat(state.loads().rotarySpeed()).isZero();
                assertThat(state.loads().torque()).isZero();
            }
            if (state.onBottom()) {
                assertThat(state.bit()).isEqualTo(state.hole());
                assertThat(state.activity()).isEqualTo(Activity.DRILLING);
                assertThat(state.rop()).isBetween(18.0, 75.0);
                assertThat(state.loads().weightOnBit()).isBetween(0.3, 20.0);
            } else {
                assertThat(state.loads().weightOnBit()).isZero();
            }
        });
    }

    @Test
    void aConnectionDrainsAboutEightCubicMetresBackAndGivesThemBack() {
        RigModel model = new RigModel(RigProfile.of(1, 3));
        long drilling = find(model, 0, state -> state.activity() == Activity.DRILLING);
        long off = find(model, drilling, state -> !state.pumpDuty().on());
        long on = find(model, off, state -> state.pumpDuty().on());

        double before = model.at(off - 1).pits().active();
        double gained = model.at(on - 1).pits().active();
        double returned = model.at(on + 900).pits().active();

        assertThat(gained - before).isBetween(7.0, 9.0);
        assertThat(gained - returned).isBetween(6.5, 10.0);
        assertThat(on - off).isBetween(816L, 936L);
    }

    @Test
    void aStandTakesAsLongAsARecordedOne() {
        RigModel model = new RigModel(RigProfile.of(1, 3));
        long first = find(model, 0, state -> state.activity() == Activity.DRILLING);
        first = find(model, first, state -> state.activity() == Activity.CONNECTION);
        int slips = 0;
        int drilling = 0;
        int connection = 0;
        int stands = 4;
        long end = first;
        for (int stand = 0; stand < stands; stand++) {
            end = find(model, end, state -> state.activity() == Activity.DRILLING);
            end = find(model, end, state -> state.activity() == Activity.CONNECTION);
        }
        for (long second = first; second < end; second++) {
            RigState state = model.at(second);
            slips += state.inSlips() ? 1 : 0;
            drilling += state.activity() == Activity.DRILLING ? 1 : 0;
            connection += state.activity() == Activity.CONNECTION ? 1 : 0;
        }

        assertThat(slips / stands / 60.0).isBetween(11.0, 12.5);
        assertThat(connection / stands / 60.0).isBetween(14.0, 15.2);
        assertThat(drilling / stands / 60.0).isBetween(36.0, 50.0);
        assertThat(model.at(end).hole() - model.at(first).hole()).isEqualTo(stands * 27.42, within(1e-6));
    }

    @Test
    void strokesAreTheSumOfTheStrokeRates() {
        RigModel model = new RigModel(RigProfile.of(1, 3));
        double sum = 0;
        for (long second = 1; second <= 7200; second++) {
            sum += model.at(second).pumps().share() * MudPumps.fullRate(model.profile()) / 60;
        }

        double counted = model.at(7200).pumps().strokes() - model.at(0).pumps().strokes();

        assertThat(counted).isEqualTo(sum, within(5.0)).isGreaterThan(5000);
    }

    @Test
    void theGasOfAConnectionArrivesALagLater() {
        RigModel model = new RigModel(RigProfile.of(1, 3));
        long drilling = find(model, 0, state -> state.activity() == Activity.DRILLING);
        long connection = find(model, drilling, state -> state.activity() == Activity.CONNECTION);
        long on = find(model, connection, state -> state.pumpDuty().on());
        double lag = model.at(on).gas().lagStrokes() * 60 / MudPumps.fullRate(model.profile());

        double atLag = model.at(on + (long) lag).gas().connection();
        double before = model.at(on + (long) lag - 600).gas().connection();

        assertThat(lag).isBetween(600.0, 4000.0);
        assertThat(atLag).isGreaterThan(0.4).isGreaterThan(5 * before);
    }

    @Test
    void theReturnsComeFromRockThatIsDrilledAndNeverGoBack() {
        pairs(60, (before, now) -> {
            assertThat(now.gas().returnsDepth()).isLessThanOrEqualTo(now.hole() + 1e-6);
            if (before.now().well() == now.now().well()
                    && before.now().place().run() == now.now().place().run()
                    && now.onBottom()
                    && before.onBottom()) {
                assertThat(now.gas().returnsDepth())
                        .isGreaterThanOrEqualTo(before.gas().returnsDepth());
            }
        });
    }

    @Test
    void threeOfFourGeneratorsCarryTheLoad() {
        everyMinute(state -> assertThat(state.power()).isBetween(500.0, 3 * 1400.0));
    }

    private static void everyMinute(Consumer<RigState> check) {
        for (int number = 1; number <= RIGS; number++) {
            RigModel model = new RigModel(RigProfile.of(1, number));
            for (long second = number; second < TWELVE_DAYS; second += 60) {
                check(model.at(second), number, second, check);
            }
        }
    }

    private static void check(RigState state, int number, long second, Consumer<RigState> check) {
        try {
            check.accept(state);
        } catch (AssertionError e) {
            throw new AssertionError("seed 1, rig " + number + ", second " + second + ": " + e.getMessage(), e);
        }
    }

    private static void pairs(long step, BiConsumer<RigState, RigState> check) {
        for (int number = 1; number <= RIGS; number++) {
            pairs(number, 0, TWELVE_DAYS, step, check);
        }
    }

    /** Second by second over the first eight hours of each rig. */
    private static void seconds(BiConsumer<RigState, RigState> check) {
        for (int number = 1; number <= RIGS; number++) {
            pairs(number, 0, 8 * 3600, 1, check);
        }
    }

    private static void pairs(int number, long from, long to, long step, BiConsumer<RigState, RigState> check) {
        RigModel model = new RigModel(RigProfile.of(1, number));
        RigState before = model.at(from);
        for (long second = from + step; second < to; second += step) {
            RigState now = model.at(second);
            RigState earlier = before;
            check(now, number, second, state -> check.accept(earlier, state));
            before = now;
        }
    }

    private static long find(RigModel model, long from, Predicate<RigState> wanted) {
        for (long second = from; second < from + TWELVE_DAYS; second++) {
            if (wanted.test(model.at(second))) {
                return second;
            }
        }
        throw new AssertionError("not within twelve days of second " + from + " (seed 1)");
    }
}
