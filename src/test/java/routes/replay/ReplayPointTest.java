package routes.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayPointTest {
    @Test
    void readsEveryForm() {
        assertThat(ReplayPoint.parse("earliest")).isEqualTo(ReplayPoint.Edge.EARLIEST);
        assertThat(ReplayPoint.parse("latest")).isEqualTo(ReplayPoint.Edge.LATEST);
        assertThat(ReplayPoint.parse("offset:3=900,0=1200"))
                .isEqualTo(new ReplayPoint.Offsets(new TreeMap<>(Map.of(0, 1200L, 3, 900L))));
        assertThat(ReplayPoint.parse("time:2026-11-20T11:00:00+01:00"))
                .isEqualTo(new ReplayPoint.At(Instant.parse("2026-11-20T10:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest", "offset:0=1200,3=900", "time:2026-11-20T10:00:00Z"})
    void itsTextIsWhatWasRead(String text) {
        assertThat(ReplayPoint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Earliest",
                "offset:",
                "offset:3",
                "offset:3=",
                "offset:3=-1",
                "offset:3=1,",
                "offset:3=1,3=2",
                "offset:3=99999999999999999999",
                "time:",
                "time:yesterday",
                "time:2026-11-20T10:00:00",
                "time:2026-13-20T10:00:00Z"
            })
    void saysWhatItFoundAndWhatItExpected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplayPoint.parse(text))
                .withMessageContaining("'" + text + "'");
    }
}
