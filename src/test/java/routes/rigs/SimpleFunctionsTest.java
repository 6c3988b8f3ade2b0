package routes.rigs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Language;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.flow.Flows;
import routes.telemetry.TelemetryReader;

/** What conditions in routes make of a message, evaluated by Camel's own Simple language. */
class SimpleFunctionsTest {
    private static final String MESSAGE = "{\"rig\":\"RIG-007\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\","
            + "\"seq\":86400,\"activity\":2,\"late\":true,\"channels\":"
            + "{\"A\":5.7,\"B\":5,\"ZERO\":-0.0,\"NONE\":null,\"SMALL\":1e-3,\"NEG\":-2.5}}";

    private DefaultCamelContext context;
    private Exchange exchange;

    @BeforeEach
    void readTheMessage() {
        context = new DefaultCamelContext();
        Flows.register(context);
        context.start();
        exchange = new DefaultExchange(context);
        exchange.setProperty(
                TelemetryRecords.TELEMETRY,
                new TelemetryReader().read(MESSAGE.getBytes(UTF_8), "RIG-007".getBytes(UTF_8)));
        exchange.getMessage().setBody(MESSAGE.getBytes(UTF_8));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "${channel(A)} > 5; true",
                "${channel(A)} >= 5; true",
                "${channel(A)} < 6; true",
                "${channel(A)} < 5; false",
                "${channel(A)} > 5.69; true",
                "${channel(A)} > 5.7; false",
                "${channel(A)} == 5.7; true",
                "${channel(A)} == '5.7'; true",
                "${channel(A)} != 5; true",
                "${channel(B)} == 5; true",
                "${channel(B)} > 5; false",
                "${channel(B)} >= 5; true",
                "${channel(A)} > ${channel(B)}; true",
                "${channel(B)} > ${channel(A)}; false",
                "${channel(ZERO)} >= 0; true",
                "${channel(ZERO)} == 0; true",
                "${channel(SMALL)} > 0; true",
                "${channel(SMALL)} < 1; true",
                "${channel(NEG)} < -2; true",
                "${channel(NEG)} > -3; true",
                "${channel(NONE)} > 5; false",
                "${channel(NONE)} < 5; false",
                "${channel(NONE)} == null; true",
                "${channel(ABSENT)} > 5; false",
                "${channel(ABSENT)} == null; true",
                "${channel(A)} == null; false",
                "${activity} == 2; true",
                "${activity} == 3 || ${activity} == 2; true",
                "${activity} in '2,5,6'; true",
                "${rig} == 'RIG-007'; true",
                "${rig} regex 'RIG-00.'; true",
                "${well} == 'W2'; false",
                "${seq} >= 86400; true",
                "${late} == true; true",
                "${activity} == 2 && ${channel(A)} > 5; true"
            })
    void aConditionIsTrueOrFalse(String condition, boolean expected) {
        Language simple = context.resolveLanguage("simple");
        Predicate predicate = simple.createPredicate(condition);
        predicate.init(context);

        assertThat(predicate.matches(exchange)).as(condition).isEqualTo(expected);
    }

    @Test
    void aConditionWithoutTelemetrySaysWhichStepIsMissing() {
        Predicate predicate = context.resolveLanguage("simple").createPredicate("${channel(A)} > 5");
        predicate.init(context);

        assertThatThrownBy(() -> predicate.matches(new DefaultExchange(context)))
                .hasStackTraceContaining("read-telemetry");
    }
}
