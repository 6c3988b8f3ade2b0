package routes.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import routes.telemetry.Telemetry;

/** A published log of a real well, read here a second time in the simplest way there is. */
class RecordingOfARealLogTest {
    private static final Path LOG = Path.of("../shared/data/recorded-time-log.csv");

    @Test
    void everyCellArrivesOnceInOrderWithTheSameValue() throws IOException {
        assumeTrue(Files.exists(LOG), "the recorded log " + LOG + " is not here");
        List<String> lines = Files.readAllLines(LOG);
        List<String> header = List.of(lines.get(0).split(","));
        List<String> problems = new ArrayList<>();

        Recording recording = Recording.load(LOG, 1, false, problems::add);

        assertThat(problems).isEmpty();
        assertThat(recording.rows()).isEqualTo(4_548);
        assertThat(header).hasSize(55);
        assertThat(recording.at(0).orElseThrow().names().names()).isEqualTo(header.subList(1, 55));
        int values = 0;
        for (int seq = 0; seq < recording.rows(); seq++) {
            String[] cells = lines.get(seq + 2).split(",", -1);
            Telemetry telemetry = recording.at(seq).orElseThrow();
            assertThat(telemetry.seq()).isEqualTo(seq);
            assertThat(recording.recordedTime(seq)).contains(cells[0]);
            assertThat(recording.elapsedMillis(seq))
                    .isEqualTo(millis(cells[0]) - millis(lines.get(2).split(",")[0]));
            values += assertValues(telemetry, cells);
        }
        assertThat(values).as("non-empty cells compared, times apart").isEqualTo(221_025);
        assertThat(recording.at(4_548)).isEmpty();
    }

    private static int assertValues(Telemetry telemetry, String[] cells) {
        int values = 0;
        for (int i = 1; i < cells.length; i++) {
            long unscaled = telemetry.unscaled()[i - 1];
            if (cells[i].isEmpty()) {
                assertThat(unscaled).isEqualTo(Telemetry.NULL);
            } else {
                values++;
                assertThat(BigDecimal.valueOf(unscaled, telemetry.decimals()[i - 1]))
                        .isEqualByComparingTo(new BigDecimal(cells[i]));
            }
        }
        return values;
    }

    private static long millis(String time) {
        return Instant.parse(time.replace("+00:00", "Z")).toEpochMilli();
    }
}
