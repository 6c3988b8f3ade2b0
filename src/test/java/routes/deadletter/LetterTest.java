package routes.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static routes.deadletter.SampleLetters.connect;
import static routes.deadletter.SampleLetters.header;
import static routes.deadletter.SampleLetters.letter;
import static routes.deadletter.SampleLetters.ours;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterTest {
    private static final long TEN = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

    @Test
    void saysWhatItsHeadersSay() {
        Letter letter = letter("RIG-007", "not json", TEN, ours("rig.telemetry", 5, 4711, "not-json"));

        assertThat(letter.id()).isEqualTo(new LetterId(3, 17)).hasToString("3:17");
        assertThat(letter.time()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(letter.originalTopic()).contains("rig.telemetry");
        assertThat(letter.originalPartition()).isEqualTo(OptionalInt.of(5));
        assertThat(letter.originalOffset()).isEqualTo(OptionalLong.of(4711));
        assertThat(letter.reason()).isEqualTo("not-json");
        assertThat(letter.attempts()).isEqualTo(OptionalLong.of(1));
        assertThat(letter.redriveCount()).isZero();
        assertThat(letter.stored()).isEmpty();
        assertThat(letter.bytes()).isEqualTo(8);
        assertThat(letter.origin()).isEqualTo("rig.telemetry/5/4711");
        assertThat(letter.place()).isEqualTo("rig.dead-letters/3/17");
    }

    @Test
    void oneOfKafkaConnectHasAnOriginAndNoReason() {
        Letter letter = letter(null, null, TEN, connect("orders", 1, 2));

        assertThat(letter.originalTopic()).contains("orders");
        assertThat(letter.originalPartition()).isEqualTo(OptionalInt.of(1));
        assertThat(letter.originalOffset()).isEqualTo(OptionalLong.of(2));
        assertThat(letter.reason()).isEqualTo("unknown");
        assertThat(letter.attempts()).isEmpty();
        assertThat(letter.redriveCount()).isZero();
        assertThat(letter.bytes()).isZero();
    }

    @Test
    void whatIsNotInTheExpectedFormIsNotSaid() {
        Letter letter = letter(
                "K",
                "v",
                TEN,
                List.of(
                        header("__connect.errors.partition", "99999999999"),
                        header("__connect.errors.offset", "-1"),
                        header("dlq.redrive-count", "many")));

        assertThat(letter.originalTopic()).isEmpty();
        assertThat(letter.originalPartition()).isEmpty();
        assertThat(letter.originalOffset()).isEmpty();
        assertThat(letter.redriveCount()).isZero();
    }

    @Test
    void aStoredValueIsAsLargeAsItWas() {
        Letter letter = letter(
                "K",
                "beginning",
                TEN,
                ours(
                        "rig.telemetry",
                        2,
                        7,
                        "too-large",
                        header("dlq.stored-path", "data/dead-letters/rig.telemetry/2/7.bin"),
                        header("dlq.stored-sha256", "ab12"),
                        header("dlq.stored-bytes", "1040000"),
                        header("dlq.stored-headers", "large,larger")));

        assertThat(letter.stored())
                .containsExactly(new Letter.Stored(
                        Letter.Part.VALUE, "data/dead-letters/rig.telemetry/2/7.bin", "ab12", 1_040_000));
        assertThat(letter.storedOneByOne()).containsExactly("large", "larger");
        assertThat(letter.bytes()).isEqualTo(1_040_000);
    }

    @Test
    void aFilterLetsThroughWhatAllItsPartsLetThrough() {
        Letter letter = letter("RIG-007", "x", TEN, ours("rig.telemetry", 5, 4711, "not-json"));

        assertThat(LetterFilter.ALL.test(letter)).isTrue();
        assertThat(filter("rig\\..*", Set.of("not-json", "empty"), "RIG-007", TEN, TEN + 1)
                        .test(letter))
                .isTrue();
        assertThat(filter("rig", Set.of(), null, null, null).test(letter)).isFalse();
        assertThat(filter(null, Set.of("empty"), null, null, null).test(letter)).isFalse();
        assertThat(filter(null, Set.of(), "RIG-008", null, null).test(letter)).isFalse();
        assertThat(filter(null, Set.of(), null, TEN + 1, null).test(letter)).isFalse();
        assertThat(filter(null, Set.of(), null, null, TEN).test(letter)).isFalse();
    }

    @Test
    void aFilterByTopicOrRigLeavesOutLettersThatHaveNone() {
        Letter letter = letter(null, "x", TEN, List.of());

        assertThat(filter(".*", Set.of(), null, null, null).test(letter)).isFalse();
        assertThat(filter(null, Set.of(), "", null, null).test(letter)).isFalse();
        assertThat(filter(null, Set.of("unknown"), null, null, null).test(letter))
                .isTrue();
    }

    private static LetterFilter filter(String topic, Set<String> reasons, String rig, Long since, Long until) {
        return new LetterFilter(
                Optional.ofNullable(topic).map(Pattern::compile),
                reasons,
                Optional.ofNullable(rig),
                Optional.ofNullable(since).map(Instant::ofEpochMilli),
                Optional.ofNullable(until).map(Instant::ofEpochMilli));
    }

    @Test
    void aNameOfALetterIsReadAsItIsWritten() {
        assertThat(LetterId.parse("3:17")).isEqualTo(new LetterId(3, 17));
        assertThat(LetterId.parse("0:999999999999999999").offset()).isEqualTo(999_999_999_999_999_999L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3:", ":17", "3-17", "3:17:1", "-1:2", " 3:17", "3:9999999999999999999"})
    void whatIsNoNameOfALetterIsSaidSo(String text) {
        assertThatThrownBy(() -> LetterId.parse(text))
                .hasMessage("'" + text + "' names no dead letter; expected PARTITION:OFFSET, as in 3:17");
    }
}
