package routes.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import routes.application.Routes;
import routes.check.BuiltInRoutes;
import routes.check.RouteCheck;
import routes.check.RouteText;
import routes.settings.Given;
import routes.settings.Settings;

/** Which routes wait, and which files are loaded, when some change. */
class SwapPlanTest {
    private static final List<RouteText> BUILT_IN =
            BuiltInRoutes.ofThisProgram().texts();
    private static final RouteCheck CHECK =
            Routes.check(Settings.load(new Given("embedded", Map.of(), List.of(), List.of())));
    private static final String ERRORS = "routes/errors.camel.yaml";

    private static SwapPlan map(Collection<RouteText> texts) {
        return new SwapPlan(CHECK.resolved(texts));
    }

    private static List<String> fronts(String file) {
        SwapPlan map = map(BUILT_IN);
        return Stream.of(
                        "route-telemetry",
                        "slice-telemetry",
                        "flag-telemetry",
                        "archive-telemetry",
                        "generate-telemetry",
                        "checkpoint-fleet",
                        "no-such-route")
                .filter(map.frontsOf(Set.of(file)))
                .toList();
    }

    private static SwapPlan edited(String part, String by) {
        SortedMap<String, RouteText> files = Selection.byName(BUILT_IN);
        String text = files.get(ERRORS).text();
        assertThat(text).contains(part);
        files.put(ERRORS, new RouteText(ERRORS, text.replace(part, by)));
        return map(files.values());
    }

    @Test
    void onlyWhatCallsARouteWaitsForIt() {
        assertThat(fronts("routes/rigs/flag-message.camel.yaml")).containsExactly("flag-telemetry");
        assertThat(fronts("routes/rigs/send-telemetry.camel.yaml")).containsExactly("generate-telemetry");
        assertThat(fronts("routes/rigs/archive-telemetry.camel.yaml")).containsExactly("archive-telemetry");
    }

    /** It is called by the treatment of errors, which the routes only name. */
    @Test
    void whatCanDeadLetterWaitsForTheRouteOfDeadLetters() {
        assertThat(fronts("routes/send-dead-letter.camel.yaml"))
                .containsExactly("route-telemetry", "slice-telemetry", "flag-telemetry");
    }

    @Test
    void routesTakeARouteConfigurationThatChanged() {
        SwapPlan before = map(BUILT_IN);

        assertThat(before.goingWith(Set.of(ERRORS), edited("backOffMultiplier: 2", "backOffMultiplier: 3")))
                .containsExactlyInAnyOrder(
                        ERRORS,
                        "routes/rigs/flag-message.camel.yaml",
                        "routes/rigs/route-message.camel.yaml",
                        "routes/rigs/slice-message.camel.yaml");
    }

    @Test
    void aCommentThereChangesNoOtherRoute() {
        assertThat(map(BUILT_IN).goingWith(Set.of(ERRORS), edited("# How routes", "# This is how routes")))
                .containsExactly(ERRORS);
    }

    @Test
    void configurationsAreLoadedFirstAndConsumersLast() {
        List<String> names = map(BUILT_IN)
                .inOrderOfLoading(Selection.byName(BUILT_IN).keySet())
                .stream()
                .map(RouteText::name)
                .toList();

        assertThat(names).startsWith(ERRORS).hasSameSizeAs(BUILT_IN);
        assertThat(names.indexOf("routes/rigs/flag-telemetry.camel.yaml"))
                .isGreaterThan(names.indexOf("routes/send-dead-letter.camel.yaml"));
    }
}
