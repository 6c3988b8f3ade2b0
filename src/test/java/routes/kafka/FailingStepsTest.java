package routes.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FailingStepsTest {
    private static final ByteBuffer GOOD = key("good");
    private static final ByteBuffer BAD = key("bad");

    private final FailingSteps steps = new FailingSteps(2);

    @Test
    void aStepThatPassesNoneIsSuspectedAfterTheMostInARow() {
        assertThat(steps.mayGiveUp("look-up", BAD, false)).isTrue();
        assertThat(steps.mayGiveUp("look-up", GOOD, false)).isTrue();

        assertThat(steps.mayGiveUp("look-up", BAD, false)).isFalse();
        assertThat(steps.mayGiveUp("another", BAD, false))
                .as("each step for itself")
                .isTrue();
    }

    @Test
    void theRowGoesOnOverSmallBatches() {
        steps.mayGiveUp("look-up", BAD, false);
        steps.batchOpened();
        steps.mayGiveUp("look-up", GOOD, false);
        steps.batchOpened();

        assertThat(steps.mayGiveUp("look-up", BAD, false)).isFalse();
    }

    @Test
    void aStepThatPassesAnotherRecordIsNotDown() {
        for (int i = 0; i < 100; i++) {
            assertThat(steps.mayGiveUp("look-up", BAD, false)).isTrue();
            steps.passed("look-up", GOOD);
        }
    }

    @Test
    void ofASuspectedStepOneRecordOfEachFurtherAttemptMayGo() {
        steps.mayGiveUp("look-up", BAD, false);
        steps.mayGiveUp("look-up", BAD, false);
        steps.batchOpened();

        assertThat(steps.mayGiveUp("look-up", BAD, true)).isTrue();
        assertThat(steps.mayGiveUp("look-up", BAD, true)).isFalse();
    }

    @Test
    void aKeyFailsUntilOneOfItsRecordsPasses() {
        assertThat(steps.isFailing("look-up", BAD)).isFalse();
        steps.mayGiveUp("look-up", BAD, false);
        steps.passed("look-up", GOOD);

        assertThat(steps.isFailing("look-up", BAD)).isTrue();
        assertThat(steps.isFailing("look-up", GOOD)).isFalse();

        steps.passed("look-up", BAD);
        assertThat(steps.isFailing("look-up", BAD)).isFalse();
    }

    private static ByteBuffer key(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
