package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void saysOnceASecondHowFarHowFastAndHowLong() {
        StringWriter err = new StringWriter();
        AtomicLong clock = new AtomicLong();
        try (StopSignal stop = new StopSignal()) {
            Progress progress = new Progress("redriven", Progress.output(new PrintWriter(err)), stop, clock::get);

            clock.set(Duration.ofSeconds(5).toNanos());
            progress.progress(0, 5_000);
            progress.progress(100, 5_000);
            clock.set(Duration.ofSeconds(7).toNanos());
            progress.progress(1_000, 5_000);
            progress.progress(1_100, 5_000);

            assertThat(err.toString().lines()).containsExactly("redriven 1,000 of 5,000, 500.0/s, 8 s left");
            assertThat(progress.stopWithin(Duration.ZERO)).isFalse();
            stop.request();
            assertThat(progress.stopWithin(Duration.ofDays(1))).isTrue();
        }
    }
}
