package routes.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import routes.telemetry.Telemetry;

class RigTest {
    private static final long SEED = 1;
    private static final ChannelCatalogue CATALOGUE = ChannelCatalogue.builtIn().landRig();
    private static final Rigs RIGS = new Rigs(SEED, Duration.ofSeconds(1), CATALOGUE);

    private final Rig rig = RIGS.rig(7);

    @Test
    void saysTheSameForTheSameSeqInAnyOrder() {
        long[] forward = rig.at(123).orElseThrow().unscaled();
        long[] other = rig.at(456).orElseThrow().unscaled();

        Rig again =
                new Rigs(SEED, Duration.ofSeconds(1), ChannelCatalogue.builtIn().landRig()).rig(7);

        assertThat(again.at(456).orElseThrow().unscaled()).isEqualTo(other).isNotEqualTo(forward);
        assertThat(again.at(123).orElseThrow().unscaled()).isEqualTo(forward);
        assertThat(rig.at(123).orElseThrow().unscaled()).isEqualTo(forward);
    }

    @Test
    void isAnotherRigWithAnotherSeedOrNumber() {
        long[] values = rig.at(10).orElseThrow().unscaled();

        assertThat(RIGS.rig(8).at(10).orElseThrow().unscaled()).isNotEqualTo(values);
        assertThat(new Rigs(2, Duration.ofSeconds(1), CATALOGUE)
                        .rig(7)
                        .at(10)
                        .orElseThrow()
                        .unscaled())
                .isNotEqualTo(values);
    }

    @Test
    void tellsWhoItIs() {
        Telemetry telemetry = rig.at(5).orElseThrow();

        assertThat(rig.rig()).isEqualTo("RIG-007");
        assertThat(telemetry.rig()).isEqualTo("RIG-007");
        assertThat(telemetry.well()).isEqualTo("RIG-007-W1");
        assertThat(telemetry.seq()).isEqualTo(5);
        assertThat(telemetry.activity()).isEqualTo((int) new Reading(telemetry).value("ACTC"));
    }

    @Test
    void beginsTheNextWellWhenOneIsFinished() {
        Set<String> wells = new HashSet<>();
        for (long day = 0; day < 25; day++) {
            wells.add(rig.at(day * 86_400).orElseThrow().well());
        }

        assertThat(wells).contains("RIG-007-W1", "RIG-007-W2", "RIG-007-W3");
        assertThat(rig.at(50_000_000).orElseThrow().well()).matches("RIG-007-W[0-9]+");
    }

    @Test
    void refusesANegativeSeq() {
        assertThatThrownBy(() -> rig.at(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("seq -1: expected 0 or more");
    }

    @Test
    void itsPeriodOnlySaysHowOftenItIsAsked() {
        Rig slow = new Rigs(SEED, Duration.ofSeconds(5), CATALOGUE).rig(7);
        Rig fast = new Rigs(SEED, Duration.ofMillis(250), CATALOGUE).rig(7);

        assertThat(slow.elapsedMillis(12)).isEqualTo(60_000);
        assertThat(slow.at(12).orElseThrow().unscaled())
                .isEqualTo(rig.at(60).orElseThrow().unscaled());
        assertThat(fast.elapsedMillis(3)).isEqualTo(750);
        assertThat(fast.at(3).orElseThrow().unscaled())
                .isEqualTo(rig.at(0).orElseThrow().unscaled());
    }

    @Test
    void everyValueLiesInItsRangeAndOnItsResolution() {
        int checked = 0;
        for (int number = 1; number <= 12; number++) {
            for (long seq = 0; seq < 900_000; seq += 29_989) {
                checked += checkValues(RIGS.rig(number).at(seq).orElseThrow());
            }
        }

        assertThat(checked).isGreaterThan(300_000);
    }

    private static int checkValues(Telemetry telemetry) {
        int checked = 0;
        for (int i = 0; i < telemetry.unscaled().length; i++) {
            Channel channel = CATALOGUE.channels().get(i);
            if (telemetry.unscaled()[i] != Telemetry.NULL) {
                BigDecimal value =
                        BigDecimal.valueOf(telemetry.unscaled()[i], telemetry.decimals()[i]);
                assertThat(value).as(channel.id()).isBetween(channel.min(), channel.max());
                assertThat(value.remainder(channel.resolution()))
                        .as(channel.id())
                        .isZero();
                checked++;
            }
        }
        return checked;
    }

    @Test
    void everyValueIsHeldForItsPeriod() {
        Map<Integer, Set<Long>> phases = new HashMap<>();
        Telemetry before = rig.at(0).orElseThrow();
        for (long seq = 1; seq < 1200; seq++) {
            Telemetry now = rig.at(seq).orElseThrow();
            for (int i = 0; i < now.unscaled().length; i++) {
                if (now.unscaled()[i] != before.unscaled()[i]) {
                    long period = CATALOGUE.channels().get(i).period().toSeconds();
                    phases.computeIfAbsent(i, key -> new HashSet<>()).add(seq % period);
                }
            }
            before = now;
        }

        assertThat(phases).hasSizeGreaterThan(500).allSatisfy((i, phase) -> assertThat(phase)
                .as(CATALOGUE.channels().get(i).id())
                .hasSize(1));
    }

    @Test
    void fewSensorsGiveNothingAndThenOnlyForAWhile() {
        int missing = 0;
        int asked = 0;
        for (int number = 1; number <= 40; number++) {
            Telemetry telemetry = RIGS.rig(number).at(6000).orElseThrow();
            for (int i = 0; i < telemetry.unscaled().length; i++) {
                String subsystem = CATALOGUE.channels().get(i).subsystem();
                if (!subsystem.equals("mwd") && !subsystem.equals("lwd")) {
                    asked++;
                    missing += telemetry.unscaled()[i] == Telemetry.NULL ? 1 : 0;
                }
            }
        }

        assertThat((double) missing / asked).isBetween(0.0002, 0.003);
    }

    @Test
    void downholeValuesStandStillInAConnectionAndEndInATrip() {
        Rig drilling = RIGS.rig(3);
        long off = first(drilling, Activity.DRILLING, 0);
        off = first(drilling, Activity.CONNECTION, off) + 60;
        long tripping = first(drilling, Activity.TRIPPING_OUT, off) + 3600;

        assertThat(Reading.of(drilling, off + 600).unscaled("DG1M"))
                .isEqualTo(Reading.of(drilling, off).unscaled("DG1M"))
                .isNotEqualTo(Telemetry.NULL);
        assertThat(Reading.of(drilling, tripping).has("DG1M")).isFalse();
        assertThat(Reading.of(drilling, tripping).has("DBTM")).isTrue();
    }

    private static long first(Rig rig, int activity, long from) {
        long seq = from;
        while (rig.at(seq).orElseThrow().activity() != activity) {
            seq += 60;
        }
        return seq;
    }

    @Test
    void flowInIsStrokesTimesVolume() {
        int pumping = 0;
        for (int number = 1; number <= 60; number++) {
            Reading reading = Reading.of(RIGS.rig(number), 40);
            if (List.of("MFIA", "SPM1", "SPM2", "SPM3", "SPM4").stream().allMatch(reading::has)) {
                double strokes =
                        reading.value("SPM1") + reading.value("SPM2") + reading.value("SPM3") + reading.value("SPM4");
                assertThat(reading.value("MFIA")).isEqualTo(strokes * 11.40, within(0.051));
                pumping += strokes > 0 ? 1 : 0;
            }
        }

        assertThat(pumping).isPositive();
    }

    /** The shares of unchanged values from row to row that the recorded log has while drilling. */
    @Test
    void valuesRepeatAsOftenAsOnARealRig() {
        assertThat(repeats("HKLA")).isEqualTo(0.77, within(0.08));
        assertThat(repeats("WOBA")).isEqualTo(0.76, within(0.08));
        assertThat(repeats("RPMA")).isEqualTo(0.56, within(0.08));
        assertThat(repeats("SPPA")).isEqualTo(0.54, within(0.12));
        assertThat(repeats("MFOP")).isEqualTo(0.35, within(0.08));
        assertThat(repeats("MFIA")).isEqualTo(0.19, within(0.10));
        assertThat(repeats("TQA")).isEqualTo(0.09, within(0.05));
        assertThat(repeats("TVA")).isEqualTo(0.04, within(0.03));
    }

    private static final List<Reading> DRILLING = drilling();

    private static double repeats(String id) {
        int same = 0;
        int pairs = 0;
        for (int i = 1; i < DRILLING.size(); i++) {
            Reading before = DRILLING.get(i - 1);
            Reading now = DRILLING.get(i);
            if (now.telemetry().seq() == before.telemetry().seq() + 1) {
                pairs++;
                same += now.unscaled(id) == before.unscaled(id) ? 1 : 0;
            }
        }
        assertThat(pairs).isGreaterThan(1000);
        return (double) same / pairs;
    }

    private static List<Reading> drilling() {
        List<Reading> readings = new ArrayList<>();
        for (int number = 1; number <= 30; number++) {
            for (long seq = 0; seq < 150; seq++) {
                Telemetry telemetry = RIGS.rig(number).at(seq).orElseThrow();
                if (telemetry.activity() == Activity.DRILLING) {
                    readings.add(new Reading(telemetry));
                }
            }
        }
        return readings;
    }
}
