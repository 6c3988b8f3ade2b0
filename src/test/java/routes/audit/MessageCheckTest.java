package routes.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.audit.MessageCheck.Message;
import routes.telemetry.InvalidTelemetryException;
import routes.telemetry.Slicer;
import routes.telemetry.TelemetryReader;

class MessageCheckTest {
    private static final String GOOD =
            "{\"rig\":\"R-1\",\"well\":\"W\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":7,"
                    + "\"activity\":2,\"late\":false,\"x\":[{\"a\":1e3,\"b\":\"\\ud83d\\ude00\"},null],"
                    + "\"channels\":{\"GASA\":9.50,\"BPOS\":null,\"GASX\":-0.1,\"NEW\":3}}";
    private static final byte[] KEY = "R-1".getBytes(UTF_8);
    private static final int GAS = 1;
    private static final String JSON_BYTES = "{}[],:\"\\ 0123456789-+.eEtfnu";

    private final MessageCheck check = new MessageCheck(Map.of("BPOS", 0, "GASA", GAS, "GASX", GAS), 3);

    @Test
    void readsWhatTheAuditNeeds() {
        Message message = check(GOOD);

        assertThat(message.rig()).isEqualTo("R-1");
        assertThat(message.seq()).isEqualTo(7);
        assertThat(message.activity()).isEqualTo(2);
        assertThat(message.plain()).isFalse();
        assertThat(message.slices()[0]).isNotZero();
        assertThat(message.slices()[GAS]).isNotZero();
        assertThat(message.slices()[2]).isZero();
    }

    @Test
    void aSliceHasTheFingerprintOfItsPartOfTheMessageInAnyOrder() {
        long expected = check(GOOD).slices()[GAS];

        assertThat(gas("{\"GASA\":9.50,\"GASX\":-0.1}")).isEqualTo(expected);
        assertThat(gas("{\"GASX\":-0.1, \"GASA\":9.50}")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"GASA\":9.50}",
                "{\"GASA\":9.51,\"GASX\":-0.1}",
                "{\"GASA\":9.50,\"GASX\":null}",
                "{\"GASA\":-0.1,\"GASX\":9.50}",
                "{\"GASA\":9.50,\"GASX\":-0.1,\"BPOS\":null}",
                "{\"GASA\":9.50,\"GASX\":-0.1,\"NEW\":3}",
            })
    void aSliceWithOtherChannelsOrValuesHasAnother(String channels) {
        assertThat(gas(channels)).isNotEqualTo(check(GOOD).slices()[GAS]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"seq\":8", "\"seq\":7,\"y\":1", "\"seq\":7,\"well\":\"V\""})
    void aSliceWithAnotherEnvelopeHasAnother(String envelope) {
        String slice = slice("{\"GASA\":9.50,\"GASX\":-0.1}")
                .replace("\"well\":\"W\",", envelope.contains("well") ? "" : "\"well\":\"W\",")
                .replace("\"seq\":7", envelope);

        assertThat(check(slice).asSliceOf(GAS)).isNotEqualTo(check(GOOD).slices()[GAS]);
    }

    @Test
    void aSliceThatTheRoutesCutHasTheFingerprintExpected() throws Exception {
        Slicer slicer = new Slicer(Map.of("BPOS", "hoisting", "GASA", "gas", "GASX", "gas"));

        List<Slicer.Slice> slices = slicer.slice(new TelemetryReader().read(GOOD.getBytes(UTF_8), KEY))
                .slices();

        assertThat(slices).hasSize(2).allSatisfy(slice -> {
            int subsystem = slice.subsystem().equals("gas") ? GAS : 0;
            assertThat(check.check(KEY, slice.value()).asSliceOf(subsystem))
                    .isEqualTo(check(GOOD).slices()[subsystem]);
        });
    }

    @Test
    void nothingNothingAtAllAndTooMuchAreNoMessages() {
        String padded = GOOD.replace("\"W\"", "\"W\",\"p\":\"" + "p".repeat(900_000 - GOOD.length() - 7) + "\"");

        assertThat(padded).hasSize(900_000);
        assertThat(check(padded)).isNotNull();
        assertThat(check(padded.replace("\"p\"", "\"pp\""))).isNull();
        assertThat(check.check(KEY, null)).isNull();
        assertThat(check.check(KEY, new byte[0])).isNull();
        assertThat(check.check(null, GOOD.getBytes(UTF_8))).isNull();
        assertThat(check.check("R-2".getBytes(UTF_8), GOOD.getBytes(UTF_8))).isNull();
    }

    /** The audit has a reader of its own, and its word on what is a message has to be that of the routes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "nul",
                "\ufeff{}",
                "{\"rig\":\"R-1\"}",
                "7 ",
                "\"text\"",
                "{}{}",
                "\"seq\":-0",
                "\"seq\":-1",
                "\"seq\":1.0",
                "\"seq\":1e0",
                "\"seq\":01",
                "\"seq\":null",
                "\"seq\":\"7\"",
                "\"seq\":9223372036854775807",
                "\"seq\":9223372036854775808",
                "\"seq\":7,\"seq\":7",
                "\"seq\":7,",
                "\"seq\":7,\"n\":NaN",
                "\"seq\":7,\"n\":-Infinity",
                "\"seq\":7,\"n\":1e999",
                "\"seq\":7,\"n\":1e308",
                "\"seq\":7,\"n\":[[[[[[[1]]]]]]]",
                "\"seq\":7,\"n\":[[[[[[[[1]]]]]]]]",
                "\"seq\":7,\"n\":{\"a\":1,\"a\":2}",
                "\"seq\":7,\"n\":\"\\ud800\"",
                "\"seq\":7,\"n\":\"\\udc00\\ud800\"",
                "\"seq\":7,\"\\ud800\":1",
                "\"seq\":7,\"n\":\"\\x\"",
                "\"seq\":7,\"n\":\"\\u12\"",
                "\"seq\":7,\"n\":\"\u0001\"",
                "\"s\\u0065q\":7",
                "\"seq\":7,\"n\":.5",
                "\"seq\":7,\"n\":5.",
                "\"seq\":7,\"n\":+5",
                "\"seq\":7,\"n\":-",
                "\"seq\":7,\"n\":1E+2",
                "\"seq\":7,\"n\":'x'",
                "\"seq\":7,n:1",
                "\"seq\":7 /* c */",
                "\"seq\":7,\"\":1",
                "\"seq\":7,\"n\":true1",
            })
    void itAgreesWithTheRoutesOnWhatIsAMessage(String part) {
        String value = part.startsWith("\"seq") || part.startsWith("\"s\\") ? GOOD.replace("\"seq\":7", part) : part;

        assertThat(check(value) != null).isEqualTo(isMessageForTheRoutes(value.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T10:00:00Z",
                "2026-11-20T10:00:00.123456789Z",
                "2026-11-20T10:00:00.1234567890Z",
                "2026-11-20T10:00:00.Z",
                "2026-11-20T10:00:00,5Z",
                "2026-02-29T10:00:00Z",
                "2028-02-29T10:00:00Z",
                "2026-11-31T10:00:00Z",
                "2026-11-20T24:00:00Z",
                "2026-11-20T23:59:60Z",
                "2026-11-20T23:60:00Z",
                "0000-01-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-11-20 10:00:00Z",
                "2026-11-20T10:00:00",
                "2026-11-20T10:00:00+00:00",
                "2026-11-20T10:00Z",
                "\u0662026-11-20T10:00:00Z",
                ""
            })
    void itAgreesWithTheRoutesOnInstants(String time) {
        String value = GOOD.replace("2026-11-20T10:00:00.000Z", time);

        assertThat(check(value) != null).isEqualTo(isMessageForTheRoutes(value.getBytes(UTF_8)));
    }

    @Test
    void itAgreesWithTheRoutesOnWhateverBecomesOfAMessage() {
        long seed = 20261120;
        Random random = new Random(seed);
        int messages = 0;
        for (int i = 0; i < 40_000; i++) {
            byte[] value = mutated(GOOD.getBytes(UTF_8), random);

            boolean isMessage = check.check(KEY, value) != null;

            messages += isMessage ? 1 : 0;
            assertThat(isMessage)
                    .as("seed %d, number %d: %s", seed, i, new String(value, ISO_8859_1))
                    .isEqualTo(isMessageForTheRoutes(value));
        }
        assertThat(messages).isBetween(1_000, 39_000);
    }

    /** Bytes changed, left out, put in, or doubled in runs; often those that mean something in JSON. */
    private static byte[] mutated(byte[] value, Random random) {
        byte[] changed = value;
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(changed.length);
            int end = Math.min(changed.length, at + 1 + random.nextInt(8));
            byte any = random.nextInt(3) == 0
                    ? (byte) random.nextInt(256)
                    : (byte) JSON_BYTES.charAt(random.nextInt(JSON_BYTES.length()));
            changed = switch (random.nextInt(4)) {
                case 0 -> {
                    byte[] copy = changed.clone();
                    copy[at] = any;
                    yield copy;
                }
                case 1 -> joined(Arrays.copyOf(changed, at), Arrays.copyOfRange(changed, end, changed.length));
                case 2 ->
                    joined(
                            Arrays.copyOf(changed, at),
                            new byte[] {any},
                            Arrays.copyOfRange(changed, at, changed.length));
                default -> joined(Arrays.copyOf(changed, end), Arrays.copyOfRange(changed, at, changed.length));
            };
        }
        return changed;
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static boolean isMessageForTheRoutes(byte[] value) {
        try {
            new TelemetryReader().read(value, KEY);
            return true;
        } catch (InvalidTelemetryException e) {
            return false;
        }
    }

    private long gas(String channels) {
        return check(slice(channels)).asSliceOf(GAS);
    }

    private static String slice(String channels) {
        return "{\"rig\":\"R-1\",\"well\":\"W\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":7,\"activity\":2,"
                + "\"late\":false,\"channels\":" + channels + "}";
    }

    private Message check(String value) {
        return check.check(KEY, value.getBytes(UTF_8));
    }
}
