package routes.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import routes.audit.Audit.Limits;

class LimitsTest {
    @Test
    void aDayOfTheDefaultRigsFitsIntoTheHeapOfASmallMachine() {
        Limits limits = Limits.of(512L << 20);

        assertThat(limits.range()).isGreaterThan(200 * 86_400);
        assertThat(limits.window()).isEqualTo(100_000);
        assertThat(limits.missing()).isGreaterThan(200_000);
        assertThat(limits.rigs()).isGreaterThan(10_000);
    }

    @Test
    void aHeapThatIsTooSmallIsASentence() {
        assertThatThrownBy(() -> Limits.of(64L << 20))
                .isInstanceOf(AuditException.class)
                .hasMessage("an audit needs 128 MB of memory, found 64; give it more with java -Xmx128m");
    }
}
