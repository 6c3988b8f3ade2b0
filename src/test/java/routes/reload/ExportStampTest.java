package routes.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.check.RouteText;

/** Routes that another version of the program has exported. */
class ExportStampTest {
    private final ExportStamp stamp =
            new ExportStamp("0.2.0", Map.of("errors.camel.yaml", "e\n", "rigs/a.camel.yaml", "a\n"));

    @Test
    void thoseOfThisVersionAndThoseWithoutAStampAreAsTheyShouldBe() {
        assertThat(stamp.warning(List.of(
                        new RouteText("my/errors.camel.yaml", "# rig-streams 0.2.0\ne\n"),
                        new RouteText("my/own.camel.yaml", "own"))))
                .isEmpty();
    }

    @Test
    void ofAnotherVersionItIsSaidWhatDiffersAndWhatIsMissing() {
        assertThat(stamp.warning(List.of(
                        new RouteText("my/errors.camel.yaml", "# rig-streams 0.1.0\nold\n"),
                        new RouteText("my/own.camel.yaml", "own"))))
                .hasValueSatisfying(warning -> assertThat(warning)
                        .contains("exported by rig-streams 0.1.0, this is 0.2.0")
                        .contains("by the version: errors.camel.yaml;")
                        .contains("not among yours: rigs/a.camel.yaml;"));
    }
}
