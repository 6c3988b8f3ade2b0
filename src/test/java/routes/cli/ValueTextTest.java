package routes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTextTest {
    @Test
    void jsonIsIndentedAsItStands() {
        String value =
                "{\"GASA\":1.50,\"GASA\":1e999,\"big\":123456789012345678901234567890,\"none\":null,\"list\":[true]}";

        assertThat(ValueText.lines(value.getBytes(UTF_8)))
                .containsExactly(
                        "{",
                        "  \"GASA\" : 1.50,",
                        "  \"GASA\" : 1e999,",
                        "  \"big\" : 123456789012345678901234567890,",
                        "  \"none\" : null,",
                        "  \"list\" : [ true ]",
                        "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1", "{} {}", "1 2", "{\"a\":NaN}", "plain text", "[[}"})
    void textThatIsNotOneJsonValueIsShownAsItIs(String text) {
        assertThat(ValueText.lines(text.getBytes(UTF_8))).containsExactly(text);
    }

    @Test
    void deepNestingIsText() {
        String deep = "[".repeat(100_000);

        assertThat(ValueText.lines(deep.getBytes(UTF_8))).containsExactly(deep);
    }

    @Test
    void linesOfTextStayLinesAndControlsThatATerminalWouldObeyAreEscaped() {
        assertThat(ValueText.lines("one\ntwo\tthree".getBytes(UTF_8))).containsExactly("one", "two    three");
        assertThat(ValueText.lines("{\"a\":\"\u007f\"}".getBytes(UTF_8)))
                .allSatisfy(line -> assertThat(line).doesNotContain("\u007f"));
    }

    @Test
    void whatIsNotTextIsDumped() {
        byte[] value = new byte[18];
        value[0] = 'A';
        value[1] = (byte) 0xff;
        value[17] = '~';

        assertThat(ValueText.lines(value))
                .containsExactly(
                        "00000000  41 ff 00 00 00 00 00 00 00 00 00 00 00 00 00 00  |A...............|",
                        "00000010  00 7e                                            |.~|");
    }

    @Test
    void nothingIsSaidSo() {
        assertThat(ValueText.lines(null)).containsExactly("(null)");
        assertThat(ValueText.lines(new byte[0])).isEmpty();
    }
}
