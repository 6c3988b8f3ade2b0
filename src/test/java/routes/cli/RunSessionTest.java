package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import routes.application.Snapshot;
import routes.application.Snapshot.TopicTotals;

class RunSessionTest {
    private static final Optional<Duration> SHORT = Optional.of(Duration.ofMillis(35));
    private static final Optional<Duration> WITHOUT_END = Optional.empty();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final StopSignal stop = new StopSignal();
    private final FakeApplication application = new FakeApplication();

    @AfterEach
    void close() {
        stop.close();
    }

    @Test
    void afterItsTimeItSilencesTheRigsLetsTheRoutesCatchUpAndSumsUp() throws Exception {
        int code = session().run(SHORT);

        assertThat(code).isZero();
        assertThat(application.calls).containsExactly("stopGenerating", "awaitCaughtUp PT30S");
        assertThat(out.toString().lines()).first().asString().matches("Kafka +127.0.0.1:9092");
        assertThat(out.toString()).contains("status in ").contains("rig.telemetry");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void routesThatDoNotCatchUpAreReported() throws Exception {
        application.catchesUp = false;

        int code = session().run(SHORT);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("the routes have not read everything within 30 s; 17 records are left");
    }

    @Test
    void aWishToStopEndsItAtOnce() throws Exception {
        stop.request();

        int code = session().run(WITHOUT_END);

        assertThat(code).isZero();
        assertThat(application.calls).containsExactly("stopGenerating");
        assertThat(out.toString()).contains("rig.telemetry");
    }

    @Test
    void aFailureEndsItWithTheReason() throws Exception {
        application.failure = "the embedded Kafka has stopped: no space left";

        int code = session().run(WITHOUT_END);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("the embedded Kafka has stopped: no space left");
        assertThat(application.calls).isEmpty();
    }

    private RunSession session() {
        PrintWriter lines = new PrintWriter(out, true);
        StatusOutput status = new StatusOutput() {
            @Override
            public Duration interval() {
                return Duration.ofMillis(10);
            }

            @Override
            public void show(String line) {
                lines.println("status " + line);
            }

            @Override
            public void clear() {
                lines.println();
            }
        };
        return new RunSession(application, stop, status, lines, new PrintWriter(err, true));
    }

    private static final class FakeApplication implements Running {
        private final List<String> calls = new ArrayList<>();
        private boolean catchesUp = true;
        private String failure;

        @Override
        public Map<String, String> endpoints() {
            return Map.of("Kafka", "127.0.0.1:9092");
        }

        @Override
        public Snapshot snapshot() {
            return new Snapshot(5, 50, 10, 100, 0, 17, 0, 0.01, Map.of("rig.telemetry", new TopicTotals(5, 50)));
        }

        @Override
        public void onFailure(Consumer<String> owner) {
            if (failure != null) {
                owner.accept(failure);
            }
        }

        @Override
        public void stopGenerating() {
            calls.add("stopGenerating");
        }

        @Override
        public boolean awaitCaughtUp(Duration patience) {
            calls.add("awaitCaughtUp " + patience);
            return catchesUp;
        }
    }
}
