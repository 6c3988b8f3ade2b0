package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import org.apache.camel.RuntimeCamelException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.telemetry.InvalidTelemetryException;
import routes.telemetry.Reason;

class FailureTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "For input string: \"SECRET\"",
                "For input string: \"{\"SECRET\":1}\"",
                "Unrecognized token 'SECRET': was expecting JSON",
                "Error during type conversion from type X to type Y with value SECRET due to Z",
                "No body available of type X but has value: SECRET of type",
                "Unexpected character ('SECRET' (code 120))",
                "Illegal character in path at index 3: SECRET",
                "cannot parse `SECRET`",
                "cannot parse «SECRET»",
                "cannot parse <SECRET>",
                "cannot parse [SECRET]",
                "\n{SECRET} was found",
            })
    void anotherLibrarysMessageIsCutBeforeWhatItQuotes(String message) {
        RuntimeException failure = new RuntimeException("outer [SECRET]", new IllegalArgumentException(message));

        assertThat(FailureText.reason(failure))
                .startsWith("java.lang.IllegalArgumentException: ")
                .endsWith("…")
                .doesNotContain("SECRET");
        assertThat(FailureText.trace(failure, 8_192)).doesNotContain("SECRET").contains("\tat routes.kafka.");
    }

    @Test
    void whatCarriesNoContentIsSaidWhole() {
        assertThat(FailureText.reason(new InvalidTelemetryException(Reason.NOT_JSON, "byte 3: found ','")))
                .isEqualTo("not-json: byte 3: found ','");
        assertThat(FailureText.reason(new RecordTooLargeException("The message is 7 bytes (too many)")))
                .isEqualTo("The message is 7 bytes (too many)");
        assertThat(FailureText.reason(new ConnectException("Connection refused: 'db:5432'")))
                .isEqualTo("Connection refused: 'db:5432'");
        assertThat(FailureText.reason(new FileSystemException("/x", null, "No space: left")))
                .isEqualTo("/x: No space: left");
        assertThat(FailureText.reason(new RuntimeCamelException("outer", new OutOfMemoryError("Java heap space"))))
                .isEqualTo("java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void controlCharactersAreEscapedAndWhatIsLongIsCut() {
        assertThat(FailureText.reason(new KafkaFailure("tag \udb40\udc41"))).isEqualTo("tag \\udb40\\udc41");
        assertThat(FailureText.reason(new KafkaFailure("a\nb\u001b[2J\u202e\u0000é")))
                .isEqualTo("a\\u000ab\\u001b[2J\\u202e\\u0000é");
        assertThat(FailureText.reason(new KafkaFailure("x".repeat(10_000)))).hasSize(501);
        assertThat(FailureText.reason(new KafkaFailure(null))).isEqualTo(KafkaFailure.class.getName());
    }

    @Test
    void aTraceHasNoMoreBytesThanItMayAndEndsAtACharacter() {
        String trace = FailureText.trace(new KafkaFailure("é".repeat(400)), 301);

        assertThat(trace.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(298, 301);
        assertThat(trace).endsWith("é");
    }

    @Test
    void causesThatGoInACircleEnd() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);

        assertThat(FailureText.reason(one)).isEqualTo("java.lang.Exception: two");
    }

    private static final class KafkaFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KafkaFailure(String message) {
            super(message);
        }
    }
}
