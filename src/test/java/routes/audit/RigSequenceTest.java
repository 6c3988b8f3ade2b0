package routes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.audit.RigSequence.Place;

class RigSequenceTest {
    private final RigSequence sequence = new RigSequence();

    @Test
    void aRigBeginsWhereItBegins() {
        assertThat(places(4711, 4712, 4713)).containsOnly(Place.NEXT);
        assertThat(sequence.missing()).isEmpty();
    }

    @Test
    void whatIsSkippedIsMissing() {
        assertThat(places(1, 3, 7)).containsExactly(Place.NEXT, Place.AFTER_A_GAP, Place.AFTER_A_GAP);
        assertThat(sequence.missing()).isEqualTo(Map.of(2L, 2L, 4L, 6L));
    }

    @Test
    void whatComesLateIsNoLongerMissing() {
        assertThat(places(1, 7, 4, 4, 2, 6)).endsWith(Place.LATE, Place.AGAIN, Place.LATE, Place.LATE);
        assertThat(sequence.missing()).isEqualTo(Map.of(3L, 3L, 5L, 5L));
    }

    @Test
    void aRepetitionIsNeitherLateNorMissing() {
        assertThat(places(1, 2, 3, 1, 2, 3, 4))
                .containsExactly(Place.NEXT, Place.NEXT, Place.NEXT, Place.AGAIN, Place.AGAIN, Place.AGAIN, Place.NEXT);
        assertThat(sequence.missing()).isEmpty();
    }

    @Test
    void whetherANumberBelowTheFirstWasThereBeforeIsNotKnown() {
        assertThat(places(10, 11, 9)).endsWith(Place.BEFORE_THE_FIRST);
    }

    @Test
    void afterAnInterruptionItBeginsAgain() {
        places(1, 3);

        sequence.interrupt();

        assertThat(places(90, 91)).containsOnly(Place.NEXT);
        assertThat(sequence.missing()).isEqualTo(Map.of(2L, 2L));
    }

    private List<Place> places(long... numbers) {
        return Arrays.stream(numbers).mapToObj(sequence::add).toList();
    }
}
