package routes.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryMessageTest {
    private final TelemetryReader reader = new TelemetryReader();

    private TelemetryMessage read(String channels) {
        String json = "{\"rig\":\"R\",\"well\":\"W\",\"time\":\"2026-11-20T10:00:00Z\",\"seq\":1,\"activity\":2,"
                + "\"late\":false,\"channels\":" + channels + "}";
        return reader.read(json.getBytes(UTF_8), new byte[] {'R'});
    }

    @Test
    void channelsAreFoundByNameAndParsedExactly() {
        TelemetryMessage message = read("{\"DBTM\":4291.7,\"GASA\":null,\"Z\":-0,\"BIG\":1.5e300,\"\":7}");

        assertThat(message.channel("DBTM")).isEqualTo(4291.7);
        assertThat(message.channel("Z")).isEqualTo(-0.0);
        assertThat(message.channel("BIG")).isEqualTo(1.5e300);
        assertThat(message.channel("")).isEqualTo(7.0);
        assertThat(message.channelCount()).isEqualTo(5);
    }

    @Test
    void nullAndAbsentChannelsHaveNoValue() {
        TelemetryMessage message = read("{\"GASA\":null}");

        assertThat(message.channel("GASA")).isNull();
        assertThat(message.hasChannel("GASA")).isTrue();
        assertThat(message.channel("DBTM")).isNull();
        assertThat(message.hasChannel("DBTM")).isFalse();
        assertThat(message.hasChannel("GAS")).isFalse();
        assertThat(message.hasChannel("\"GASA\"")).isFalse();
    }

    @Test
    void escapedNamesAreFoundByWhatTheyMean() {
        TelemetryMessage message = read("{\"\\u0041\":1,\"\\ud83d\\ude00\":2,\"\u00c5\":3,\"q\\\"\":4,\"\\\\n\":5}");

        assertThat(message.channel("A")).isEqualTo(1.0);
        assertThat(message.channel("\ud83d\ude00")).isEqualTo(2.0);
        assertThat(message.channel("\u00c5")).isEqualTo(3.0);
        assertThat(message.channel("q\"")).isEqualTo(4.0);
        assertThat(message.channel("\\n")).isEqualTo(5.0);
        assertThat(message.hasChannel("\\u0041")).isFalse();
    }

    /** What a name with an escape means must not pass for JSON in a later message. */
    @Test
    void escapedNamesAreNotExpectedInLaterMessages() {
        read("{\"a\\\"b\":1}");

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                InvalidTelemetryException.class, () -> read("{\"a\"b\":1}"))
                        .reason())
                .isEqualTo(Reason.NOT_JSON);
    }

    @Test
    void aMessageStaysAsItIsWhenOthersAreRead() {
        TelemetryMessage first = read("{\"A\":1,\"B\":2,\"C\":3}");

        read("{\"A\":4,\"B\":5}");
        read("{\"B\":6,\"A\":7,\"D\":8}");
        read("{\"A\":9,\"B\":10,\"C\":11,\"D\":12}");

        assertThat(first.channel("A")).isEqualTo(1.0);
        assertThat(first.channel("B")).isEqualTo(2.0);
        assertThat(first.channel("C")).isEqualTo(3.0);
        assertThat(first.hasChannel("D")).isFalse();
        assertThat(first.channelCount()).isEqualTo(3);
    }

    @Test
    void aShorterMessageHasNoMoreChannelsThanItSays() {
        read("{\"A\":1,\"B\":2,\"C\":3}");

        TelemetryMessage message = read("{\"A\":4,\"B\":5}");

        assertThat(message.hasChannel("C")).isFalse();
        assertThat(message.channel("C")).isNull();
    }

    /** This is what makes the reader fast; where it is lost, nothing else fails. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "-12.5", "123456789.125"})
    void messagesWithTheSameNamesShareThem(String last) {
        TelemetryMessage first = read("{\"DBTM\":1,\"A\":" + last + "}");
        read("{\"OTHER\":1}");

        TelemetryMessage second = read("{ \"DBTM\" : 2 , \"A\" : " + last + " }");

        assertThat(second.names()).isSameAs(first.names());
        assertThat(second.channel("DBTM")).isEqualTo(2.0);
    }
}
