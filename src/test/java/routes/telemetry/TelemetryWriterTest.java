package routes.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryWriterTest {
    private static final long SEED = 20_261_120;
    private static final ChannelNames NONE = new ChannelNames(List.of());

    private final TelemetryWriter writer = new TelemetryWriter();
    private final JsonMapper jackson = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Test
    void writesTheEnvelopeFirstAndDecimalsAsGiven() {
        ChannelNames names = new ChannelNames(List.of("DBTM", "DMEA", "HKLA", "GASA", "TVA X"));
        Telemetry telemetry = new Telemetry(
                "RIG-007", "RIG-007-W1", 86_400, 2, names, new long[] {42_917, 450, -5, Telemetry.NULL, 0}, new byte[] {
                    1, 2, 3, 0, 0
                });

        byte[] value =
                writer.write(telemetry, Instant.parse("2026-11-20T10:00:00Z").toEpochMilli(), false);

        assertThat(new String(value, UTF_8))
                .isEqualTo("{\"rig\":\"RIG-007\",\"well\":\"RIG-007-W1\",\"time\":\"2026-11-20T10:00:00.000Z\","
                        + "\"seq\":86400,\"activity\":2,\"late\":false,\"channels\":"
                        + "{\"DBTM\":4291.7,\"DMEA\":4.50,\"HKLA\":-0.005,\"GASA\":null,\"TVA X\":0}}");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "0, 2, 0.00",
        "-1, 0, -1",
        "5, 1, 0.5",
        "8388607, 0, 8388607",
        "8388607, 6, 8.388607",
        "8388607, 7, 0.8388607",
        "8388608, 0, 8388608",
        "-8388608, 3, -8388.608",
        "9999999, 6, 9.999999",
        "1, 18, 0.000000000000000001",
        "-9223372036854775807, 18, -9.223372036854775807",
        "9223372036854775807, 0, 9223372036854775807",
        "1000000000, 9, 1.000000000",
        "100, 8, 0.00000100",
        "99999999, 0, 99999999",
        "99999999, 7, 9.9999999",
        "-99999999, 7, -9.9999999",
        "99999999, 8, 0.99999999",
        "100000000, 7, 10.0000000",
        "-100000000, 0, -100000000",
        "10000, 0, 10000",
        "9999, 4, 0.9999"
    })
    void writesDecimalsOfAnySize(long unscaled, byte decimals, String expected) {
        assertThat(written(unscaled, decimals)).isEqualTo(expected);
    }

    /** All magnitudes that take the short way, near every power of ten, and at random, with all scales. */
    @Test
    void writesWhatBigDecimalWrites() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100_000; i++) {
            long near = (long) Math.pow(10, random.nextInt(19)) + random.nextInt(-2, 3);
            long unscaled = (random.nextBoolean() ? near : random.nextLong() >> random.nextInt(64))
                    * (random.nextBoolean() ? 1 : -1);
            byte decimals = (byte) random.nextInt(19);
            if (unscaled != Telemetry.NULL) {
                assertThat(written(unscaled, decimals))
                        .as("seed %d, number %d", SEED, i)
                        .isEqualTo(BigDecimal.valueOf(unscaled, decimals).toPlainString());
            }
        }
    }

    @Test
    void jacksonReadsExactlyTheSameDecimals() throws IOException {
        ChannelNames names = Samples.names();
        Telemetry telemetry = Samples.telemetry(names, SEED);

        JsonNode channels =
                jackson.readTree(writer.write(telemetry, Samples.TIME, true)).get("channels");

        assertThat(channels.size()).isEqualTo(1_063);
        for (int i = 0; i < names.size(); i++) {
            JsonNode value = channels.get(names.names().get(i));
            long unscaled = telemetry.unscaled()[i];
            if (unscaled == Telemetry.NULL) {
                assertThat(value.isNull()).isTrue();
            } else {
                assertThat(value.decimalValue())
                        .isEqualTo(BigDecimal.valueOf(unscaled, telemetry.decimals()[i]));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00.000Z",
        "-1, 1969-12-31T23:59:59.999Z",
        "1795168800007, 2026-11-20T10:00:00.007Z",
        "-62167219200000, 0000-01-01T00:00:00.000Z",
        "253402300799999, 9999-12-31T23:59:59.999Z"
    })
    void writesTimeWithThreeDecimals(long millis, String expected) throws IOException {
        byte[] value = writer.write(envelope("R", "", 0, 0), millis, false);

        assertThat(jackson.readTree(value).get("time").textValue()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "quote \" backslash \\ slash /",
                "\u0000\b\t\n\u001f\u007f",
                "\u00c5sg\u00e5rd \u20ac \ud83d\ude00",
                "\ud7ff\ue000\uffff"
            })
    void anyTextCanBeAWell(String well) throws IOException {
        byte[] value = writer.write(envelope("R", well, 0, 0), 0, false);

        assertThat(jackson.readTree(value).get("well").textValue()).isEqualTo(well);
        assertThat(new TelemetryReader().read(value, "R".getBytes(UTF_8)).well())
                .isEqualTo(well);
    }

    @Test
    void aLongListOfChannelsAfterAShortOneFits() {
        List<String> names =
                IntStream.range(0, 20_000).mapToObj(i -> "CHANNEL-" + i).toList();
        long[] unscaled = new long[names.size()];
        java.util.Arrays.fill(unscaled, Long.MIN_VALUE + 1);
        writer.write(envelope("R", "", 0, 0), 0, false);

        byte[] value = writer.write(
                new Telemetry("R", "", 0, 0, new ChannelNames(names), unscaled, new byte[names.size()]), 0, false);

        TelemetryMessage message = new TelemetryReader().read(value, "R".getBytes(UTF_8));
        assertThat(message.channelCount()).isEqualTo(20_000);
        assertThat(message.channel("CHANNEL-19999")).isEqualTo((double) (Long.MIN_VALUE + 1));
    }

    @Test
    void refusesWhatNoReaderAccepts() {
        refused(envelope("rig", "", 0, 0), 0, "rig 'rig': expected 1 to 32 of A-Z, 0-9 and -");
        refused(envelope("", "", 0, 0), 0, "rig ''");
        refused(envelope("R".repeat(33), "", 0, 0), 0, "expected 1 to 32");
        refused(envelope("R", "w".repeat(65), 0, 0), 0, "expected at most 64 characters");
        refused(envelope("R", "\ud800", 0, 0), 0, "half of a surrogate pair");
        refused(envelope("R", "", -1, 0), 0, "seq -1: expected 0 or more");
        refused(envelope("R", "", 0, 100), 0, "activity 100: expected 0 to 99");
        refused(envelope("R", "", 0, -1), 0, "activity -1");
        refused(envelope("R", "", 0, 0), 253_402_300_800_000L, "expected a year from 0 to 9999");
        refused(envelope("R", "", 0, 0), Long.MIN_VALUE, "expected a year from 0 to 9999");
        refused(one(1, (byte) 19), 0, "19 decimals; expected 0 to 18");
        refused(one(1, (byte) -1), 0, "-1 decimals");
    }

    private void refused(Telemetry telemetry, long millis, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.write(telemetry, millis, false))
                .withMessageContaining(sentence);
    }

    private static Telemetry envelope(String rig, String well, long seq, int activity) {
        return new Telemetry(rig, well, seq, activity, NONE, new long[0], new byte[0]);
    }

    private static Telemetry one(long unscaled, byte decimals) {
        return new Telemetry(
                "R", "", 0, 0, new ChannelNames(List.of("A")), new long[] {unscaled}, new byte[] {decimals});
    }

    private String written(long unscaled, byte decimals) {
        String json = new String(writer.write(one(unscaled, decimals), 0, false), UTF_8);
        return json.substring(json.indexOf("\"A\":") + 4, json.length() - 2);
    }
}
