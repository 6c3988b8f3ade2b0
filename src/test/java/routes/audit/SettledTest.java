package routes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettledTest {
    private final Settled settled = new Settled();

    @Test
    void whatWasPutIsThereAndNothingElseIs() {
        for (int i = 0; i < 10_000; i++) {
            settled.put(i % 8, 1_000_000_000L + i * 7L, 1L << i % 31);
        }

        for (int i = 0; i < 10_000; i++) {
            assertThat(settled.get(i % 8, 1_000_000_000L + i * 7L)).isEqualTo(1L << i % 31);
        }
        assertThat(settled.get(0, 1_000_000_001L)).isZero();
        assertThat(settled.get(7, 0)).isZero();
    }

    @Test
    void moreSetsOfTopicsThanCanBeNumberedAreNotKnown() {
        for (int i = 0; i < 70_000; i++) {
            settled.put(0, i, i + 1L);
        }

        assertThat(settled.get(0, 65_534)).isEqualTo(65_535);
        assertThat(settled.get(0, 69_999)).isZero();
    }
}
