package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.application.Snapshot;
import routes.application.Snapshot.TopicTotals;

class StatusLineTest {
    private static final Snapshot BEFORE = new Snapshot(1_000, 20_000_000, 5_000, 30_000_000, 0, 0, 0, 0, Map.of());
    private static final Snapshot AFTER =
            new Snapshot(1_400, 28_400_000, 14_200, 51_000_000, 1.25, 1_234, 7, 0.0234, Map.of());

    @Test
    void ratesArePerSecondOfTheTimeBetween() {
        assertThat(StatusLine.of(BEFORE, AFTER, Duration.ofSeconds(2)))
                .isEqualTo("in 200 msg/s 4.2 MB/s | out 4,600 msg/s 10.5 MB/s | fleet lag 1.3 s"
                        + " | consumer lag 1,234 | dead letters 7 | p99 23 ms");
    }

    @Test
    void withoutTimeBetweenThereIsNoRate() {
        assertThat(StatusLine.of(BEFORE, AFTER, Duration.ZERO))
                .startsWith("in 0 msg/s 0.0 MB/s | out 0 msg/s 0.0 MB/s");
    }

    @Test
    void onATerminalEachLineTakesThePlaceOfTheLastAndDoesNotWrap() {
        StringWriter screen = new StringWriter();
        StatusOutput output = new StatusOutput.OnTerminal(new PrintWriter(screen), 10);

        output.show("0123456789");
        output.show("short");
        output.clear();

        assertThat(screen).hasToString("\r\u001b[K012345678\r\r\u001b[Kshort\r\r\u001b[K");
        assertThat(output.interval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theSummaryHasALinePerTopicAndTheTotal() {
        Map<String, TopicTotals> topics =
                Map.of("rig.telemetry", new TopicTotals(12_000, 240_000_000), "rig.fleet", new TopicTotals(6, 1_200));

        assertThat(Summary.of(topics))
                .containsExactly(
                        "topic                records           MB",
                        "rig.fleet                  6          0.0",
                        "rig.telemetry         12,000        240.0",
                        "total                 12,006        240.0");
    }
}
