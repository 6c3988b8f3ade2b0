package routes.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import routes.application.Routes;
import routes.check.BuiltInRoutes;
import routes.check.RouteCheck;
import routes.check.RouteText;
import routes.settings.ConfigurationException;
import routes.settings.Given;
import routes.settings.Settings;

/** Which of changed files run, and what runs from the start. */
class SelectionTest {
    private static final String ERRORS = "routes/errors.camel.yaml";
    private static final String FLAG = "routes/rigs/flag-message.camel.yaml";
    private static final String FLAG_FRONT = "routes/rigs/flag-telemetry.camel.yaml";
    private static final String SLICE = "routes/rigs/slice-message.camel.yaml";
    private static final RouteCheck CHECK =
            Routes.check(Settings.load(new Given("embedded", Map.of(), List.of(), List.of())));
    private static final List<RouteText> GOOD = BuiltInRoutes.ofThisProgram().texts();

    private final SortedMap<String, RouteText> found = Selection.byName(GOOD);

    private void edit(String file, String part, String by) {
        String text = found.get(file).text();
        assertThat(text).contains(part);
        found.put(file, new RouteText(file, text.replace(part, by)));
    }

    private Selection selected() {
        return Selection.of(CHECK, GOOD, found.values());
    }

    @Test
    void whatIsGoodIsTaken() {
        edit(FLAG, "> 30000", "> 40000");

        assertThat(selected().files()).isEqualTo(found);
        assertThat(selected().refused()).isEmpty();
        assertThat(selected().problems()).isEmpty();
    }

    @Test
    void whatIsWrongKeepsItsLastGoodTextAndTheRestIsTaken() {
        edit(FLAG, "> 30000", "> 40000");
        edit(SLICE, "ref: slice-telemetry", "ref: slice-telemetri");

        Selection selection = selected();

        assertThat(selection.refused()).containsExactly(SLICE);
        assertThat(Selection.changed(Selection.byName(GOOD), selection.files())).containsExactly(FLAG);
        assertThat(selection.problems())
                .singleElement()
                .asString()
                .contains("slice-message.camel.yaml:13:18", "slice-telemetri");
    }

    /** The files that call it have the error, not the one that was edited. */
    @Test
    void whatBreaksAnotherFileIsFoundAndLeftOut() {
        edit(FLAG, "uri: direct:flag-message", "uri: direct:flagged-message");
        edit(SLICE, "Cuts each message", "Cuts every message");

        Selection selection = selected();

        assertThat(selection.refused()).containsExactly(FLAG);
        assertThat(Selection.changed(Selection.byName(GOOD), selection.files())).containsExactly(SLICE);
    }

    @Test
    void editsThatOnlyWorkTogetherAreTakenTogether() {
        edit(FLAG, "uri: direct:flag-message", "uri: direct:flagged-message");
        edit(FLAG_FRONT, "uri: direct:flag-message", "uri: direct:flagged-message");

        assertThat(selected().files()).isEqualTo(found);
    }

    @Test
    void aFileThatOthersNeedCannotBeDeleted() {
        found.remove(ERRORS);

        assertThat(selected().refused()).containsExactly(ERRORS);
        assertThat(selected().files()).isEqualTo(Selection.byName(GOOD));
    }

    @Test
    void notAllFilesCanBeDeleted() {
        found.clear();

        Selection selection = selected();

        assertThat(selection.files()).isEqualTo(Selection.byName(GOOD));
        assertThat(selection.problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("no file of routes is left"));
    }

    @Test
    void aStartTakesTheLastGoodVersionOfWhatIsWrong() {
        edit(FLAG, "GASA", "GASSA");

        StartSelection start = StartSelection.of(CHECK, found.values(), GOOD);

        assertThat(start.running())
                .containsExactlyElementsOf(Selection.byName(GOOD).values());
        assertThat(start.selection().refused()).containsExactly(FLAG);
    }

    @Test
    void aStartTakesWhatIsThereIfItIsGoodAndMissesWhatWasDeleted() {
        found.remove(FLAG);
        found.remove(FLAG_FRONT);

        assertThat(StartSelection.of(CHECK, found.values(), GOOD).running()).containsExactlyElementsOf(found.values());
    }

    @Test
    void aStartIsRefusedIfThereIsNoGoodVersion() {
        edit(FLAG, "GASA", "GASSA");
        SortedMap<String, RouteText> others = new TreeMap<>(Selection.byName(GOOD));
        others.remove(FLAG);
        others.remove(FLAG_FRONT);

        for (List<RouteText> lastGood : List.of(List.<RouteText>of(), new ArrayList<>(others.values()))) {
            assertThatThrownBy(() -> StartSelection.of(CHECK, found.values(), lastGood))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("no channel is named 'GASSA'");
        }
    }

    @Test
    void aStartWithoutFilesIsRefusedWhateverRanLast() {
        assertThatThrownBy(() -> StartSelection.of(CHECK, List.of(), GOOD))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no routes were found");
    }
}
