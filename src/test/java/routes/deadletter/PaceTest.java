package routes.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong clock = new AtomicLong(5_000);

    @Test
    void theNextIsDueWhenThoseBeforeHaveHadTheirTime() {
        Pace pace = new Pace(10, clock::get);

        assertThat(pace.untilNext(0)).isZero();
        assertThat(pace.untilNext(5)).isEqualTo(Duration.ofMillis(500));
        clock.addAndGet(Duration.ofMillis(450).toNanos());
        assertThat(pace.untilNext(5)).isEqualTo(Duration.ofMillis(50));
        clock.addAndGet(Duration.ofMillis(450).toNanos());
        assertThat(pace.untilNext(5)).isZero();
    }

    @Test
    void withoutALimitTheNextIsDueAtOnce() {
        assertThat(new Pace(Double.POSITIVE_INFINITY, clock::get).untilNext(1_000_000))
                .isZero();
    }
}
