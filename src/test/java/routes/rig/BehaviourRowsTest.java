package routes.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.settings.ConfigurationException;

class BehaviourRowsTest {
    private static final String HEADER = "channel,driver,idle,working,wander\n";

    private final ChannelCatalogue catalogue = ChannelCatalogue.builtIn();

    @Test
    void everyRowIsOfAChannelThatHasNoFormula() {
        Map<String, Behaviour> behaviours = BehaviourRows.builtIn(catalogue);

        assertThat(behaviours).hasSizeGreaterThan(800);
        assertThat(behaviours.keySet()).allSatisfy(id -> {
            assertThat(catalogue.find(id)).as(id).isPresent();
            assertThat(StringInstruments.all()).doesNotContainKey(id);
            assertThat(FluidInstruments.all()).doesNotContainKey(id);
            assertThat(DownholeInstruments.all()).doesNotContainKey(id);
            assertThat(DerivedInstruments.all()).doesNotContainKey(id);
        });
    }

    @Test
    void everyFormulaIsOfAChannel() {
        assertThat(StringInstruments.all().keySet())
                .allMatch(id -> catalogue.find(id).isPresent());
        assertThat(FluidInstruments.all().keySet())
                .allMatch(id -> catalogue.find(id).isPresent());
        assertThat(DownholeInstruments.all().keySet())
                .allMatch(id -> catalogue.find(id).isPresent());
        assertThat(DerivedInstruments.all().keySet())
                .allMatch(id -> catalogue.find(id).isPresent());
    }

    @Test
    void namesEveryProblemAtOnce() {
        String file = HEADER + "FWPRS,steady,0,905,12\n" + "FWPRS,steady,0,905,12\n" + "POB,wishes,0,1,0\n"
                + "GALM,never,none,1,0\n";

        ConfigurationException thrown = catchThrowableOfType(
                ConfigurationException.class, () -> BehaviourRows.read(new StringReader(file), "b.csv", catalogue));

        assertThat(thrown.problems()).hasSize(3);
        assertThat(thrown.problems().get(0))
                .isEqualTo("b.csv:3: found channel 'FWPRS' a second time, expected it once");
        assertThat(thrown.problems().get(1))
                .startsWith("b.csv:4: found driver 'wishes', expected one of back-pressure,");
        assertThat(thrown.problems().get(2)).isEqualTo("b.csv:5: found idle 'none', expected a number");
    }
}
