package routes.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.telemetry.Reason;

class JsonReaderTest {
    private static final long SEED = 20_261_126;
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static Map<String, Object> read(String json) {
        return JsonReader.read(json.getBytes(UTF_8));
    }

    private static Reason refused(byte[] value) {
        InvalidJsonException refused = catchThrowableOfType(InvalidJsonException.class, () -> JsonReader.read(value));
        assertThat(refused)
                .as(value == null ? "null" : new String(value, ISO_8859_1))
                .isNotNull();
        assertThat(refused.getMessage())
                .startsWith(refused.reason().code() + ": ")
                .contains("found", "expected");
        return refused.reason();
    }

    @Test
    void everyKindOfValueIsReadAsItIsWritten() {
        Map<String, Object> read = read(
                """
                 { "a": 9223372036854775807, "b": -0, "c": 9223372036854775808, "d": 1.10, "e": -1e3,
                   "f": "x\\u00e9\\ud83d\\ude00", "g": true, "h": false, "i": null, "j": [1, [], {"k": {}}], "": 1 }
                """);

        Map<String, Object> expected = new HashMap<>();
        expected.put("a", Long.MAX_VALUE);
        expected.put("b", 0L);
        expected.put("c", new BigDecimal("9223372036854775808"));
        expected.put("d", new BigDecimal("1.10"));
        expected.put("e", new BigDecimal("-1e3"));
        expected.put("f", "xé\uD83D\uDE00");
        expected.put("g", true);
        expected.put("h", false);
        expected.put("i", null);
        expected.put("j", List.of(1L, List.of(), Map.of("k", Map.of())));
        expected.put("", 1L);
        assertThat(read).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | empty",
                "` ` | not-json",
                "{ | not-json",
                "{} {} | not-json",
                "{}x | not-json",
                "{'a':1} | not-json",
                "{a:1} | not-json",
                "{\"a\":01} | not-json",
                "{\"a\":+1} | not-json",
                "{\"a\":.5} | not-json",
                "{\"a\":1.} | not-json",
                "{\"a\":NaN} | not-json",
                "{\"a\":Infinity} | not-json",
                "{\"a\":1,} | not-json",
                "{\"a\":[1,]} | not-json",
                "{\"a\":\"\\x\"} | not-json",
                "{\"a\":\"\t\"} | not-json",
                "{\"a\":1 /* c */} | not-json",
                "\uFEFF{} | not-json",
                "[] | not-an-object",
                "1 | not-an-object",
                "\"{}\" | not-an-object",
                "null | not-an-object",
                "[1 | not-json",
                "{\"a\":1,\"a\":2} | duplicate-key",
                "{\"a\":1,\"\\u0061\":2} | duplicate-key",
                "{\"b\":[{\"a\":1,\"a\":1}]} | duplicate-key",
                "{\"a\":\"\\ud800\"} | invalid-utf8",
                "{\"a\":\"\\udc00\\ud800\"} | invalid-utf8",
                "{\"\\ud800x\":1} | invalid-utf8",
                "{\"a\":1e99999999999} | too-large",
            })
    void whatIsNoObjectIsRefusedWithItsReason(String json, String reason) {
        assertThat(refused(json.getBytes(UTF_8)).code()).isEqualTo(reason);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        for (String bytes :
                List.of("\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00e9", "\u00f8\u0088\u0080\u0080\u0080")) {
            assertThat(refused(("{\"a\":\"" + bytes + "\"}").getBytes(ISO_8859_1)))
                    .isEqualTo(Reason.INVALID_UTF8);
        }
        assertThat(refused(null)).isEqualTo(Reason.EMPTY);
    }

    @Test
    void theLimitsAreExact() {
        String deep = "{\"a\":".repeat(63) + "{}" + "}".repeat(63);
        assertThat(read(deep)).isNotEmpty();
        assertThat(refused(("{\"a\":" + deep + "}").getBytes(UTF_8))).isEqualTo(Reason.TOO_DEEP);
        assertThat(refused(("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8))).isEqualTo(Reason.TOO_DEEP);

        String most = "{\"a\":\"" + "x".repeat(JsonReader.MAX_BYTES - 8) + "\"}";
        assertThat(read(most)).hasSize(1);
        assertThat(refused((most + " ").getBytes(UTF_8))).isEqualTo(Reason.TOO_LARGE);

        assertThat(read("{\"a\":" + "9".repeat(1_000) + "}")).hasSize(1);
        assertThat(refused(("{\"a\":" + "9".repeat(1_001) + "}").getBytes(UTF_8)))
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(refused(("{\"a\":0." + "9".repeat(1_001) + "}").getBytes(UTF_8)))
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(refused(("{\"" + "a".repeat(60_000) + "\":1}").getBytes(UTF_8)))
                .isEqualTo(Reason.TOO_LARGE);
    }

    /** What is refused names its reason and its place, and nothing of what it says. */
    @Test
    void nothingOfTheContentIsSaid() {
        for (String json : List.of(
                "{\"secret4711\":1,\"secret4711\":2}",
                "{\"a\":\"secret4711\\x\"}",
                "secret4711",
                "{\"a\":secret4711}")) {
            InvalidJsonException refused = catchThrowableOfType(InvalidJsonException.class, () -> read(json));
            assertThat(refused.getMessage()).doesNotContain("4711").contains("line 1, column ");
        }
    }

    /** As Jackson's own tree, which is another way to the same values, for documents made and then broken at random. */
    @Test
    void itReadsAndRefusesAsATreeDoes() throws Exception {
        RandomJson random = new RandomJson(new SplittableRandom(SEED));
        int refused = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] value = random.object(3).getBytes(UTF_8);
            if (i % 2 == 1) {
                value[random.below(value.length)] = (byte) random.below(256);
            }
            Optional<JsonNode> tree = tree(value);
            if (tree.isPresent()) {
                assertThat(RandomJson.same(JsonReader.read(value), tree.get()))
                        .as("seed %d, document %d: %s", SEED, i, new String(value, UTF_8))
                        .isTrue();
            } else {
                refused(value);
                refused++;
            }
        }
        assertThat(refused).isBetween(3_000, 14_000);
    }

    private static Optional<JsonNode> tree(byte[] value) throws Exception {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            return Optional.of(TREES.readTree(text)).filter(JsonNode::isObject);
        } catch (CharacterCodingException | JsonProcessingException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
