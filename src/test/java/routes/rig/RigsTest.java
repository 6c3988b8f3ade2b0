package routes.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.StringReader;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.settings.ConfigurationException;

class RigsTest {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** The activity codes of each topic but {@code other}, which takes the rest. */
    private static final Map<String, Set<Integer>> TOPICS = Map.of(
            "drilling", Set.of(2, 5, 6),
            "tripping", Set.of(8, 9, 33, 34),
            "connection", Set.of(3),
            "circulating", Set.of(7),
            "reaming", Set.of(4));

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 42, 2026})
    void in200RigsSomeoneDoesEverythingInEveryMinute(long seed) {
        ChannelCatalogue small = ChannelCatalogue.read(new StringReader(ACTIVITY_ONLY), "small.csv");
        Rigs rigs = new Rigs(seed, PERIOD, small);
        Set<Integer> activities = new HashSet<>();

        for (int number = 1; number <= 200; number++) {
            for (long seq = 0; seq < 60; seq++) {
                activities.add(rigs.rig(number).at(seq).orElseThrow().activity());
            }
        }

        assertThat(TOPICS)
                .allSatisfy((topic, codes) ->
                        assertThat(activities).as("seed " + seed + ", " + topic).containsAnyElementsOf(codes));
        assertThat(activities).as("seed " + seed).contains(8, 9, 28);
    }

    @Test
    void rigsShareTheirChannelNames() {
        Rigs rigs = new Rigs(1, PERIOD, ChannelCatalogue.builtIn().landRig());

        assertThat(rigs.rig(1).at(0).orElseThrow().names())
                .isSameAs(rigs.rig(200).at(99).orElseThrow().names());
    }

    @Test
    void numbersHaveThreeDigitsAndMoreWhenNeeded() {
        assertThat(List.of(Rig.id(1), Rig.id(200), Rig.id(1234))).containsExactly("RIG-001", "RIG-200", "RIG-1234");
    }

    @Test
    void aFloaterSendsItsVesselToo() {
        Rigs rigs = new Rigs(1, PERIOD, ChannelCatalogue.builtIn());

        Reading reading = Reading.of(rigs.rig(1), 0);

        assertThat(reading.telemetry().unscaled()).hasSize(1138);
        assertThat(reading.value("VHED")).isBetween(212.0, 216.0);
    }

    @Test
    void refusesAChannelThatIsNotSimulated() {
        ChannelCatalogue unknown = ChannelCatalogue.read(
                new StringReader(ACTIVITY_ONLY + "NOVEL,,,Something new,t,0,1,1,1,drilling\n"), "novel.csv");

        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> new Rigs(1, PERIOD, unknown));

        assertThat(thrown.problems())
                .containsExactly("channel NOVEL: found neither a formula nor a row in channels/behaviours.csv,"
                        + " expected one of them");
    }

    @Test
    void refusesWhatCannotBe() {
        ChannelCatalogue catalogue = ChannelCatalogue.builtIn().landRig();

        assertThatThrownBy(() -> new Rigs(1, Duration.ZERO, catalogue))
                .hasMessage("period PT0S: expected 1 ms or more");
        assertThatThrownBy(() -> new Rigs(1, PERIOD, catalogue).rig(0)).hasMessage("rig number 0: expected 1 or more");
    }

    private static final String ACTIVITY_ONLY =
            """
            id,wits,aliases,description,unit,min,max,resolution,period,subsystem
            ACTC,ACTC,,Activity code,unitless,0,99,1,1,drilling
            """;
}
