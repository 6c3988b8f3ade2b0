package routes.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryReaderTest {
    private static final byte[] KEY = "RIG-007".getBytes(UTF_8);
    private static final String CHANNELS = "{\"DBTM\":4291.7,\"GASA\":null}";

    private final TelemetryReader reader = new TelemetryReader();

    /** A message with some fields of another value; null takes the field away. */
    private static String message(String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("rig", "\"RIG-007\"");
        fields.put("well", "\"RIG-007-W1\"");
        fields.put("time", "\"2026-11-20T10:00:00.000Z\"");
        fields.put("seq", "86400");
        fields.put("activity", "2");
        fields.put("late", "false");
        fields.put("channels", CHANNELS);
        for (int i = 0; i < changes.length; i += 2) {
            fields.put(changes[i], changes[i + 1]);
        }
        return fields.entrySet().stream()
                .filter(field -> field.getValue() != null)
                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    private static Arguments bad(Reason reason, String json) {
        return arguments(reason, json);
    }

    /** Values as ISO-8859-1 text, so that any byte can be written; the key fits. */
    static Stream<Arguments> invalid() {
        return Stream.of(
                bad(Reason.EMPTY, ""),
                bad(Reason.TOO_LARGE, " ".repeat(TelemetryReader.MAX_BYTES + 1)),
                bad(Reason.TOO_LARGE, message() + " ".repeat(TelemetryReader.MAX_BYTES)),
                // not UTF-8
                bad(Reason.INVALID_UTF8, message("well", "\"\u00ff\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\u00c0\u0080\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\u00c1\u00bf\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\u00e0\u009f\u00bf\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\u00ed\u00a0\u0080\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\u00f0\u008f\u00bf\u00bf\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\u00f4\u0090\u0080\u0080\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\u00f5\u0080\u0080\u0080\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\u0080\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\u00e2\u0082\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\\ud800\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\\udc00\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\\ud800\\ud800\"")),
                bad(Reason.INVALID_UTF8, message("well", "\"\\ud83dx\"")),
                bad(Reason.INVALID_UTF8, message("note", "\"\\udfff\"")),
                bad(Reason.INVALID_UTF8, message("channels", "{\"\\ud800\":1}")),
                bad(Reason.INVALID_UTF8, message("channels", "{\"\u00fe\":1}")),
                bad(Reason.INVALID_UTF8, message() + "\u00ff"),
                bad(Reason.INVALID_UTF8, "\u00fe\u00ff"),
                bad(Reason.INVALID_UTF8, "{\"rig\";\"\u00ff\"}"),
                bad(Reason.INVALID_UTF8, "{\"rig\":\"R\u00c3"),
                // not JSON
                bad(Reason.NOT_JSON, " \n\t\r"),
                bad(Reason.NOT_JSON, "\u00ef\u00bb\u00bf" + message()),
                bad(Reason.NOT_JSON, message() + "x"),
                bad(Reason.NOT_JSON, message() + message()),
                bad(Reason.NOT_JSON, message() + "\0"),
                bad(Reason.NOT_JSON, "\f" + message()),
                bad(Reason.NOT_JSON, "{"),
                bad(Reason.NOT_JSON, "{,}"),
                bad(Reason.NOT_JSON, "{\"rig\""),
                bad(Reason.NOT_JSON, "{\"rig\":"),
                bad(Reason.NOT_JSON, "{\"rig\":}"),
                bad(Reason.NOT_JSON, "{'rig':1}"),
                bad(Reason.NOT_JSON, "{rig:1}"),
                bad(Reason.NOT_JSON, "{\"rig\":\"RIG-007\""),
                bad(Reason.NOT_JSON, "{\"rig\":\"RIG-007\",}"),
                bad(Reason.NOT_JSON, "{\"rig\":\"RIG-007\" \"well\":\"\"}"),
                bad(Reason.NOT_JSON, message().replace("}}", ",}}")),
                bad(Reason.NOT_JSON, message().replace("}}", "}")),
                bad(Reason.NOT_JSON, message().replace("}}", "]}")),
                bad(Reason.NOT_JSON, message().replace("4291.7,", "4291.7;")),
                bad(Reason.NOT_JSON, message().replace("{\"rig", "{/*c*/\"rig")),
                bad(Reason.NOT_JSON, message("well", "\"a\nb\"")),
                bad(Reason.NOT_JSON, message("well", "\"\\x41\"")),
                bad(Reason.NOT_JSON, message("well", "\"\\u12g4\"")),
                bad(Reason.NOT_JSON, "{\"rig\":\"\\"),
                bad(Reason.NOT_JSON, "{\"rig\":\"\\u00"),
                bad(Reason.NOT_JSON, message("seq", "01")),
                bad(Reason.NOT_JSON, message("seq", "-")),
                bad(Reason.NOT_JSON, message("seq", "+1")),
                bad(Reason.NOT_JSON, message("late", "tru")),
                bad(Reason.NOT_JSON, message("late", "trues")),
                bad(Reason.NOT_JSON, message("late", "True")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\"}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\" 1}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":01}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":-01.5}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":1.}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":.5}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":1.2.3}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":1e}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":1e+}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":0x10}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":1_000}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":nul}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":nulL}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":NaNs}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":nan}")),
                bad(Reason.NOT_JSON, message("channels", "{\"A\":1,,\"B\":2}")),
                bad(Reason.NOT_JSON, message("note", "[1,]")),
                bad(Reason.NOT_JSON, message("note", "[1 2]")),
                bad(Reason.NOT_JSON, message("note", "{\"a\":1,}")),
                bad(Reason.NOT_JSON, message("note", "[1}")),
                bad(Reason.NOT_JSON, "[1,2"),
                bad(Reason.NOT_JSON, "5 5"),
                bad(Reason.NOT_JSON, "hello"),
                // not an object
                bad(Reason.NOT_AN_OBJECT, "5"),
                bad(Reason.NOT_AN_OBJECT, "\"text\""),
                bad(Reason.NOT_AN_OBJECT, " null "),
                bad(Reason.NOT_AN_OBJECT, "true"),
                bad(Reason.NOT_AN_OBJECT, "[]"),
                bad(Reason.NOT_AN_OBJECT, "[" + message() + "]"),
                bad(Reason.NOT_AN_OBJECT, nested(8)),
                // missing
                bad(Reason.MISSING_FIELD, "{}"),
                bad(Reason.MISSING_FIELD, "{ }"),
                bad(Reason.MISSING_FIELD, message("rig", null)),
                bad(Reason.MISSING_FIELD, message("well", null)),
                bad(Reason.MISSING_FIELD, message("time", null)),
                bad(Reason.MISSING_FIELD, message("seq", null)),
                bad(Reason.MISSING_FIELD, message("activity", null)),
                bad(Reason.MISSING_FIELD, message("late", null)),
                bad(Reason.MISSING_FIELD, message("channels", null)),
                bad(Reason.MISSING_FIELD, message("rig", null, "Rig", "\"RIG-007\"")),
                // type
                bad(Reason.WRONG_TYPE, message("rig", "7")),
                bad(Reason.WRONG_TYPE, message("rig", "null")),
                bad(Reason.WRONG_TYPE, message("rig", "[[[[[[[[[[")),
                bad(Reason.WRONG_TYPE, message("well", "{}")),
                bad(Reason.WRONG_TYPE, message("well", "true")),
                bad(Reason.WRONG_TYPE, message("time", "1795168800000")),
                bad(Reason.WRONG_TYPE, message("seq", "\"1\"")),
                bad(Reason.WRONG_TYPE, message("seq", "1.0")),
                bad(Reason.WRONG_TYPE, message("seq", "1e3")),
                bad(Reason.WRONG_TYPE, message("seq", "1E3")),
                bad(Reason.WRONG_TYPE, message("seq", "null")),
                bad(Reason.WRONG_TYPE, message("seq", "[1]")),
                bad(Reason.WRONG_TYPE, message("activity", "2.0")),
                bad(Reason.WRONG_TYPE, message("activity", "false")),
                bad(Reason.WRONG_TYPE, message("late", "0")),
                bad(Reason.WRONG_TYPE, message("late", "\"true\"")),
                bad(Reason.WRONG_TYPE, message("late", "null")),
                bad(Reason.WRONG_TYPE, message("channels", "[]")),
                bad(Reason.WRONG_TYPE, message("channels", "null")),
                bad(Reason.WRONG_TYPE, message("channels", "{\"A\":\"1\"}")),
                bad(Reason.WRONG_TYPE, message("channels", "{\"A\":true}")),
                bad(Reason.WRONG_TYPE, message("channels", "{\"A\":{}}")),
                bad(Reason.WRONG_TYPE, message("channels", "{\"A\":1,\"B\":[2]}")),
                bad(Reason.WRONG_TYPE, message("channels", "{\"A\":1,\"B\":[[[[[[[[[[[")),
                // range
                bad(Reason.OUT_OF_RANGE, message("rig", "\"\"")),
                bad(Reason.OUT_OF_RANGE, message("rig", "\"rig-007\"")),
                bad(Reason.OUT_OF_RANGE, message("rig", "\"RIG 007\"")),
                bad(Reason.OUT_OF_RANGE, message("rig", "\"" + "R".repeat(33) + "\"")),
                bad(Reason.OUT_OF_RANGE, message("well", "\"" + "w".repeat(65) + "\"")),
                bad(Reason.OUT_OF_RANGE, message("well", "\"" + "\\ud83d\\ude00".repeat(65) + "\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-20\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-20T10:00:00\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-20T10:00:00+00:00\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-20T10:00:00.Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-20T10:00:00.0123456789Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-20T10:00Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-20t10:00:00z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-20 10:00:00Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-13-20T10:00:00Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-00-20T10:00:00Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-02-29T10:00:00Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-31T10:00:00Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-20T24:00:00Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-20T10:60:00Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"2026-11-20T10:00:60Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"+12026-11-20T10:00:00Z\"")),
                bad(Reason.OUT_OF_RANGE, message("time", "\"-026-11-20T10:00:00Z\"")),
                bad(Reason.OUT_OF_RANGE, message("seq", "-1")),
                bad(Reason.OUT_OF_RANGE, message("seq", "9223372036854775808")),
                bad(Reason.OUT_OF_RANGE, message("seq", "99999999999999999999999999")),
                bad(Reason.OUT_OF_RANGE, message("activity", "-1")),
                bad(Reason.OUT_OF_RANGE, message("activity", "100")),
                bad(Reason.OUT_OF_RANGE, message("activity", "4294967298")),
                // numbers
                bad(Reason.NUMBER_RANGE, message("channels", "{\"A\":NaN}")),
                bad(Reason.NUMBER_RANGE, message("channels", "{\"A\":Infinity}")),
                bad(Reason.NUMBER_RANGE, message("channels", "{\"A\":-Infinity}")),
                bad(Reason.NUMBER_RANGE, message("channels", "{\"A\":1e999}")),
                bad(Reason.NUMBER_RANGE, message("channels", "{\"A\":-1E+400}")),
                bad(Reason.NUMBER_RANGE, message("channels", "{\"A\":1.7976931348623159e308}")),
                bad(Reason.NUMBER_RANGE, message("channels", "{\"A\":" + "9".repeat(309) + "}")),
                bad(Reason.NUMBER_RANGE, message("channels", "{\"A\":1e99999999999999999999}")),
                bad(Reason.NUMBER_RANGE, message("channels", "{\"A\":0." + "0".repeat(400) + "1e800}")),
                bad(Reason.NUMBER_RANGE, message("seq", "1e999")),
                bad(Reason.NUMBER_RANGE, message("rig", "NaN")),
                bad(Reason.NUMBER_RANGE, message("note", "[{\"a\":-Infinity}]")),
                bad(Reason.NUMBER_RANGE, "NaN"),
                // duplicates
                bad(Reason.DUPLICATE_KEY, message("\\u0072ig", "\"RIG-007\"")),
                bad(Reason.DUPLICATE_KEY, message("channel\\u0073", "{}")),
                bad(Reason.DUPLICATE_KEY, message().replace("}}", "},\"rig\":\"RIG-007\"}")),
                bad(Reason.DUPLICATE_KEY, message("channels", "{\"A\":1,\"A\":1}")),
                bad(Reason.DUPLICATE_KEY, message("channels", "{\"A\":1,\"B\":2,\"\\u0041\":1}")),
                bad(Reason.DUPLICATE_KEY, message("channels", "{\"\\u0041\":1,\"B\":2,\"A\":1}")),
                bad(Reason.DUPLICATE_KEY, message("channels", "{\"\u00c3\u00a9\":1,\"\\u00e9\":1}")),
                bad(Reason.DUPLICATE_KEY, message("channels", "{\"\":1,\"\":1}")),
                bad(Reason.DUPLICATE_KEY, message("note", "1", "n\\u006fte", "2")),
                bad(Reason.DUPLICATE_KEY, message("note", "{\"a\":1,\"a\":2}")),
                bad(Reason.DUPLICATE_KEY, message("note", "[[{\"a\":{\"b\":1,\"\\u0062\":2}}]]")),
                bad(Reason.DUPLICATE_KEY, "[{\"a\":1,\"a\":2}]"),
                // depth
                bad(Reason.TOO_DEEP, nested(9)),
                bad(Reason.TOO_DEEP, "[".repeat(100_000)),
                bad(Reason.TOO_DEEP, message("note", nested(8))),
                bad(Reason.TOO_DEEP, "{\"note\":" + "{\"a\":".repeat(8)),
                bad(Reason.TOO_DEEP, "{\"note\":[[[[[[[[nonsense"),
                // key
                bad(Reason.KEY_MISMATCH, message("rig", "\"RIG-008\"")),
                bad(Reason.KEY_MISMATCH, message("rig", "\"RIG-0070\"")),
                bad(Reason.KEY_MISMATCH, message("rig", "\"RIG-00\"")),
                bad(Reason.KEY_MISMATCH, message("rig", "\"RIG-00\\u0038\"")),
                // the first error counts; what concerns the whole comes last
                bad(Reason.WRONG_TYPE, "{\"rig\":1,\"rig\":1,"),
                bad(Reason.DUPLICATE_KEY, "{\"well\":\"\",\"well\":1}"),
                bad(Reason.NUMBER_RANGE, "{\"a\":1e999,\"rig\":1}"),
                bad(Reason.NOT_JSON, "{} {"),
                bad(Reason.NOT_JSON, "[] x"),
                bad(Reason.MISSING_FIELD, message("rig", "\"RIG-008\"", "well", null)));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void saysWhyAValueIsNoMessage(Reason expected, String latin1) {
        byte[] value = latin1.getBytes(ISO_8859_1);

        InvalidTelemetryException fresh = failure(new TelemetryReader(), value, KEY);

        assertThat(fresh.reason()).as(fresh.getMessage()).isEqualTo(expected);
        assertThat(fresh).hasMessageStartingWith(expected.code() + ": ").hasMessageContaining("expected");
    }

    /** As above, but the reader expects the names of the channels, and the next message is read as if nothing was. */
    @ParameterizedTest
    @MethodSource("invalid")
    void saysTheSameAfterOtherMessages(Reason expected, String latin1) {
        byte[] good = message().getBytes(UTF_8);
        reader.read(good, KEY);
        reader.read(message("channels", "{\"A\":1,\"B\":2}").getBytes(UTF_8), KEY);

        InvalidTelemetryException failure = failure(reader, latin1.getBytes(ISO_8859_1), KEY);

        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(expected);
        assertThat(reader.read(good, KEY).channel("DBTM")).isEqualTo(4291.7);
    }

    @Test
    void theTableHasEveryReason() {
        Set<Reason> tested = invalid().map(a -> (Reason) a.get()[0]).collect(Collectors.toSet());

        assertThat(tested).isEqualTo(EnumSet.allOf(Reason.class));
    }

    @Test
    void aMissingValueIsEmpty() {
        assertThat(failure(reader, null, KEY).reason()).isEqualTo(Reason.EMPTY);
    }

    @Test
    void aMissingOrOtherKeyIsAMismatch() {
        byte[] value = message().getBytes(UTF_8);

        assertThat(failure(reader, value, null).reason()).isEqualTo(Reason.KEY_MISMATCH);
        assertThat(failure(reader, value, new byte[0]).reason()).isEqualTo(Reason.KEY_MISMATCH);
        assertThat(failure(reader, value, "rig-007".getBytes(UTF_8)).reason()).isEqualTo(Reason.KEY_MISMATCH);
    }

    @Test
    void everyTruncatedMessageIsNoJson() {
        byte[] value = message("well", "\"\u00c5sg\u00e5rd \\ud83d\\ude00\"", "note", "[{\"a\":[true,null,-1.5e3]}]")
                .getBytes(UTF_8);
        reader.read(value, KEY);

        for (int length = 1; length < value.length; length++) {
            assertThat(failure(reader, Arrays.copyOf(value, length), KEY).reason())
                    .as("%d bytes", length)
                    .isIn(Reason.NOT_JSON, Reason.INVALID_UTF8);
        }
    }

    @Test
    void readsAllFields() {
        TelemetryMessage message = reader.read(message().getBytes(UTF_8), KEY);

        assertThat(message.rig()).isEqualTo("RIG-007");
        assertThat(message.well()).isEqualTo("RIG-007-W1");
        assertThat(message.timeMillis()).isEqualTo(1_795_168_800_000L);
        assertThat(message.seq()).isEqualTo(86_400);
        assertThat(message.activity()).isEqualTo(2);
        assertThat(message.late()).isFalse();
        assertThat(message.channelCount()).isEqualTo(2);
        assertThat(message.bytes()).isEqualTo(message().getBytes(UTF_8));
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                limit(message("rig", "\"RIG\\u002d007\""), TelemetryMessage::rig, "RIG-007"),
                limit(message("well", "\"\""), TelemetryMessage::well, ""),
                limit(
                        message("well", "\"\\ud83d\\ude00\\u00e9\\\"\\\\\\/\\b\\f\\n\\r\\t\""),
                        TelemetryMessage::well,
                        "\ud83d\ude00\u00e9\"\\/\b\f\n\r\t"),
                limit(
                        message("well", "\"" + "\ud83d\ude00".repeat(64) + "\""),
                        TelemetryMessage::well,
                        "\ud83d\ude00".repeat(64)),
                limit(
                        message("well", "\"\u007f\ud7ff\ue000\uffff\""),
                        TelemetryMessage::well,
                        "\u007f\ud7ff\ue000\uffff"),
                limit(message("time", "\"1970-01-01T00:00:00Z\""), TelemetryMessage::timeMillis, 0L),
                limit(message("time", "\"1970-01-01T00:00:00.1Z\""), TelemetryMessage::timeMillis, 100L),
                limit(message("time", "\"1970-01-01T00:00:00.123456789Z\""), TelemetryMessage::timeMillis, 123L),
                limit(message("time", "\"1969-12-31T23:59:59.999999Z\""), TelemetryMessage::timeMillis, -1L),
                limit(message("time", "\"2024-02-29T12:34:56.7Z\""), TelemetryMessage::timeMillis, 1_709_210_096_700L),
                limit(message("time", "\"0000-01-01T00:00:00Z\""), TelemetryMessage::timeMillis, -62_167_219_200_000L),
                limit(
                        message("time", "\"9999-12-31T23:59:59.999Z\""),
                        TelemetryMessage::timeMillis,
                        253_402_300_799_999L),
                limit(message("time", "\"1970-01-01\\u005400:00:00Z\""), TelemetryMessage::timeMillis, 0L),
                limit(message("seq", "0"), TelemetryMessage::seq, 0L),
                limit(message("seq", "-0"), TelemetryMessage::seq, 0L),
                limit(message("seq", "9223372036854775807"), TelemetryMessage::seq, Long.MAX_VALUE),
                limit(message("activity", "0"), TelemetryMessage::activity, 0),
                limit(message("activity", "99"), TelemetryMessage::activity, 99),
                limit(message("late", "true"), TelemetryMessage::late, true),
                limit(message("channels", "{}"), TelemetryMessage::channelCount, 0),
                limit(message("channels", "{ }"), TelemetryMessage::channelCount, 0),
                limit(message("note", nested(7)), TelemetryMessage::channelCount, 2),
                limit(message("note", "[{\"rig\":1},{\"rig\":1,\"a\":{\"rig\":2}}]"), TelemetryMessage::seq, 86_400L),
                limit(message("note", "1e-999"), TelemetryMessage::seq, 86_400L),
                limit(message("RIG", "1", "", "2"), TelemetryMessage::rig, "RIG-007"),
                limit(" \r\n\t" + message() + " \n", TelemetryMessage::rig, "RIG-007"),
                limit(
                        "{\"channels\":{\"A\":1},\"late\":true,\"activity\":3,\"seq\":1,"
                                + "\"time\":\"1970-01-01T00:00:00Z\",\"well\":\"\",\"rig\":\"RIG-007\"}",
                        m -> m.channel("A"),
                        1.0),
                limit(message().replace(",", " ,\n ").replace(":4", " : 4"), m -> m.channel("DBTM"), 4291.7));
    }

    private static Arguments limit(String json, Function<TelemetryMessage, Object> read, Object expected) {
        return arguments(json, read, expected);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void acceptsWhatIsJustWithinTheLimits(String json, Function<TelemetryMessage, Object> read, Object expected) {
        TelemetryMessage message = reader.read(json.getBytes(UTF_8), KEY);

        assertThat(read.apply(message)).isEqualTo(expected);
    }

    @Test
    void acceptsTheLargestMessage() {
        String json = message();
        String largest = json + " ".repeat(TelemetryReader.MAX_BYTES - json.length());

        assertThat(reader.read(largest.getBytes(UTF_8), KEY).channelCount()).isEqualTo(2);
    }

    @Test
    void saysWhereWhatWasFoundAndWhatWasExpected() {
        assertThat(detail("{\"rig\":7}")).isEqualTo("wrong-type: byte 7: field \"rig\" is a number, expected a string");
        assertThat(detail("{\"a\" 1}")).isEqualTo("not-json: byte 5: found byte 0x31, expected a colon after a name");
        assertThat(detail("{\"a\":")).isEqualTo("not-json: byte 5: found the end of the value, expected a JSON value");
        assertThat(detail(message("channels", "{\"DBTM\":\"secret\"}")))
                .isEqualTo("wrong-type: byte 128: channel \"DBTM\" is a string, expected a number or null");
        assertThat(detail(message("seq", null, "late", null)))
                .isEqualTo("missing-field: found no field \"seq\", \"late\", expected all seven");
        assertThat(detail("{\"a\\n\\u00e9" + "x".repeat(100) + "\":1,\"a\\n\\u00e9" + "x".repeat(100) + "\":1}"))
                .isEqualTo("duplicate-key: byte 115: found name \"a\\u000a\\u00e9" + "x".repeat(61)
                        + "…\" again, expected each name once in an object");
    }

    @Test
    void neverQuotesTheValue() {
        String secret = "S3CRET";
        for (String json : new String[] {
            message("rig", "\"" + secret.toLowerCase(java.util.Locale.ROOT) + "\""),
            message("well", "\"" + secret.repeat(20) + "\""),
            message("time", "\"" + secret + "\""),
            message("channels", "{\"A\":\"" + secret + "\"}"),
            message("note", secret)
        }) {
            assertThat(detail(json)).doesNotContainIgnoringCase(secret);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
    void manyLevelsAreRefusedAtOnce(String level) {
        byte[] value = level.repeat(100_000).getBytes(UTF_8);

        Reason reason = Assertions.catchThrowableOfType(
                        InvalidTelemetryException.class, () -> within(Duration.ofMillis(500), value))
                .reason();

        assertThat(reason).isEqualTo(Reason.TOO_DEEP);
    }

    private void within(Duration limit, byte[] value) {
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(limit, () -> reader.read(value, KEY));
    }

    private String detail(String json) {
        return failure(reader, json.getBytes(UTF_8), KEY).getMessage();
    }

    private static InvalidTelemetryException failure(TelemetryReader reader, byte[] value, byte[] key) {
        InvalidTelemetryException failure =
                catchThrowableOfType(InvalidTelemetryException.class, () -> reader.read(value, key));
        assertThat(failure).as("the value was accepted").isNotNull();
        return failure;
    }
}
