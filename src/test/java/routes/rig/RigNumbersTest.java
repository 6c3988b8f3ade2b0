package routes.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RigNumbersTest {
    @Test
    void instancesTakeTurns() {
        assertThat(RigNumbers.of(7, 1, 3)).containsExactly(1, 4, 7);
        assertThat(RigNumbers.of(7, 2, 3)).containsExactly(2, 5);
        assertThat(RigNumbers.of(7, 3, 3)).containsExactly(3, 6);
        assertThat(RigNumbers.of(2, 3, 3)).isEmpty();
        assertThat(RigNumbers.of(0, 1, 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200,1", "200,4", "201,4", "3,7", "2000,13"})
    void everyRigBelongsToExactlyOneInstance(int count, int instances) {
        List<Integer> all = IntStream.rangeClosed(1, instances)
                .boxed()
                .flatMap(instance -> RigNumbers.of(count, instance, instances).stream())
                .toList();

        assertThat(all).doesNotHaveDuplicates().hasSize(count);
        assertThat(all).allMatch(n -> n >= 1 && n <= count);
    }

    @ParameterizedTest
    @CsvSource({"-1,1,1", "5,0,1", "5,3,2", "5,1,0"})
    void refusesWhatCannotBe(int count, int instance, int instances) {
        assertThatThrownBy(() -> RigNumbers.of(count, instance, instances))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("instance " + instance + " of " + instances);
    }
}
