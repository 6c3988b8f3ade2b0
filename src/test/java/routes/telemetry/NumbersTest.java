package routes.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    private static final long SEED = 1_063;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void parsesShortDecimalsLikeJava() {
        for (int i = 0; i < 100_000; i++) {
            assertParses(BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(19))
                    .toPlainString());
        }
    }

    @Test
    void parsesAnyDoublesTextLikeJava() {
        for (int i = 0; i < 100_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertParses(Double.toString(number));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "-0.0",
                "0e0",
                "-0E-9",
                "1",
                "12345678",
                "123456789012345678",
                "1234567890123456789",
                "9007199254740992",
                "9007199254740993",
                "9007199254740993.0",
                "90071992547409.93",
                "0.1",
                "0.12345678901234567",
                "0.123456789012345678901234567890",
                "1.7976931348623157e308",
                "1.7976931348623158e308",
                "4.9e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "1e-999",
                "2.2250738585072012e-308",
                "1e22",
                "1e23",
                "123456e-10",
                "5E+3",
                "0e99999999999",
                "1e-99999999999"
            })
    void parsesSpecialNumbersLikeJava(String number) {
        assertParses(number);
    }

    @Test
    void parsesLongDigitsWithoutExponentLikeJava() {
        assertParses("1".repeat(308));
        assertParses("1".repeat(309));
        assertParses("0." + "0".repeat(400) + "1e400");
        assertParses("1" + "0".repeat(400) + "e-200");
    }

    /** With every kind of neighbour, and at the end of the array, where no word can be read. */
    private static void assertParses(String number) {
        double expected = Double.parseDouble(number);
        for (String after : new String[] {"", ",", "}", " ", ",\"NEXT\":1.5", "]]]]]]]]]]", "\n\n\n\n\n\n\n\n\n\n"}) {
            byte[] value = ("::" + number + after).getBytes(US_ASCII);
            assertThat(Numbers.end(value, 2))
                    .as("end of %s, seed %d", number, SEED)
                    .isEqualTo(2 + number.length());
            assertThat(Numbers.value(value, 2)).as("%s, seed %d", number, SEED).isEqualTo(expected);
        }
    }
}
