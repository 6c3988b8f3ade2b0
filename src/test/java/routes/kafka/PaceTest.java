package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long T0 = 1_800_000_000_000L;

    private long nanos = 17;

    @Test
    void aNumberASecondIsKeptFromTheFirstRecordOn() {
        Pace pace = pace("4/s");
        assertThat(pace.untilDue(0, T0)).isZero();

        nanos += Duration.ofMillis(100).toNanos();

        assertThat(pace.untilDue(1, T0)).isEqualTo(Duration.ofMillis(150));
        assertThat(pace.untilDue(8, T0)).isEqualTo(Duration.ofMillis(1900));
    }

    @Test
    void theOriginalPaceIsKeptByTheRecordsTimes() {
        Pace pace = pace("x2");
        assertThat(pace.untilDue(0, T0)).isZero();

        nanos += Duration.ofMillis(100).toNanos();

        assertThat(pace.untilDue(1, T0 + 1000)).isEqualTo(Duration.ofMillis(400));
        assertThat(pace.untilDue(2, T0 + 200)).isZero();
        assertThat(pace.untilDue(3, T0 - 5000)).isZero();
    }

    @Test
    void withoutALimitEveryRecordIsDue() {
        Pace pace = pace("max");
        pace.untilDue(0, T0);

        assertThat(pace.untilDue(1_000_000, T0 + 1_000_000)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "0/s", "x0", "x", "/s", "x5/s", "-1/s", "1e3/s", "MAX", "5/m", "xx5"})
    void aMalformedRateIsNamedWithWhatWasExpected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.parse(text))
                .withMessageContaining("'" + text + "': expected max, N/s");
    }

    private Pace pace(String rate) {
        return new Pace(Rate.parse(rate), () -> nanos);
    }
}
