package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import routes.faults.StageCheck.Copy;

/** The tests' own audit finds what is wrong: one copy left out, doubled, swapped or on the wrong topic. */
class StageCheckTest {
    private static final int RECORDS = 100;
    private static final String TOPIC = "rig.activity.drilling";

    private final Telemetry telemetry = new Telemetry();
    private final List<Copy> copies = new ArrayList<>();

    @BeforeEach
    void makeGoodOnes() {
        LongStream.range(0, RECORDS).forEach(offset -> {
            telemetry.take(source(offset, "RIG-" + offset % 5, offset / 5));
            copies.add(new Copy(TOPIC, 3, offset, offset));
        });
    }

    private static Source source(long offset, String rig, long seq) {
        return new Source(3, offset, offset, Source.GOOD, true, rig, seq, offset, false, Optional.of(TOPIC), false, 0);
    }

    private Stage checked() {
        StageCheck check = new StageCheck("to", telemetry, Map.of(3, (long) RECORDS - 10), Source::activityTopic);
        copies.forEach(check::take);
        return check.stage();
    }

    @Test
    void whatIsRightIsFoundRight() {
        Stage stage = checked();

        assertThat(stage.records()).isEqualTo(RECORDS - 10);
        assertThat(List.of(stage.lost(), stage.doubled(), stage.reordered(), stage.unverifiable()))
                .containsOnly(0L);
        assertThat(stage.problems()).isEmpty();
    }

    @Test
    void aMissingCopyIsLost() {
        copies.remove(42);

        assertThat(checked().lost()).isEqualTo(1);
        assertThat(checked().problems()).singleElement().asString().contains("offset=42");
    }

    @Test
    void whatIsNotCommittedIsNotLostYet() {
        copies.remove(RECORDS - 1);

        assertThat(checked().lost()).isZero();
    }

    @Test
    void aSecondCopyIsDoubledAndNotOutOfOrder() {
        copies.add(new Copy(TOPIC, 3, 42, 777));

        assertThat(checked().repeats()).containsExactly(new Repeat(42, 777));
        assertThat(checked().reordered()).isZero();
    }

    @Test
    void aRepeatIsBlamedOnTheFaultThatStruckAfterTheCopyBeforeIt() {
        List<Instant> faults = List.of(Instant.ofEpochMilli(100), Instant.ofEpochMilli(200), Instant.ofEpochMilli(300));

        assertThat(new Repeat(50, 350).blame(faults))
                .as("sent before all faults")
                .isZero();
        assertThat(new Repeat(150, 350).blame(faults))
                .as("between the first two")
                .isEqualTo(1);
        assertThat(new Repeat(210, 220).blame(faults))
                .as("both after the second")
                .isEqualTo(1);
        assertThat(new Repeat(10, 20).blame(faults)).as("both before all").isEqualTo(-1);
    }

    @Test
    void swappedCopiesOfOneRigAreReordered() {
        Collections.swap(copies, 40, 45);

        assertThat(checked().reordered()).isEqualTo(1);
        assertThat(checked().lost()).isZero();
    }

    @Test
    void swappedCopiesOfTwoRigsAreInOrder() {
        Collections.swap(copies, 40, 41);

        assertThat(checked().reordered()).isZero();
    }

    @Test
    void aCopyOnTheWrongTopicIsFound() {
        copies.set(42, new Copy("rig.activity.other", 3, 42, 42));

        assertThat(checked().problems()).singleElement().asString().contains("wrong topic");
    }

    @Test
    void aGapInTheNumberingIsLost() {
        telemetry.take(source(RECORDS, "RIG-0", RECORDS / 5 + 2));

        assertThat(telemetry.stage().lost()).isEqualTo(2);
        assertThat(telemetry.stage().reordered()).isZero();
    }

    @Test
    void aNumberThatComesLateIsReordered() {
        telemetry.take(source(RECORDS, "RIG-0", RECORDS / 5 + 1));
        telemetry.take(source(RECORDS + 1, "RIG-0", RECORDS / 5));
        telemetry.take(source(RECORDS + 2, "RIG-0", 3));

        assertThat(telemetry.stage().lost()).isZero();
        assertThat(telemetry.stage().reordered()).isEqualTo(1);
        assertThat(telemetry.stage().doubled()).isEqualTo(1);
    }

    @Test
    void whatHasExpiredIsUnverifiable() {
        telemetry.take(source(RECORDS + 7, "RIG-0", RECORDS / 5));

        assertThat(checked().unverifiable()).isEqualTo(7);
    }
}
