package routes.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for any message: written by Jackson, broken at random, with names that many messages share or not. */
class TelemetryReaderPropertyTest {
    private static final long SEED = 4_291;
    private static final String RIG = "RIG-007";
    private static final byte[] KEY = RIG.getBytes(UTF_8);
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private static final List<ObjectWriter> WRITERS = List.of(
            JACKSON.writer(),
            JACKSON.writerWithDefaultPrettyPrinter(),
            JACKSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII));

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final TelemetryReader reader = new TelemetryReader();

    @Test
    void whatJacksonWritesIsReadBack() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            byte[] value = WRITERS.get(i % WRITERS.size()).writeValueAsBytes(message(random.nextInt(40), 0));

            assertReadsLike(value, Oracle.read(value, RIG).orElseThrow(), "message " + i);
        }
    }

    /** Messages of any of many lists of names in turn, some of which begin alike, are cut short or have a name twice. */
    @Test
    void namesAreFoundAndDuplicatesNoticedWhateverCameBefore() throws Exception {
        int refused = 0;
        List<TelemetryMessage> kept = new ArrayList<>();
        List<JsonNode> keptTrees = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            String json = JACKSON.writeValueAsString(message(random.nextInt(1, 60), random.nextInt(25)));
            boolean twice = random.nextInt(4) == 0;
            byte[] value = (twice ? repeatName(json) : json).getBytes(UTF_8);
            Optional<JsonNode> expected = Oracle.read(value, RIG);
            if (expected.isEmpty()) {
                InvalidTelemetryException failure =
                        catchThrowableOfType(InvalidTelemetryException.class, () -> reader.read(value, KEY));
                assertThat(failure.reason()).isEqualTo(Reason.DUPLICATE_KEY);
                refused++;
            } else {
                kept.add(assertReadsLike(value, expected.get(), "message " + i));
                keptTrees.add(expected.get());
            }
        }
        assertThat(refused).isBetween(500, 1_000);
        for (int i = 0; i < kept.size(); i++) {
            assertSame(kept.get(i), keptTrees.get(i), "kept message " + i);
        }
    }

    /** One byte is changed, added or taken away: the reader and the oracle agree on what is a message. */
    @Test
    void brokenMessagesAreRefusedAndOthersRead() throws Exception {
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        int accepted = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] value = mutated(WRITERS.get(i % WRITERS.size()).writeValueAsBytes(message(4, i % 3)));
            Optional<JsonNode> expected = Oracle.read(value, RIG);
            String text = "seed " + SEED + ", message " + i + ": " + new String(value, UTF_8);
            if (expected.isPresent()) {
                assertReadsLike(value, expected.get(), text);
                accepted++;
            } else {
                InvalidTelemetryException failure =
                        catchThrowableOfType(InvalidTelemetryException.class, () -> reader.read(value, KEY));
                assertThat(failure).as(text).isNotNull();
                reasons.merge(failure.reason(), 1, Integer::sum);
            }
        }
        assertThat(accepted).isGreaterThan(5_000);
        assertThat(reasons)
                .containsKeys(
                        Reason.NOT_JSON,
                        Reason.INVALID_UTF8,
                        Reason.MISSING_FIELD,
                        Reason.WRONG_TYPE,
                        Reason.OUT_OF_RANGE,
                        Reason.DUPLICATE_KEY,
                        Reason.KEY_MISMATCH);
    }

    /** Names start alike in all messages, then go the way of their kind, so that lists share beginnings. */
    private ObjectNode message(int channels, int kind) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode message = nodes.objectNode();
        message.put("rig", RIG);
        message.put("well", text(random.nextInt(20)));
        if (random.nextBoolean()) {
            message.putObject("note")
                    .put("a", 1)
                    .putArray("b")
                    .add("x")
                    .add(-1.5e3)
                    .addNull();
        }
        message.put("time", "2026-11-20T10:00:00." + random.nextInt(100, 1000) + "Z");
        message.put("seq", random.nextLong(Long.MAX_VALUE) >> random.nextInt(62));
        message.put("activity", random.nextInt(100));
        message.put("late", random.nextBoolean());
        ObjectNode values = message.putObject("channels");
        for (int i = 0; i < channels; i++) {
            String name = i < kind ? "C" + i : "K" + kind + "_" + i;
            values.set(name + "\u00e9\"".repeat(random.nextInt(200) / 199), value(nodes));
        }
        return message;
    }

    private JsonNode value(JsonNodeFactory nodes) {
        return switch (random.nextInt(8)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(random.nextLong());
            case 2 -> nodes.numberNode(Double.longBitsToDouble(random.nextLong() & 0xbfff_ffff_ffff_ffffL));
            case 3 -> nodes.numberNode(new BigDecimal("1e-400").multiply(BigDecimal.valueOf(random.nextInt())));
            default -> nodes.numberNode(BigDecimal.valueOf(random.nextInt(-99_999, 99_999), random.nextInt(5)));
        };
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int kind = random.nextInt(8);
            text.appendCodePoint(
                    kind == 0 ? random.nextInt(0x80) : kind == 1 ? random.nextInt(0xe000, 0x10ffff) : 'a' + i);
        }
        return text.toString();
    }

    /** A name of the channels, written with or without an escape, in the place of a later one. */
    private String repeatName(String json) {
        int channels = json.indexOf("\"channels\":{") + 12;
        int comma = json.lastIndexOf(',');
        if (comma < channels) {
            return json;
        }
        String name = json.substring(channels + 1, json.indexOf("\":", channels));
        String again = random.nextBoolean() ? name : String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
        return json.substring(0, comma) + ",\"" + again + "\":1}}";
    }

    private byte[] mutated(byte[] value) {
        String structure = "\"\\{}[]:,.-+eE0123456789 ntfu/\u0000\u007f";
        byte b = random.nextInt(3) == 0
                ? (byte) random.nextInt(256)
                : (byte) structure.charAt(random.nextInt(structure.length()));
        int at = random.nextInt(value.length);
        int kind = random.nextInt(3);
        byte[] mutated = new byte[value.length + kind - 1];
        System.arraycopy(value, 0, mutated, 0, at);
        int kept = kind == 2 ? at : at + 1;
        int to = kind == 0 ? at : at + 1;
        System.arraycopy(value, kept, mutated, to, value.length - kept);
        if (kind > 0) {
            mutated[at] = b;
        }
        return mutated;
    }

    private TelemetryMessage assertReadsLike(byte[] value, JsonNode expected, String what) {
        TelemetryMessage message;
        try {
            message = reader.read(value, KEY);
        } catch (InvalidTelemetryException e) {
            throw new AssertionError(what + " was refused: " + e.getMessage(), e);
        }
        assertSame(message, expected, what);
        return message;
    }

    private static void assertSame(TelemetryMessage message, JsonNode expected, String what) {
        List<String> names = Oracle.names(expected);
        assertThat(message.well()).as(what).isEqualTo(expected.get("well").textValue());
        assertThat(message.seq()).as(what).isEqualTo(expected.get("seq").longValue());
        assertThat(message.activity())
                .as(what)
                .isEqualTo(expected.get("activity").intValue());
        assertThat(message.late()).as(what).isEqualTo(expected.get("late").booleanValue());
        assertThat(message.timeMillis())
                .as(what)
                .isEqualTo(java.time.Instant.parse(expected.get("time").textValue())
                        .toEpochMilli());
        assertThat(message.channelCount()).as(what).isEqualTo(names.size());
        assertThat(message.hasChannel("no such channel")).as(what).isFalse();
        for (String name : names) {
            JsonNode value = expected.get("channels").get(name);
            assertThat(message.hasChannel(name)).as(what).isTrue();
            assertThat(message.channel(name)).as(what).isEqualTo(value.isNull() ? null : (Double) value.doubleValue());
        }
    }
}
