package routes.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.flow.Flows;

class SimpleParserTest {
    private static Simple.Condition condition(String text) {
        return SimpleParser.condition(text, name -> false);
    }

    private static Simple.Function function(String name, String argument, String written) {
        return new Simple.Function(name, argument, written);
    }

    @Test
    void aConditionIsATreeThatGoesFromLeftToRight() {
        Simple.Condition tree = condition("${channel('GASA')} > 2.5 || ${late} && ${rig} == 'RIG-007'");

        assertThat(tree)
                .isEqualTo(new Simple.Joined(
                        new Simple.Joined(
                                new Simple.Comparison(
                                        function("channel", "GASA", "${channel('GASA')}"),
                                        Simple.Operator.GREATER,
                                        new Simple.Number(new BigDecimal("2.5"))),
                                false,
                                new Simple.Truth(function("late", "", "${late}"))),
                        true,
                        new Simple.Comparison(
                                function("rig", "", "${rig}"), Simple.Operator.EQUAL, new Simple.Text("RIG-007"))));
    }

    @Test
    void aTextHasItsFunctions() {
        Simple.Template tree = SimpleParser.template("rig ${rig}: {${header.a_b-c}}", name -> false);

        assertThat(tree.parts())
                .containsExactly(
                        new Simple.Text("rig "),
                        function("rig", "", "${rig}"),
                        new Simple.Text(": {"),
                        function("header", "a_b-c", "${header.a_b-c}"),
                        new Simple.Text("}"));
    }

    /** What is accepted means the same to Camel: it makes a predicate of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "${late}",
                "${activity} == 2",
                "${activity} == -2",
                "${channel(HKLA)} >= 80.5 && ${channel(GASA)} < 3",
                "${rig} == 'RIG-007'   ||   ${rig} == \"RIG 8\"",
                "${late} == true",
                "${header.a} != null",
                "${rig} =~ 'rig-007'",
                "${rig} !=~ 'x'",
                "${rig} contains 'IG'",
                "${rig} !contains 'IG'",
                "${rig} startsWith 'R'",
                "${rig} !startsWith 'R'",
                "${rig} endsWith '7'",
                "${rig} !endsWith '7'",
                "${rig} in 'A,B'",
                "${rig} !in 'A,B'",
                "${activity} range '2..5'",
                "${activity} !range '2..5'",
                "${channel(GASA)} > ${channel(HKLA)}",
                "'a' == ${rig}"
            })
    void whatIsAcceptedCamelTakes(String text) {
        DefaultCamelContext context = new DefaultCamelContext();
        Flows.register(context);
        Language simple = context.resolveLanguage("simple");

        assertThat(condition(text)).isNotNull();
        assertThat(simple.createPredicate(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "${",
                "${}",
                "${activity}==2",
                "${activity} ==2",
                "${activity} = 2",
                "${activity} == 2 &&",
                "${activity} == 2 & ${late}",
                "${activity} == 2 ${late}",
                "${activity} == 2 == 3",
                "${activity} == two",
                "${activity} == 1e400",
                "${activity} regex '(a+)+$'",
                "${body} is 'java.lang.String'",
                "${body.length} > 2",
                "${body[0]} == 1",
                "${ body } == 1",
                "${body?.x} == 1",
                "${header.a.b} == 1",
                "${header[a]} == 1",
                "${header.a:b} == 1",
                "${headers.a} == 1",
                "${channel()} > 1",
                "${channel(${rig})} > 1",
                "${channel('a)} > 1",
                "${rig} == '${well}'",
                "${late} ? 1 : 2",
                "${late} ?: 2",
                "${late}++ == 2",
                "$init{ $a := 1 }init$ ${late}",
                "$simple{late}",
                "${rig} == 'a\\n'",
                "2 == ${activity}"
            })
    void whatIsNotOnTheListIsRefused(String text) {
        assertThatThrownBy(() -> condition(text))
                .isInstanceOf(SimpleSyntaxException.class)
                .hasMessageContaining("expected ");
    }

    /** However long and deep: at once, and without a deep stack. */
    @Test
    void longTextsAreReadInOneGoOrRefusedAtOnce() {
        List<String> texts = List.of(
                "a".repeat(80_000),
                "${aAs(" + "a.".repeat(40_000) + ")}",
                "${".repeat(40_000),
                "'".repeat(79_999),
                "${late} && ".repeat(7_000) + "${late}",
                "${activity} == 1 || ".repeat(390) + "${late}",
                "${channel(" + " ".repeat(7_900) + "(x)} > 1",
                "${late}" + " ".repeat(7_900) + "x");
        long begin = System.nanoTime();

        assertThat(texts).allSatisfy(text -> {
            assertThatThrownBy(() -> condition(text)).isInstanceOf(SimpleSyntaxException.class);
            assertThatThrownBy(() -> SimpleParser.template(text + "$", name -> false))
                    .isInstanceOf(SimpleSyntaxException.class);
        });

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
}
