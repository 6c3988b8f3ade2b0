package routes.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import routes.check.RouteText;

/** When a folder that changes has come to rest. */
class SettlingTest {
    private static final RouteText OLD = new RouteText("a.camel.yaml", "old");
    private static final RouteText HALF = new RouteText("a.camel.yaml", "ne");
    private static final RouteText NEW = new RouteText("a.camel.yaml", "new");
    private static final RouteText OTHER = new RouteText("b.camel.yaml", "other");

    private final Settling settling = new Settling(List.of(OLD));

    private Optional<List<RouteText>> at(long millis, RouteText... files) {
        return settling.look(List.of(files), millis * 1_000_000);
    }

    @Test
    void whatIsAsItWasIsNothingNew() {
        assertThat(at(0, OLD)).isEmpty();
        assertThat(at(10_000, OLD)).isEmpty();
    }

    @Test
    void aChangeIsTakenOnceAndOnlyWhenItHasBeenTheSameForAWhile() {
        assertThat(at(1_000, NEW)).isEmpty();
        assertThat(at(1_299, NEW)).isEmpty();
        assertThat(at(1_300, NEW)).contains(List.of(NEW));
        assertThat(at(2_000, NEW)).isEmpty();
    }

    @Test
    void piecesAreWaitedFor() {
        assertThat(at(1_000, HALF)).isEmpty();
        assertThat(at(1_250, NEW)).isEmpty();
        assertThat(at(1_500, NEW)).isEmpty();
        assertThat(at(1_550, NEW)).contains(List.of(NEW));
    }

    @Test
    void whatIsMissingIsWaitedForLonger() {
        assertThat(at(1_000, OTHER)).isEmpty();
        assertThat(at(1_999, OTHER)).isEmpty();
        assertThat(at(2_000, OTHER)).contains(List.of(OTHER));
    }

    @Test
    void aFileThatWasPutAsideForAMomentIsNoChange() {
        assertThat(at(1_000)).isEmpty();
        assertThat(at(1_200, OLD)).isEmpty();
        assertThat(at(5_000, OLD)).isEmpty();
    }

    @Test
    void whatCouldNotBeDoneIsOfferedAgain() {
        at(1_000, NEW);
        assertThat(at(1_300, NEW)).isPresent();

        settling.again();

        assertThat(at(1_450, NEW)).contains(List.of(NEW));
    }
}
