package routes.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.flow.Flows;
import routes.kafka.JsonRecords;
import routes.kafka.RouteMeters;
import routes.rigs.ReadTelemetry;

/** What conditions and texts with fields of a record mean, as Camel evaluates them. */
class RouteLanguageTest {
    private static final long SEED = 11;
    private static final String ORDER =
            """
            {"id": 4294967301, "small": 5, "most": 9223372036854775807, "beyond": 9223372036854775808, "price": 5.70,
             "exact": 0.1000000000000000000001, "thousand": 1e3, "minus": -0.0, "code": "5", "city": "Bergen",
             "rush": true, "none": null, "tags": ["new", 7, null, "rush"], "customer": {"vip": false}, "empty": "",
             "a.b": [{"c": 1}]}
            """;
    private static final String TELEMETRY =
            """
            {"rig":"RIG-007","well":"W1","time":"2026-11-20T10:00:00.000Z","seq":4294967301,"activity":2,"late":true,
             "site":{"name":"north"},"channels":{"A":5.7,"NONE":null}}
            """;

    private final RouteMeters meters = new RouteMeters(new SimpleMeterRegistry(), Clock.systemUTC());
    private DefaultCamelContext context;
    private Exchange exchange;

    @BeforeEach
    void readTheRecord() {
        context = new DefaultCamelContext(false);
        RouteLanguage.bind(context.getRegistry()::bind);
        context.build();
        Flows.register(context);
        context.start();
        exchange = exchange(ORDER);
        new JsonRecords(meters).read(exchange);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Exchange exchange(String value) {
        Exchange made = new DefaultExchange(context);
        made.getMessage().setBody(value.getBytes(UTF_8));
        return made;
    }

    private boolean holds(String condition, Exchange of) {
        Predicate predicate = context.resolveLanguage("simple").createPredicate(condition, new Object[5]);
        predicate.init(context);
        assertThat(SimpleParser.condition(condition, name -> false)).isNotNull();
        return predicate.matches(of);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "${field(id)} == 4294967301; true",
                "${field(id)} == 5; false",
                "${field(id)} > 4294967300; true",
                "${field(most)} == 9223372036854775807; true",
                "${field(most)} == 9223372036854775806; false",
                "${field(beyond)} > 9223372036854775807; true",
                "${field(beyond)} > ${field(most)}; true",
                "${field(price)} > 5; true",
                "${field(price)} == 5; false",
                "${field(price)} == 5.7; true",
                "${field(price)} >= 5.70; true",
                "${field(small)} == 5.0; true",
                "${field(small)} < 5.5; true",
                "${field(exact)} > 0.1; true",
                "${field(exact)} == 0.1; false",
                "${field(thousand)} == 1000; true",
                "${field(minus)} == 0; true",
                "${field(minus)} >= 0; true",
                // A text is never a number.
                "${field(code)} == 5; false",
                "${field(code)} != 5; true",
                "${field(code)} > 4; false",
                "${field(code)} < 6; false",
                "${field(code)} == '5'; true",
                "${field(small)} == '5'; false",
                "${field(small)} > '4'; false",
                "${field(city)} == 'Bergen'; true",
                "${field(city)} == \"Bergen\"; true",
                "'Bergen' == ${field(city)}; true",
                "${field(city)} == 'bergen'; false",
                "${field(city)} =~ 'BERGEN'; true",
                "${field(city)} !=~ 'BERGEN'; false",
                "${field(city)} > 'Asker'; true",
                "${field(city)} contains 'erg'; true",
                "${field(city)} !contains 'erg'; false",
                "${field(city)} startsWith 'Ber'; true",
                "${field(city)} !startsWith 'Ber'; false",
                "${field(city)} endsWith 'gen'; true",
                "${field(city)} !endsWith 'gen'; false",
                "${field(city)} in 'Oslo,Bergen'; true",
                "${field(city)} !in 'Oslo,Bergen'; false",
                "${field(small)} in '4,5,6'; true",
                "${field(price)} in '5.7, 9'; true",
                "${field(price)} in '5,6'; false",
                "${field(price)} range '5..6'; true",
                "${field(price)} range '5.7..5.7'; true",
                "${field(price)} range '-6..5'; false",
                "${field(price)} !range '6..7'; true",
                "${field(tags)} contains 'rush'; true",
                "${field(tags)} contains 7; true",
                "${field(tags)} contains '7'; false",
                "${field(tags)} == 7; false",
                "${field(customer)} != null; true",
                "${field(customer)} == 1; false",
                "${field(rush)}; true",
                "${field(rush)} == true; true",
                "${field(rush)} == 'true'; false",
                "${field(customer.vip)}; false",
                "${field(customer.vip)} == false; true",
                "${field(city)}; false",
                "${field(empty)} == ''; true",
                "${field(empty)} == null; false",
                "${field(tags[0])} == 'new'; true",
                "${field(/a.b/0/c)} == 1; true",
                "${field( city )} == 'Bergen'; true",
                "${field('city')} == 'Bergen'; true",
                "${field(small)} == 6 || ${field(small)} == 5 && ${field(rush)}; true",
                "${field(small)} == 5 || ${field(small)} == 5 && ${field(customer.vip)}; false",
                "${field(small)} == 5 && ${body} contains 'Bergen' && 'a b' == 'a b'; true",
                "${header.who} == \"it's\" && ${field(small)} == 5; true",
                "${field(city)} == ${header.place}; true",
                "${header.number} == ${field(small)}; false",
            })
    void aConditionIsTrueOrFalse(String condition, boolean expected) {
        exchange.getMessage().setHeader("who", "it's");
        exchange.getMessage().setHeader("place", "Bergen".getBytes(UTF_8));
        exchange.getMessage().setHeader("number", "5".getBytes(UTF_8));

        assertThat(holds(condition, exchange)).as(condition).isEqualTo(expected);
    }

    /** What is absent makes every comparison false but that with null; so does what is null. */
    @ParameterizedTest
    @ValueSource(strings = {"absent", "none", "city.x", "tags[9]", "tags[2]", "/a.b/1/c"})
    void whatIsAbsentMakesEveryComparisonFalse(String path) {
        int compared = 0;
        for (Simple.Operator operator : Simple.Operator.values()) {
            boolean listed =
                    operator.symbol().endsWith("in") || operator.symbol().endsWith("range");
            for (String right : listed
                    ? new String[] {"'1..2'"}
                    : new String[] {"5", "'5'", "''", "true", "${field(small)}", "${field(absent)}", "${field(none)}"
                    }) {
                if (operator.symbol().endsWith("in")) {
                    right = "'5,null,'";
                }
                String condition = "${field(" + path + ")} " + operator.symbol() + " " + right;
                assertThat(holds(condition, exchange)).as(condition).isFalse();
                if (!listed) {
                    String turned = "${field(small)} " + operator.symbol() + " ${field(" + path + ")}";
                    assertThat(holds(turned, exchange)).as(turned).isFalse();
                }
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(90);
        assertThat(holds("${field(" + path + ")} == null", exchange)).isTrue();
        assertThat(holds("${field(" + path + ")} != null", exchange)).isFalse();
        assertThat(holds("${field(" + path + ")} > null", exchange)).isFalse();
        assertThat(holds("${field(" + path + ")}", exchange)).isFalse();
    }

    /** Any two numbers, however they are written: as their exact values, and exactly one of less, equal and more. */
    @Test
    void numbersCompareAsTheirExactValues() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 6_000; i++) {
            String one = number(random);
            String other = random.nextInt(3) == 0 ? rewritten(one, random) : number(random);
            Exchange record = exchange("{\"a\":" + one + ",\"b\":" + other + "}");
            new JsonRecords(meters).read(record);
            int sign = new BigDecimal(one).compareTo(new BigDecimal(other));
            boolean literal = other.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
            for (String right : literal ? new String[] {"${field(b)}", other} : new String[] {"${field(b)}"}) {
                for (Map.Entry<String, Boolean> expected : Map.of(
                                "==", sign == 0, "!=", sign != 0, "<", sign < 0, "<=", sign <= 0, ">", sign > 0, ">=",
                                sign >= 0)
                        .entrySet()) {
                    String condition = "${field(a)} " + expected.getKey() + " " + right;
                    assertThat(context.resolveLanguage("simple")
                                    .createPredicate(condition)
                                    .matches(record))
                            .as("seed %d: %s of %s and %s", SEED, condition, one, other)
                            .isEqualTo(expected.getValue());
                }
            }
        }
    }

    private static String number(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> Long.toString(random.nextLong());
            case 1 -> Integer.toString(random.nextInt(-3, 4));
            case 2 -> random.nextInt(-3, 4) + "." + random.nextInt(1_000);
            case 3 -> Long.toString((1L << 53) + random.nextInt(4));
            default -> random.nextInt(-9, 10) + "." + random.nextInt(100) + "e" + random.nextInt(-20, 21);
        };
    }

    /** The same value, or nearly, in other digits. */
    private static String rewritten(String number, SplittableRandom random) {
        BigDecimal same = new BigDecimal(number);
        BigDecimal other = random.nextBoolean() ? same : same.add(BigDecimal.ONE.scaleByPowerOfTen(-18));
        return random.nextBoolean() ? other.toString() : other.toPlainString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "${field(rig)} == 'RIG-007'; true",
                "${field(seq)} == 4294967301; true",
                "${field(seq)} == ${seq}; true",
                "${field(channels.A)} == ${channel(A)}; true",
                "${channel(A)} > ${field(activity)}; true",
                "${field(channels.NONE)} == null; true",
                "${field(site.name)} == 'north' && ${channel(A)} > 5; true",
                "${field(late)} == ${late}; true",
                "${rig} == ${field(rig)}; true",
                "${channel(A)} > 5; true",
            })
    void aMessageOfARigHasFieldsToo(String condition, boolean expected) {
        Exchange message = exchange(TELEMETRY);
        message.getMessage().setHeader(KafkaConstants.KEY, "RIG-007".getBytes(UTF_8));
        ReadTelemetry.of(message, meters);

        assertThat(holds(condition, message)).isEqualTo(expected);
        Map<String, Object> read = JsonRecords.of(message);
        assertThat(JsonRecords.of(message)).as("read once").isSameAs(read);
    }

    /** Each takes 15 MB once it is read, and a batch keeps many until they are acknowledged. */
    @Test
    void manyLargeRecordsAtOnceNeedLittleMemory() {
        byte[] large = ("{\"a\":[" + "{},".repeat(299_000) + "{}],\"b\":1}").getBytes(UTF_8);
        List<Exchange> batch = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().maxMemory() / 12_000_000; i++) {
            Exchange record = exchange("");
            record.getMessage().setBody(large);
            new JsonRecords(meters).read(record);
            batch.add(record);
        }

        assertThat(batch).hasSizeGreaterThan(50).allMatch(record -> holds("${field(b)} == 1", record));
    }

    @Test
    void whatWasReadStaysWhateverTheBodyBecomes() {
        exchange.getMessage().setBody("{\"small\": 6}".getBytes(UTF_8));
        exchange.getMessage().removeHeaders("*");

        assertThat(holds("${field(small)} == 5", exchange)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "${field(city)}; Bergen",
                "${field(small)}; 5",
                "${field(price)}; 5.70",
                "${field(rush)}; true",
                "${field(tags)}; [\"new\",7,null,\"rush\"]",
                "order ${field(id)} to ${field(city)}${field(absent)}, ${header.who}; order 4294967301 to Bergen, me",
            })
    void aTextHasTheValuesOfItsFields(String text, String expected) {
        exchange.getMessage().setHeader("who", "me".getBytes(UTF_8));

        assertThat(evaluated(text)).isEqualTo(expected);
        assertThat(evaluated("${field(absent)}")).isNull();
    }

    private Object evaluated(String text) {
        Expression expression = context.resolveLanguage("simple").createExpression(text, new Object[5]);
        expression.init(context);
        return expression.evaluate(exchange, Object.class);
    }

    @Test
    void aFieldOfWhatWasNotReadSaysWhichStepIsMissing() {
        assertThatThrownBy(() -> holds("${field(small)} == 5", exchange(ORDER))).hasMessageContaining("read-json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${field()} == 1",
                "${field(a..b)} == 1",
                "${field(/a~)} == 1",
                "${field(a[x])} == 1",
                "${field.a} == 1",
                "${field(a).b} == 1",
                "${field(${rig})} == 1",
            })
    void whatIsNoPathIsRefused(String condition) {
        assertThatThrownBy(() -> SimpleParser.condition(condition, name -> false))
                .isInstanceOf(SimpleSyntaxException.class)
                .hasMessageContaining("expected ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${field(a)} range '5'", "${field(a)} range 5", "${field(a)} in ${field(b)}"})
    void aListThatIsNoneStopsTheStart(String condition) {
        assertThatThrownBy(() -> context.resolveLanguage("simple").createPredicate(condition))
                .hasMessageContaining("expected ");
    }
}
